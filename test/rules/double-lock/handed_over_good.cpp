// RUN: %expect %s
// A lock that was taken here and is given back elsewhere, or by another guard.
#include <heddle/heddle.h>

#include <memory>
#include <mutex>
#include <utility>

// Link by link: the guard in hand always holds one lock, another one each time.
struct Link {
  heddle::Mutex mu;
  int weight = 0;
  std::unique_ptr<Link> next;
};
int Heaviest(Link& first) {
  std::unique_lock<heddle::Mutex> held(first.mu);
  int most = first.weight;
  for (Link* at = &first; at->next;) {
    std::unique_lock<heddle::Mutex> ahead(at->next->mu);
    at = at->next.get();
    held = std::move(ahead);
    if (at->weight > most) most = at->weight;
  }
  return most;
}
int Lightest(Link& first) {
  std::unique_lock<heddle::Mutex> held(first.mu);
  int least = first.weight;
  Link* at = &first;
  while (at->next) {
    std::unique_lock<heddle::Mutex> ahead(at->next->mu);
    at = at->next.get();
    held.swap(ahead);
    if (at->weight < least) least = at->weight;
  }
  return least;
}
int Spread(Link& chain) {
  int spread = 0;
  for (int turn = 0; turn < 3; ++turn) spread += Heaviest(chain) - Lightest(chain);
  return spread;
}

// The task that presses gives back what the one that fills has taken.
class Mould {
 public:
  Mould() {
    press_.Go([this] {
      while (full_.Recv()) {
        ++pressed_;
        mu_.Unlock();
      }
    });
  }
  void Fill() {
    mu_.Lock();
    full_.Send({});
  }
  int Finish() {
    full_.Close();
    press_.Wait();
    return pressed_;
  }

 private:
  heddle::Mutex mu_;
  int pressed_ = 0;
  heddle::Channel<heddle::Unit> full_{1};
  heddle::WaitGroup press_;
};
int Press() {
  Mould mould;
  for (int i = 0; i < 5; ++i) mould.Fill();
  return mould.Finish();
}
