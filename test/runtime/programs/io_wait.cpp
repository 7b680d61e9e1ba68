// A goroutine and the main thread's channel wait on, for a connection that does not come:
// no deadlock, and SIGQUIT lists who waits for what.
#include <heddle/heddle.h>
#include <signal.h>

#include <thread>

int main() {
  const auto [listener, error] = heddle::Listen("tcp", "127.0.0.1:0");
  if (error) return 1;
  heddle::Channel<int> accepted;
  heddle::go([&, listener = listener] {
    (void)listener.Accept();
    accepted.Send(1);
  });
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    raise(SIGQUIT);
  }).detach();
  accepted.Recv();
}
