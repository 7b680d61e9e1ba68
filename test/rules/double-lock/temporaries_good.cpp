// RUN: %expect %s
// What a function returns by value, and nobody keeps, dies with the statement; what
// a reference is bound to with the reference.
#include <heddle/heddle.h>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

// The lock is held for as long as somebody holds on to what is in the drawer.
class Drawer {
 public:
  class Open {
   public:
    Open(std::mutex& key, std::vector<int>& things) : lock_(key), things_(&things) {}
    std::vector<int>* operator->() { return things_; }

   private:
    std::unique_lock<std::mutex> lock_;
    std::vector<int>* things_;
  };

  Open Pull() { return Open(key_, things_); }

 private:
  std::mutex key_;
  std::vector<int> things_;
};

void OneStatementAfterAnother(Drawer& drawer) {
  drawer.Pull()->push_back(1);
  drawer.Pull()->push_back(2);
}

void InAScope(Drawer& drawer) {
  {
    Drawer::Open open = drawer.Pull();
    open->push_back(1);
  }
  drawer.Pull()->push_back(2);
}

void ByReference(Drawer& drawer) {
  {
    auto&& open = drawer.Pull();
    open->push_back(1);
  }
  drawer.Pull()->push_back(2);
}

class Key {
 public:
  explicit Key(heddle::Mutex& door) : door_(door) { door_.Lock(); }
  Key(const Key&) = delete;
  ~Key() { door_.Unlock(); }
  void Turn() const {}

 private:
  heddle::Mutex& door_;
};

Key Take(heddle::Mutex& door) { return Key(door); }

void TurnsTwice(heddle::Mutex& door) {
  Take(door).Turn();
  Take(door).Turn();
  { const Key& key = Take(door); key.Turn(); }
  { const Key& key = Key(door); key.Turn(); }
  Take(door);
  door.Lock();
  door.Unlock();
}

// What is put into an optional ends there, not where the temporary does.
class Gate {
 public:
  class Pass {
   public:
    explicit Pass(Gate* gate) : gate_(gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    ~Pass() {
      if (gate_ != nullptr) gate_->Leave();
    }

   private:
    Gate* gate_;
  };

  std::optional<Pass> Enter() {
    std::lock_guard lock(mu_);
    if (shut_) return std::nullopt;
    ++inside_;
    return Pass(this);
  }
  void Leave() {
    std::lock_guard lock(mu_);
    --inside_;
  }

 private:
  std::mutex mu_;
  bool shut_ = false;
  int inside_ = 0;
};

bool Through(Gate& gate) {
  auto pass = gate.Enter();
  return pass.has_value();
}
