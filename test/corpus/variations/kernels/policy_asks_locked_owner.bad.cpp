// What: A print farm refreshes its printers under its lock; one selection policy asks the farm for the busiest printer through an interface, and the farm's answer takes the lock shared.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

enum class Selection { kAny, kBusiestFirst };

class Client {
 public:
  virtual ~Client() = default;
  virtual std::optional<std::string> Ask(const std::string& question) = 0;
};

class Directory {
 public:
  virtual ~Directory() = default;
  virtual std::string Busiest() = 0;
};

// Answers by asking a client.
class ClientDirectory : public Directory {
 public:
  explicit ClientDirectory(Client& client) : client_(client) {}
  std::string Busiest() override { return client_.Ask("busiest").value_or("none"); }  // bug: double-lock, deadlock

 private:
  Client& client_;
};

std::unique_ptr<Directory> NewDirectory(Client& client) {
  return std::make_unique<ClientDirectory>(client);
}

class PrintFarm : public Client {
 public:
  explicit PrintFarm(Selection selection) : selection_(selection) {}

  std::optional<std::string> Ask(const std::string& question) override {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    if (question != "busiest" || printers_.empty()) return std::nullopt;
    return printers_.back();
  }

  void Refresh(const std::vector<std::string>& printers) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    printers_ = printers;
    first_ = Prefer();  // bug: double-lock, deadlock
  }

  std::string First() {
    heddle::ReaderLock lock(mu_);
    return first_;
  }

 private:
  std::string Prefer() {
    switch (selection_) {
      case Selection::kBusiestFirst:
        return NewDirectory(*this)->Busiest();  // bug: double-lock, deadlock
      case Selection::kAny:
        break;
    }
    return "any";
  }

  const Selection selection_;
  heddle::RWMutex mu_;
  std::vector<std::string> printers_;
  std::string first_;
};

int main() {
  PrintFarm farm(Selection::kBusiestFirst);
  for (int floor = 1; floor <= 2; ++floor) {
    farm.Refresh({"floor " + std::to_string(floor), "attic"});  // bug: double-lock, deadlock
  }
  std::printf("first choice: %s\n", farm.First().c_str());
}
