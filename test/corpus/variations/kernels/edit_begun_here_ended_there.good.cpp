// What: A ledger's edit is begun in one function, which takes the lock, and ended in one of two others, which let it go.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

class Ledger {
 public:
  // Every Begin is followed by a Commit or a Discard of the same task.
  void Begin() {
    mu_.Lock();
    edit_ = entries_;
  }

  void Set(const std::string& name, int value) { edit_[name] = value; }

  std::optional<int> Get(const std::string& name) const {
    auto it = edit_.find(name);
    if (it == edit_.end()) return std::nullopt;
    return it->second;
  }

  void Commit() {
    entries_ = std::move(edit_);
    End();
  }

  void Discard() { End(); }

 private:
  void End() {
    edit_.clear();
    mu_.Unlock();
  }

  heddle::Mutex mu_;
  std::map<std::string, int> entries_;
  std::map<std::string, int> edit_;
};

// Changes `name` by `change`, which may refuse.
bool Edit(Ledger& ledger, const std::string& name,
          const std::function<std::optional<int>(int)>& change) {
  ledger.Begin();
  const std::optional<int> changed = change(ledger.Get(name).value_or(0));
  if (!changed) {
    ledger.Discard();
    return false;
  }
  ledger.Set(name, *changed);
  ledger.Commit();
  return true;
}

int main() {
  Ledger ledger;
  heddle::WaitGroup clerks;
  for (int clerk = 0; clerk < 4; ++clerk) {
    clerks.Go([&] {
      for (int i = 0; i < 10; ++i) {
        Edit(ledger, "cash", [](int cash) -> std::optional<int> {
          if (cash >= 25) return std::nullopt;
          return cash + 1;
        });
      }
    });
  }
  clerks.Wait();
  ledger.Begin();
  std::printf("cash: %d\n", ledger.Get("cash").value_or(0));
  ledger.Discard();
}
