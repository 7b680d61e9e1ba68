// Sockets were used and are still open, but nobody waits for one: the wait for a channel that
// nobody sends on is a deadlock all the same.
#include <heddle/heddle.h>

#include <cstdio>

int main() {
  const auto [listener, error] = heddle::Listen("tcp", "127.0.0.1:0");
  const auto [here, refused] = heddle::Dial("tcp", listener.Addr());
  const auto [there, none] = listener.Accept();
  if (error || refused || none) return 1;
  heddle::WaitGroup wg;
  char buffer[8];
  wg.Go([&there = there, &buffer] { (void)there.Read(buffer); });
  heddle::Sleep(std::chrono::milliseconds(20));  // asleep with I/O pending: no deadlock
  (void)here.Write("x");
  wg.Wait();
  std::printf("read %c\n", buffer[0]);
  std::fflush(stdout);
  heddle::Channel<int>().Recv();
}
