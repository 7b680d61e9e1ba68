// What: A lessor renews a lease under its lock and calls its checkpointer after it dropped the lock.
// Run: clean
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
    Checkpointer checkpointer;
    {
      heddle::WriterLock lock(mu_);
      ttl_[id] = ttl;
      checkpointer = checkpointer_;
    }
    if (checkpointer) checkpointer(id);
  }
  int Remaining(int id) const {
    heddle::ReaderLock lock(mu_);
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
  lessor.SetCheckpointer([&lessor](int id) { std::printf("lease %d: %d s\n", id, lessor.Remaining(id)); });
  lessor.Grant(1, 30);
  heddle::WaitGroup clients;
  clients.Go([&lessor] { lessor.Renew(1, 60); });
  clients.Wait();
}
