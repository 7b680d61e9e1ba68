// What: Dialling starts a monitor that lives until its context is cancelled; when the handshake fails, the dial returns without a cancel.
// Run: leak
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
    monitor_.Go([this] { Monitor(); });  // bug: leaked-task
  }

  void Close() {
    scope_.cancel();
    monitor_.Wait();
  }

 private:
  void Monitor() {
    for (bool up = true; up;) {
      heddle::Select(heddle::OnRecv(pings_, [&](auto) { ++seen_; }),
                     heddle::OnRecv(scope_.ctx.Done(), [&](auto) { up = false; }));  // bug: leaked-task, lost-cancel
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
    auto link = std::make_shared<Link>(heddle::WithCancel(heddle::Background()));  // bug: lost-cancel, leaked-task
    if (!handshake(target)) {
      failed_.push_back(link);
      std::printf("%s: handshake failed\n", target.c_str());
      return nullptr;  // bug: lost-cancel, leaked-task
    }
    current_ = link;
    return current_.get();
  }

 private:
  std::shared_ptr<Link> current_;
  std::vector<std::shared_ptr<Link>> failed_;  // for a post-mortem
};

int main() {
  static Dialer dialer;
  auto handshake = [](const std::string& target) { return target.find("bad") == std::string::npos; };
  for (const char* target : {"good:80", "bad:81"}) {
    if (Link* link = dialer.Dial(target, handshake)) link->Close();
  }
}
