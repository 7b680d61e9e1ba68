// What: A line writer tells its idle monitor of every line with the writer's lock held; a monitor that leaves drains the channel until it has taken it away.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

class Connection {
 public:
  heddle::RecvChannel<heddle::Unit> Closed() const { return closed_; }
  void Close() { closed_.Close(); }

 private:
  heddle::Channel<heddle::Unit> closed_;
};

class LineWriter {
 public:
  using Output = std::function<void(const std::string&)>;

  LineWriter(Connection& connection, Output output)
      : connection_(connection), output_(std::move(output)) {}

  void WriteLine(const std::string& line) {
    heddle::MutexLock lock(mu_);
    output_(line);
    if (!activity_) return;
    activity_->Send(heddle::Unit{});
  }

  // Watches for activity until the connection is closed.
  void Monitor() {
    heddle::Channel<heddle::Unit> activity = *activity_;
    for (bool open = true; open;) {
      heddle::Select(heddle::OnRecv(activity, [this](auto) { ++beats_; }),
                     heddle::OnRecv(connection_.Closed(), [&](auto) { open = false; }));
    }
    heddle::WaitGroup drain;
    drain.Go([activity] {
      while (activity.Recv()) {
      }
    });
    HEDDLE_DEFER(drain.Wait());
    heddle::MutexLock lock(mu_);
    activity.Close();
    activity_.reset();
  }

  int beats() const { return beats_; }

 private:
  Connection& connection_;
  Output output_;
  heddle::Mutex mu_;
  std::optional<heddle::Channel<heddle::Unit>> activity_{std::in_place};
  int beats_ = 0;
};

int main() {
  Connection connection;
  std::size_t written = 0;
  LineWriter writer(connection, [&](const std::string& line) { written += line.size(); });
  heddle::WaitGroup tasks;
  tasks.Go([&] { writer.Monitor(); });
  tasks.Go([&] {
    for (int line = 0; line < 100; ++line) writer.WriteLine("line " + std::to_string(line));
  });
  heddle::Yield();
  connection.Close();
  tasks.Wait();
  std::printf("%zu bytes, %d beats\n", written, writer.beats());
}
