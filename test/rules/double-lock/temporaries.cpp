// RUN: %expect %s
#include <mutex>

class Key {
 public:
  explicit Key(std::mutex& door) : door_(door) { door_.lock(); }
  Key(const Key&) = delete;
  ~Key() { door_.unlock(); }
  void With(int) const {}

 private:
  std::mutex& door_;
};

Key Take(std::mutex& door) { return Key(door); }
int Count(std::mutex& door) {
  std::lock_guard<std::mutex> lock(door);  // want: double-lock "acquired again"
  return 1;
}

// Until the end of the whole statement.
void InOneStatement(std::mutex& door) { Take(door).With(Count(door)); }
