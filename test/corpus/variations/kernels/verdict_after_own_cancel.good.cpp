// What: A proofreader that meets an error sends the verdict unless its context is cancelled first, which whoever stops it does.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

class Proofreading {
 public:
  using Judge = std::function<bool(const std::string&)>;

  Proofreading(const heddle::Context& parent, Judge is_grave)
      : scope_(heddle::WithCancel(parent)), is_grave_(std::move(is_grave)) {}

  heddle::RecvChannel<bool> Verdict() const { return verdict_; }

  // Waits for an error to judge, or for the end.
  void Run() {
    std::optional<std::string> error;
    heddle::Select(
        heddle::OnRecv(errors_, [&](std::optional<std::string> next) { error = std::move(next); }),
        heddle::OnRecv(scope_.ctx.Done()));
    if (error) Report(*error);
  }

  // Ends it with `error` as the reason.
  void Stop(const std::string& error) {
    heddle::Select(heddle::OnSend(errors_, error), heddle::OnRecv(scope_.ctx.Done()));
    scope_.cancel();
  }

 private:
  void Report(const std::string& error) {
    const bool grave = is_grave_(error);
    heddle::Select(heddle::OnSend(verdict_, grave), heddle::OnRecv(scope_.ctx.Done()));
    scope_.cancel();
  }

  heddle::CancelableContext scope_;
  Judge is_grave_;
  heddle::Channel<std::string> errors_;
  heddle::Channel<bool> verdict_;
};

int main() {
  Proofreading proof(heddle::Background(),
                     [](const std::string& error) { return error.size() > 8; });
  heddle::WaitGroup tasks;
  tasks.Go([&] { proof.Run(); });
  tasks.Go([&] { proof.Stop("page 3 is upside down"); });
  tasks.Wait();
  heddle::Select(heddle::OnRecv(proof.Verdict(), [](std::optional<bool> grave) {
                   std::printf("%s\n", grave.value_or(false) ? "grave" : "minor");
                 }),
                 heddle::OnDefault([] { std::printf("nobody judged it\n"); }));
}
