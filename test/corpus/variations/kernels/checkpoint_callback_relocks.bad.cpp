// What: A lessor renews a lease under its lock and calls its checkpointer there, which looks the lease up in the lessor again.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <utility>

class Lessor {
 public:
  using Checkpointer = std::function<void(int id)>;

  void SetCheckpointer(Checkpointer checkpointer) {
    heddle::WriterLock lock(mu_);
    checkpointer_ = std::move(checkpointer);
  }
  void Grant(int id, int ttl) {
    heddle::WriterLock lock(mu_);
    ttl_[id] = ttl;
  }
  void Renew(int id, int ttl) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock, callback-under-lock
    ttl_[id] = ttl;
    if (checkpointer_) checkpointer_(id);  // bug: double-lock, deadlock, callback-under-lock
  }
  int Remaining(int id) const {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    auto it = ttl_.find(id);
    return it == ttl_.end() ? 0 : it->second;
  }

 private:
  mutable heddle::RWMutex mu_;
  std::map<int, int> ttl_;
  Checkpointer checkpointer_;
};

int main() {
  Lessor lessor;
  lessor.SetCheckpointer([&lessor](int id) { std::printf("lease %d: %d s\n", id, lessor.Remaining(id)); });  // bug: double-lock, deadlock
  lessor.Grant(1, 30);
  heddle::WaitGroup clients;
  clients.Go([&lessor] { lessor.Renew(1, 60); });  // bug: double-lock, deadlock
  clients.Wait();
}
