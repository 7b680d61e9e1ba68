// What: A registry takes the endpoint out under its lock and pushes it to the watcher without it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <utility>

class Registry {
 public:
  explicit Registry(heddle::Context ctx) : ctx_(std::move(ctx)) {}

  void Add(std::string endpoint) {
    heddle::WriterLock lock(mu_);
    waiting_.push_back(std::move(endpoint));
  }

  std::size_t Count() {
    heddle::ReaderLock lock(mu_);
    return waiting_.size();
  }

  // Pushes what is waiting to `watcher`; false once the context is done.
  bool PushAll(heddle::SendChannel<std::string> watcher) {
    for (;;) {
      std::string endpoint;
      {
        heddle::WriterLock lock(mu_);
        if (waiting_.empty()) return true;
        endpoint = Pop();
      }
      if (!Push(watcher, endpoint)) return false;
    }
  }

 private:
  std::string Pop() {
    std::string endpoint = std::move(waiting_.front());
    waiting_.pop_front();
    return endpoint;
  }

  bool Push(heddle::SendChannel<std::string> watcher, const std::string& endpoint) {
    return heddle::Select(heddle::OnSend(watcher, endpoint), heddle::OnRecv(ctx_.Done())) == 0;
  }

  const heddle::Context ctx_;
  heddle::RWMutex mu_;
  std::deque<std::string> waiting_;
};

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  Registry registry(ctx);
  for (const char* endpoint : {"a:1", "b:2", "c:3"}) registry.Add(endpoint);
  heddle::Channel<std::string> watcher;
  heddle::WaitGroup pusher;
  pusher.Go([&registry, watcher] { registry.PushAll(watcher); });

  std::printf("first %s\n", watcher.Recv()->c_str());
  std::printf("%zu waiting\n", registry.Count());
  cancel();
  pusher.Wait();
}
