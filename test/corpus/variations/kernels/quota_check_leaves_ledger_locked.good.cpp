// What: A tenant's charge locks the ledger by hand; when the quota is used up it unlocks the ledger and returns an error.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>

using Error = std::optional<std::string>;

class Ledger {
 public:
  void Begin() { mu_.Lock(); }
  void End() { mu_.Unlock(); }

  std::map<std::string, int>& used() { return used_; }

 private:
  heddle::Mutex mu_;
  std::map<std::string, int> used_;
};

class Quotas {
 public:
  explicit Quotas(int limit) : limit_(limit) {}

  Error Charge(const std::string& tenant, int units) {
    ledger_.Begin();
    int& used = ledger_.used()[tenant];
    switch (Judge(used, units)) {
      case Verdict::kFree:
        break;
      case Verdict::kCharge:
        used += units;
        break;
      case Verdict::kExceeded:
        ledger_.End();
        return "quota of " + tenant + " exceeded";
    }
    ledger_.End();
    return std::nullopt;
  }

 private:
  enum class Verdict { kFree, kCharge, kExceeded };

  Verdict Judge(int used, int units) const {
    if (units == 0) return Verdict::kFree;
    return used + units > limit_ ? Verdict::kExceeded : Verdict::kCharge;
  }

  const int limit_;
  Ledger ledger_;
};

int main() {
  Quotas quotas(10);
  heddle::WaitGroup tenants;
  for (const char* name : {"red", "blue"}) {
    tenants.Go([&quotas, tenant = std::string(name)] {
      for (int units = 0; units < 6; ++units) {
        if (Error error = quotas.Charge(tenant, units)) std::printf("%s\n", error->c_str());
      }
    });
  }
  tenants.Wait();
}
