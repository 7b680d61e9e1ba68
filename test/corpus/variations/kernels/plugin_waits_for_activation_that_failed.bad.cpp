// What: A plugin's users wait on a condition until it is active; when its activation fails the error is stored and nobody is woken.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

struct Manifest {
  int version = 0;
};

class Plugin {
 public:
  using Handshake = std::function<std::shared_ptr<Manifest>()>;

  std::string Activate(const Handshake& handshake) {
    std::string error = TryActivate(handshake());
    {
      std::lock_guard<heddle::Mutex> lock(mu_);
      error_ = error;
    }
    if (error.empty()) activated_.Broadcast();  // bug: deadlock, wait-without-loop
    return error;
  }

  bool Await() {
    std::lock_guard<heddle::Mutex> lock(mu_);
    while (!manifest_) activated_.Wait();  // bug: deadlock, leaked-task, wait-without-loop
    return error_.empty();
  }

 private:
  std::string TryActivate(std::shared_ptr<Manifest> manifest) {
    if (!manifest) return "no manifest";
    std::lock_guard<heddle::Mutex> lock(mu_);
    manifest_ = std::move(manifest);
    return "";
  }

  heddle::Mutex mu_;
  heddle::Cond activated_{mu_};
  std::shared_ptr<Manifest> manifest_;
  std::string error_;
};

int main() {
  Plugin plugin;
  heddle::WaitGroup users;
  for (int user = 0; user < 2; ++user) {
    users.Go([&plugin] { std::printf("%d\n", plugin.Await() ? 1 : 0); });  // bug: leaked-task
  }
  plugin.Activate([] { return std::shared_ptr<Manifest>(); });
  users.Wait();  // bug: deadlock
}
