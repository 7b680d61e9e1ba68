// What: A connection pushes its idle timer back on every request and drains the channel of a timer that has run out, though its loop has already taken the tick.
// Run: hang-some
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

using namespace std::chrono_literals;

class IdleTimer {
 public:
  heddle::RecvChannel<heddle::TimePoint> Fired() const { return timer_.C(); }

  void PushBack() {
    if (!timer_.Stop()) {
      timer_.C().Recv();  // bug: deadlock, leaked-task
    }
    timer_.Reset(kIdle);
  }
  void Stop() { timer_.Stop(); }

 private:
  static constexpr auto kIdle = 300us;
  heddle::Timer timer_{kIdle};
};

class Connection {
 public:
  enum class State { kActive, kIdle, kClosed };

  void Serve(heddle::RecvChannel<std::string> requests) {
    while (state_ != State::kClosed) {
      heddle::Select(
          heddle::OnRecv(requests, [this](std::optional<std::string> r) { OnRequest(r); }),
          heddle::OnRecv(idle_.Fired(), [this](auto) { OnIdle(); }));  // bug: deadlock, leaked-task
    }
    idle_.Stop();
    std::printf("%d requests\n", served_);
  }

 private:
  void OnRequest(const std::optional<std::string>& request) {
    if (!request) {
      state_ = State::kClosed;
      return;
    }
    ++served_;
    state_ = State::kActive;
    idle_.PushBack();  // bug: deadlock, leaked-task
  }
  void OnIdle() { state_ = State::kIdle; }

  IdleTimer idle_;
  State state_ = State::kActive;
  int served_ = 0;
};

int main() {
  heddle::Channel<std::string> requests;
  Connection connection;
  heddle::WaitGroup server;
  server.Go([&connection, requests] { connection.Serve(requests); });
  for (auto pause : {0us, 100us, 2000us}) {
    heddle::Sleep(pause);
    requests.Send("get");  // bug: deadlock
  }
  requests.Close();
  server.Wait();  // bug: deadlock
}
