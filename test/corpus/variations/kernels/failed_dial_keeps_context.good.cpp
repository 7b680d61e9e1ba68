// What: Dialling starts a monitor that lives until its context is cancelled; when the handshake fails, the dial cancels it and waits for it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Link {
 public:
  explicit Link(heddle::CancelableContext scope) : scope_(std::move(scope)) {
    monitor_.Go([this] { Monitor(); });
  }

  void Close() {
    scope_.cancel();
    monitor_.Wait();
  }

 private:
  void Monitor() {
    for (bool up = true; up;) {
      heddle::Select(heddle::OnRecv(pings_, [&](auto) { ++seen_; }),
                     heddle::OnRecv(scope_.ctx.Done(), [&](auto) { up = false; }));
    }
  }

  heddle::CancelableContext scope_;
  heddle::Channel<heddle::Unit> pings_;
  heddle::WaitGroup monitor_;
  int seen_ = 0;
};

using Handshake = std::function<bool(const std::string&)>;

// Keeps every link that was ever dialled, until the program ends.
class Dialer {
 public:
  Link* Dial(const std::string& target, const Handshake& handshake) {
    auto link = std::make_shared<Link>(heddle::WithCancel(heddle::Background()));
    if (!handshake(target)) {
      link->Close();
      std::printf("%s: handshake failed\n", target.c_str());
      return nullptr;
    }
    current_ = link;
    return current_.get();
  }

 private:
  std::shared_ptr<Link> current_;
};

int main() {
  static Dialer dialer;
  auto handshake = [](const std::string& target) { return target.find("bad") == std::string::npos; };
  for (const char* target : {"good:80", "bad:81"}) {
    if (Link* link = dialer.Dial(target, handshake)) link->Close();
  }
}
