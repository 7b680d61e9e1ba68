// RUN: %expect %s
// The reader stops at a mark, and where there is no room the mark is dropped
// like anything else: what is missing is the mark, not a close.
#include <heddle/heddle.h>

#include <optional>

struct Page {
  int number = 0;
  bool last = false;
};

class Tray {
 public:
  void Drop(Page page) { pages_.TrySend(page); }
  int Read() {
    int read = 0;
    for (;;) {
      std::optional<Page> page = pages_.Recv();  // want: deadlock "pages_" want: leaked-task "pages_"
      if (!page || page->last) return read;
      ++read;
    }
  }

 private:
  heddle::Channel<Page> pages_{2};
};

int main() {
  Tray tray;
  int read = 0;
  heddle::WaitGroup office;
  office.Go([&tray, &read] { read = tray.Read(); });
  office.Go([&tray] {
    for (int number = 1; number <= 4; ++number) tray.Drop({number, false});
    tray.Drop({5, true});
  });
  office.Wait();
  return read;
}
