// RUN: %expect %s
// As decided_elsewhere.cpp, decided the other way; and what is not known here is
// no free choice: who put it there knew.
#include <heddle/heddle.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

bool IsNew(std::set<int> &seen, int ticket) { return seen.insert(ticket).second; }

void TakenOnce() {
  std::set<int> seen;
  heddle::WaitGroup expected;
  expected.Add(2);
  for (int ticket : {7, 7, 8})
    if (IsNew(seen, ticket)) expected.Done();
  expected.Wait();
}

void ClosedAtTheEnd() {
  heddle::Channel<int> readings;
  heddle::WaitGroup meter;
  meter.Go([&] {
    for (int i = 1; i < 4; ++i) readings.Send(i);
    readings.Close();
  });
  for (int x = readings.Recv().value_or(0); x != 0; x = readings.Recv().value_or(0)) {
  }
  meter.Wait();
}

enum class Ending { kInOrder, kReset };

struct Stream {
  heddle::Channel<int> frames{8};
};

void EndAll(std::map<int, std::shared_ptr<Stream>> &streams, Ending how) {
  for (auto &[id, stream] : streams) {
    switch (how) {
      case Ending::kInOrder:
        stream->frames.Close();
        break;
      case Ending::kReset:
        stream->frames.Send(0);
        stream->frames.Close();
        break;
    }
  }
}

void Reset() {
  std::map<int, std::shared_ptr<Stream>> streams;
  heddle::WaitGroup readers;
  auto stream = streams[1] = std::make_shared<Stream>();
  readers.Go([stream] {
    while (stream->frames.Recv()) {
    }
  });
  EndAll(streams, Ending::kReset);
  readers.Wait();
}

void Crawl() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::WaitGroup crawlers;
  heddle::Channel<int> pages;
  crawlers.Go([ctx = ctx, pages] {
    for (int n = 0; ctx.Err() == heddle::ContextError::kOk; ++n)
      if (heddle::Select(heddle::OnRecv(ctx.Done()), heddle::OnSend(pages, n)) == 0) return;
  });
  pages.Recv();
  pages.Recv();
  cancel();
  crawlers.Wait();
}

// The guard that the task owns counts it down, also when an exception ends it.
class Completion {
 public:
  explicit Completion(heddle::WaitGroup &wg) : wg_(&wg) {}
  Completion(Completion &&other) noexcept : wg_(std::exchange(other.wg_, nullptr)) {}
  Completion &operator=(Completion &&) = delete;
  ~Completion() {
    if (wg_) wg_->Done();
  }

 private:
  heddle::WaitGroup *wg_;
};

void CountedByItsGuard(const std::vector<int> &items) {
  heddle::WaitGroup pending;
  for (int item : items) {
    pending.Add(1);
    heddle::go([item, completion = Completion(pending)] {
      if (item < 0) return;
      heddle::Yield();
    });
  }
  pending.Wait();
}

// How many there are was known when the copy was made.
using Mail = std::shared_ptr<Stream>;

std::vector<Mail> Copy(const std::set<Mail> &readers) { return {readers.begin(), readers.end()}; }

void SendToAll() {
  std::set<Mail> readers;
  Mail mail = std::make_shared<Stream>();
  readers.insert(mail);
  heddle::WaitGroup reading;
  reading.Go([mail] { mail->frames.Recv(); });
  for (const Mail &to : Copy(readers)) to->frames.Send(1);
  reading.Wait();
}

// Two shelves, and never the same twice.
class Warehouse {
 public:
  void Move(std::size_t from, std::size_t to) {
    if (from == to) return;
    const std::size_t low = std::min(from, to), high = std::max(from, to);
    locks_[low].Lock();
    locks_[high].Lock();
    locks_[high].Unlock();
    locks_[low].Unlock();
  }

 private:
  std::array<heddle::Mutex, 3> locks_;
};

void MoveAll(int rounds) {
  Warehouse warehouse;
  heddle::WaitGroup trucks;
  trucks.Go([&] {
    for (int i = 0; i < rounds; ++i) warehouse.Move(std::size_t(i) % 3, 1);
  });
  trucks.Wait();
}
