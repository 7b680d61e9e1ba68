// What: A request runs its handler in a task and gives up at a deadline; the channel has room for a late answer.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

using namespace std::chrono_literals;

template <class Answer>
class Request {
 public:
  explicit Request(std::function<Answer()> handler) : handler_(std::move(handler)) {}
  ~Request() { task_.Wait(); }

  std::optional<Answer> Finish(std::chrono::nanoseconds deadline) {
    task_.Go([this] {
      answer_.Send(handler_());
    });
    std::optional<Answer> result;
    heddle::Select(heddle::OnRecv(answer_, [&](std::optional<Answer> answer) { result = answer; }),
                   heddle::OnTimeout(deadline));
    return result;
  }

 private:
  std::function<Answer()> handler_;
  heddle::Channel<Answer> answer_{1};
  heddle::WaitGroup task_;
};

int main() {
  Request<std::string> request([]() -> std::string {
    heddle::Sleep(3ms);
    return "created";
  });
  std::printf("%s\n", request.Finish(1ms).value_or("timed out").c_str());
}
