// What: A resolver gives a look-up a limited time; a look-up that comes back later sends its answer on an unbuffered channel that nobody receives from any more.
// Run: deadlock
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

using namespace std::chrono_literals;

struct Answer {
  std::string address;
  bool stale = false;
};

class Resolver {
 public:
  using Backend = std::function<Answer(const std::string&)>;
  explicit Resolver(Backend backend) : backend_(std::move(backend)) {}

  Answer Resolve(const std::string& host) {
    Answer found{cached_[host], true};
    heddle::RecvChannel<Answer> pending = Begin(host);
    heddle::Select(heddle::OnRecv(pending, [&](std::optional<Answer> answer) { found = *answer; }),
                   heddle::OnTimeout(kPatience));  // bug: leaked-task, deadlock
    cached_[host] = found.address;
    return found;
  }

  void Close() { lookups_.Wait(); }  // bug: deadlock

 private:
  static constexpr auto kPatience = 1ms;

  heddle::RecvChannel<Answer> Begin(const std::string& host) {
    heddle::Channel<Answer> result;  // bug: leaked-task, deadlock
    lookups_.Go([this, host, result] {  // bug: leaked-task, deadlock
      Answer answer = backend_(host);
      result.Send(answer);  // bug: leaked-task, deadlock
    });
    return result;
  }

  Backend backend_;
  std::map<std::string, std::string> cached_;
  heddle::WaitGroup lookups_;
};

int main() {
  heddle::Channel<heddle::Unit> network_back;
  Resolver resolver([network_back](const std::string& host) {
    network_back.Recv();
    return Answer{"10.0.0." + std::to_string(host.size()), false};
  });
  const Answer answer = resolver.Resolve("printer");
  std::printf("%s%s\n", answer.address.c_str(), answer.stale ? " (stale)" : "");
  network_back.Close();
  resolver.Close();
}
