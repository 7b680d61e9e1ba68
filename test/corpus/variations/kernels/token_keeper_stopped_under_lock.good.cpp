// What: A token keeper's loop takes the store's lock at each tick; the store stops the keeper before it takes the lock.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Keeper {
 public:
  explicit Keeper(std::function<void()> expire) : expire_(std::move(expire)) {
    task_.Go(&Keeper::Run, this);
  }
  void Stop() {
    stop_.Close();
    task_.Wait();
  }

 private:
  void Run() {
    heddle::Ticker ticker(100us);
    HEDDLE_DEFER(ticker.Stop());
    while (heddle::Select(heddle::OnRecv(ticker.C()), heddle::OnRecv(stop_)) == 0) expire_();
  }

  std::function<void()> expire_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup task_;
};

class TokenStore {
 public:
  TokenStore() : keeper_(std::make_unique<Keeper>([this] { ExpireOldest(); })) {}

  void Issue(const std::string& token, int ttl) {
    heddle::MutexLock lock(mu_);
    tokens_[token] = ttl;
  }

  void Disable() {
    keeper_->Stop();
    heddle::MutexLock lock(mu_);
    tokens_.clear();
  }

 private:
  void ExpireOldest() {
    heddle::MutexLock lock(mu_);
    for (auto& [token, ttl] : tokens_) --ttl;
    std::erase_if(tokens_, [](const auto& entry) { return entry.second <= 0; });
  }

  heddle::Mutex mu_;
  std::map<std::string, int> tokens_;
  std::unique_ptr<Keeper> keeper_;
};

int main() {
  TokenStore store;
  store.Issue("ada", 3);
  heddle::Sleep(1ms);
  store.Disable();
  std::printf("disabled\n");
}
