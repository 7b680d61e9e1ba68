// What: A plugin's users wait on a condition until its activation has ended in one way or the other.
// Run: clean
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
      ended_ = true;
    }
    activated_.Broadcast();
    return error;
  }

  bool Await() {
    std::lock_guard<heddle::Mutex> lock(mu_);
    while (!ended_) activated_.Wait();
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
  bool ended_ = false;
};

int main() {
  Plugin plugin;
  heddle::WaitGroup users;
  for (int user = 0; user < 2; ++user) {
    users.Go([&plugin] { std::printf("%d\n", plugin.Await() ? 1 : 0); });
  }
  plugin.Activate([] { return std::shared_ptr<Manifest>(); });
  users.Wait();
}
