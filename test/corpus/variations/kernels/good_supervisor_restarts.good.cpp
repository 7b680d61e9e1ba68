// What: A supervisor restarts children that fail, up to a number of times, and stops all of them through one context; each child reports its end on a channel with room for all.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

class Supervisor {
 public:
  using Body = std::function<void(const heddle::Context&)>;
  struct Exit {
    std::string name;
    bool failed = false;
    std::string reason;
  };

  Supervisor(const heddle::Context& parent, int max_restarts)
      : scope_(heddle::WithCancel(parent)), max_restarts_(max_restarts) {}
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  ~Supervisor() { scope_.cancel(); }

  Supervisor& Add(std::string name, Body body) {
    bodies_.emplace(std::move(name), std::move(body));
    return *this;
  }

  // Runs until every child has ended; returns how often children were restarted.
  int Run() {
    heddle::Channel<Exit> exits(bodies_.size());
    for (const auto& [name, body] : bodies_) Launch(exits, name);
    int restarts = 0;
    for (std::size_t running = bodies_.size(); running > 0;) {
      const std::optional<Exit> exit = exits.Recv();
      if (!exit) break;
      if (!exit->failed) {
        --running;
        continue;
      }
      if (restarts == max_restarts_) {
        scope_.cancel();
        --running;
        continue;
      }
      ++restarts;
      Launch(exits, exit->name);
    }
    return restarts;
  }

 private:
  void Launch(const heddle::Channel<Exit>& exits, const std::string& name) {
    heddle::go([ctx = scope_.ctx, exits, name, body = bodies_.at(name)] {
      Exit exit{name, false, {}};
      heddle::Defer report([&] { exits.Send(exit); });
      try {
        body(ctx);
      } catch (const std::exception& error) {
        exit.failed = true;
        exit.reason = error.what();
      }
    });
  }

  heddle::CancelableContext scope_;
  const int max_restarts_;
  std::map<std::string, Body> bodies_;
};

}  // namespace

int main() {
  auto failures = std::make_shared<std::atomic<int>>(0);
  Supervisor supervisor(heddle::Background(), 4);
  supervisor
      .Add("steady", [](const heddle::Context& ctx) { ctx.Done().Recv(); })
      .Add("shaky",
           [failures](const heddle::Context&) {
             ++*failures;
             throw std::runtime_error("lost connection");
           })
      .Add("brief", [](const heddle::Context&) { heddle::Yield(); });
  const int restarts = supervisor.Run();
  std::printf("%d restarts, %d failures\n", restarts, failures->load());
}
