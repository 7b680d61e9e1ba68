// RUN: %expect %s
// A wait for the network is for something outside the program: it ends, and it blocks no
// thread. What waits for a task that waits so is right; what can never go on still is not.
#include <heddle/heddle.h>

#include <cstddef>
#include <utility>

void Serve(const heddle::Listener& door) {
  heddle::WaitGroup guests;
  for (;;) {
    auto [guest, error] = door.Accept();
    if (error) break;
    guests.Go([guest = std::move(guest)] {
      char words[256];
      for (;;) {
        auto [n, over] = guest.Read(words);
        if (over || guest.Write({words, n}).error) return;
      }
    });
  }
  guests.Wait();
}

void Fetch() {
  heddle::Channel<std::size_t> length(1);
  heddle::WaitGroup wg;
  wg.Go([=] {
    auto [conn, error] = heddle::Dial("tcp", "example.org:80");
    char page[512];
    std::size_t n = 0;
    if (!error) n = conn.Read(page).n;
    length.Send(n);
  });
  wg.Wait();
  length.Recv();
}

// Writes of several tasks to one connection take turns by a lock.
void Report(const heddle::Conn& log, int readers) {
  heddle::Mutex turn;
  heddle::WaitGroup wg;
  for (int i = 0; i < readers; ++i) {
    wg.Go([&] {
      heddle::MutexLock lock(turn);
      (void)log.Write("done\n");
    });
  }
  wg.Wait();
}

void Alarm(int bell) {
  heddle::WaitGroup wg;
  wg.Go([=] { (void)heddle::Readable(bell); });
  wg.Wait();
}

void Stuck(const heddle::Conn& line) {
  heddle::Channel<std::size_t> length;
  heddle::WaitGroup wg;
  wg.Go([&line, length] {
    char word[16];
    const std::size_t n = line.Read(word).n;
    length.Send(n);  // want: deadlock "sending on 'length'" want: leaked-task "sending on 'length'"
  });
  wg.Wait();
  length.Recv();
}
