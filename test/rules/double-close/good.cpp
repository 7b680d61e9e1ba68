// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <string>

void Deferred(bool early) {
  heddle::Channel<int> c(1);
  HEDDLE_DEFER(c.Close());
  if (early) return;
  c.Send(1);
}

void Two() {
  heddle::Channel<int> a, b;
  a.Close();
  b.Close();
}

void EitherWay(bool early) {
  heddle::Channel<int> c(1);
  if (early) {
    c.Close();
    return;
  }
  c.Close();
}

void ByOnce() {
  heddle::Channel<int> c;
  heddle::Once once;
  once.Do([&] { c.Close(); });
  once.Do([&] { c.Close(); });
}

void EachTurnItsOwn() {
  for (int i = 0; i < 3; ++i) {
    heddle::Channel<int> c;
    c.Close();
  }
}

void AllOf(std::map<std::string, std::shared_ptr<heddle::Channel<int>>>& all) {
  for (auto& [name, channel] : all) channel->Close();
}

// Closed at the last of them.
void LastOne() {
  heddle::Channel<int> results(4);
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i) wg.Go([results]() mutable { results.Send(1); });
  wg.Wait();
  results.Close();
}

// A list gives up its last element, by way of whichever pointer leads there.
class Watchers {
 public:
  struct Watcher {
    Watcher* previous = nullptr;
    Watcher* next = nullptr;
    heddle::Channel<int> done;
  };
  void CloseAll() {
    while (Watcher* last = last_) {
      Unlink(last);
      last->done.Close();
    }
  }

 private:
  void Unlink(Watcher* watcher) {
    (watcher->previous != nullptr ? watcher->previous->next : first_) = watcher->next;
    (watcher->next != nullptr ? watcher->next->previous : last_) = watcher->previous;
  }

  Watcher* first_ = nullptr;
  Watcher* last_ = nullptr;
};
