// RUN: %expect %s
// What a function returns by value, and nobody keeps, dies with the statement; what
// a reference is bound to with the reference.
#include <heddle/heddle.h>

#include <mutex>
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
