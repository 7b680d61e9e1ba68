// What: Closing a display takes its update channel away; a resolver that comes after that sends on the channel that is no longer there, with the display's lock held.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

class Display {
 public:
  // Replaces an update that nobody has looked at yet.
  void Show(std::string text) {
    heddle::WriterLock lock(mu_);  // bug: blocking-under-lock, deadlock
    heddle::Select(heddle::OnRecv(updates_), heddle::OnDefault());
    updates_.Send(std::move(text));  // bug: nil-channel, blocking-under-lock, deadlock, leaked-task
  }

  heddle::RecvChannel<std::string> Updates() {
    heddle::ReaderLock lock(mu_);
    return updates_;
  }

  void Close() {
    heddle::WriterLock lock(mu_);
    updates_ = heddle::Channel<std::string>::Nil();  // bug: nil-channel, deadlock
  }

 private:
  heddle::RWMutex mu_;
  heddle::Channel<std::string> updates_{1};
};

// Looks addresses up and hands each result to its callback.
class Resolver {
 public:
  explicit Resolver(std::function<void(std::string)> found) : found_(std::move(found)) {}

  void Start(const std::string& name) {
    task_.Go([this, name] { found_(name + ".harbour"); });  // bug: leaked-task, deadlock
  }

  void Wait() {
    task_.Wait();  // bug: deadlock
  }

 private:
  std::function<void(std::string)> found_;
  heddle::WaitGroup task_;
};

int main() {
  for (int i = 0; i < 20; ++i) {
    Display display;
    Resolver resolver([&](std::string address) { display.Show(std::move(address)); });  // bug: nil-channel, deadlock
    resolver.Start("quay" + std::to_string(i));
    heddle::WaitGroup closer;
    closer.Go([&] { display.Close(); });
    closer.Wait();
    resolver.Wait();
  }
  std::printf("all closed\n");
}
