// What: A range cache evicts an entry with its lock held for writing and logs itself by a text that is made without a lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <sstream>
#include <string>

class Printable {
 public:
  virtual ~Printable() = default;
  virtual std::string ToString() const = 0;
};

void Log(const Printable& what) { std::printf("log: %s\n", what.ToString().c_str()); }

class RangeCache : public Printable {
 public:
  void Insert(int start, int end) {
    heddle::WriterLock lock(mu_);
    ranges_[start] = end;
  }

  bool Evict(int start) {
    heddle::WriterLock lock(mu_);
    auto it = ranges_.find(start);
    if (it == ranges_.end()) return false;
    ranges_.erase(it);
    if (verbose_) std::printf("log: %s\n", TextLocked().c_str());
    return true;
  }

  std::string ToString() const override {
    heddle::ReaderLock lock(mu_);
    return TextLocked();
  }

 private:
  std::string TextLocked() const {
    std::ostringstream out;
    for (auto& [start, end] : ranges_) out << "[" << start << "," << end << ")";
    return out.str();
  }

  mutable heddle::RWMutex mu_;
  std::map<int, int> ranges_;
  const bool verbose_ = true;
};

int main() {
  RangeCache cache;
  for (int start = 0; start < 30; start += 10) cache.Insert(start, start + 10);
  heddle::WaitGroup tasks;
  tasks.Go([&cache] { cache.Evict(10); });
  tasks.Wait();
  Log(cache);
}
