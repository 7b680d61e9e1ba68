// What: An archive asks its feed whether it is complete with the archive's lock held, which takes the queue's; the queue drops its own lock before it runs its process function.
// Run: clean
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

class Queue {
 public:
  virtual ~Queue() = default;
  virtual bool IsComplete() = 0;
  virtual void Pop(const std::function<void(int)>& process) = 0;
};

class PaperQueue : public Queue {
 public:
  bool IsComplete() override {
    std::lock_guard<std::mutex> guard(mu_);
    return popped_ >= 10;
  }

  void Pop(const std::function<void(int)>& process) override {
    std::unique_lock<std::mutex> guard(mu_);
    const int paper = ++popped_;
    guard.unlock();
    process(paper);
  }

 private:
  std::mutex mu_;
  int popped_ = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  virtual void OnPaper(int paper) = 0;
};

class FunctionHandler : public Handler {
 public:
  explicit FunctionHandler(std::function<void(int)> add) : add_(std::move(add)) {}
  void OnPaper(int paper) override {
    if (add_) add_(paper);
  }

 private:
  std::function<void(int)> add_;
};

// Pops papers off a queue and gives them to a handler.
class Feed {
 public:
  explicit Feed(std::unique_ptr<Handler> handler)
      : handler_(std::move(handler)), queue_(std::make_unique<PaperQueue>()) {}

  void Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      queue_->Pop([this](int paper) { handler_->OnPaper(paper); });
    }
  }

  bool IsComplete() { return queue_->IsComplete(); }

 private:
  std::unique_ptr<Handler> handler_;
  std::unique_ptr<Queue> queue_;
};

class Archive {
 public:
  Archive() : feed_(std::make_unique<FunctionHandler>([this](int paper) { File(paper); })) {}

  void Start() {
    std::lock_guard<std::mutex> guard(mu_);
    runner_ = std::jthread([this](const std::stop_token& stop) { feed_.Run(stop); });
  }

  bool IsComplete() {
    std::lock_guard<std::mutex> guard(mu_);
    return feed_.IsComplete();
  }

  void Stop() {
    runner_.request_stop();
    runner_.join();
  }

  std::size_t size() {
    std::lock_guard<std::mutex> guard(mu_);
    return papers_.size();
  }

 private:
  void File(int paper) {
    std::lock_guard<std::mutex> guard(mu_);
    papers_.push_back(paper);
  }

  std::mutex mu_;
  std::vector<int> papers_;
  Feed feed_;
  std::jthread runner_;
};

int main() {
  Archive archive;
  archive.Start();
  while (!archive.IsComplete()) std::this_thread::yield();
  for (int look = 0; look < 1000; ++look) archive.IsComplete();
  archive.Stop();
  std::printf("filed %zu papers\n", archive.size());
}
