// RUN: %expect %s
// What decides is known although it went a longer way: through a set, an
// optional's value_or, a case of a switch in a loop, a context's error.
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <optional>
#include <set>

bool IsNew(std::set<int> &seen, int ticket) { return seen.insert(ticket).second; }

void TakenTwice() {
  std::set<int> seen;
  heddle::WaitGroup expected;
  expected.Add(2);
  for (int ticket : {7, 7})
    if (IsNew(seen, ticket)) expected.Done();
  expected.Wait();  // want: counter-mismatch "counted down less often"
}

void NoEndMark() {
  heddle::Channel<int> readings;
  heddle::WaitGroup meter;
  meter.Go([&] {
    for (int i = 1; i < 4; ++i) readings.Send(i);
  });
  for (int x = readings.Recv().value_or(0); x != 0; x = readings.Recv().value_or(0)) {  // want: deadlock "receiving from 'readings'"
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
        break;
    }
  }
}

void Reset() {
  std::map<int, std::shared_ptr<Stream>> streams;
  heddle::WaitGroup readers;
  auto stream = streams[1] = std::make_shared<Stream>();
  readers.Go([stream] {
    while (stream->frames.Recv()) {  // want: deadlock "receiving from 'stream.frames'" want: leaked-task "receiving from 'stream.frames'"
    }
  });
  EndAll(streams, Ending::kReset);
  readers.Wait();
}

void StillRunning() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::Channel<int> pages;
  if (ctx.Err() == heddle::ContextError::kOk)
    pages.Recv();  // want: deadlock "receiving from 'pages'"
  cancel();
}
