// Channels, and the locks that are as hot.
#include <benchmark/benchmark.h>
#include <heddle/heddle.h>

namespace {

// One operation: a value there and one back, over unbuffered channels.
void RoundTrip(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  heddle::Run([&] {
    heddle::Channel<int> there;
    heddle::Channel<int> back;
    heddle::go([=] {
      for (int v : there) back.Send(v);
      back.Close();
    });
    int i = 0;
    for (auto _ : state) {
      there.Send(i++);
      benchmark::DoNotOptimize(back.Recv());
    }
    there.Close();
    back.Recv();
  });
}
BENCHMARK(RoundTrip)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

// One operation: a value through a channel of capacity 64, one sender, one receiver.
void Buffered(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  heddle::Run([&] {
    heddle::Channel<int> c(64);
    heddle::Channel<int> done;
    heddle::go([=] {
      long sum = 0;
      for (int v : c) sum += v;
      benchmark::DoNotOptimize(sum);
      done.Close();
    });
    int i = 0;
    for (auto _ : state) c.Send(i++);
    c.Close();
    done.Recv();
  });
}
BENCHMARK(Buffered)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

// One operation: a value of one of 16 senders to one of 16 receivers, capacity 64.
void Crowd(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  constexpr int kTasks = 16;
  constexpr int kEach = 1000;
  heddle::Run([&] {
    for (auto _ : state) {
      heddle::Channel<int> c(64);
      heddle::WaitGroup senders;
      heddle::WaitGroup receivers;
      for (int t = 0; t < kTasks; ++t) {
        senders.Go([=] {
          for (int i = 0; i < kEach; ++i) c.Send(i);
        });
        receivers.Go([=] {
          for (int v : c) benchmark::DoNotOptimize(v);
        });
      }
      senders.Wait();
      c.Close();
      receivers.Wait();
    }
  });
  state.SetItemsProcessed(state.iterations() * kTasks * kEach);
}
BENCHMARK(Crowd)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

// One operation: lock and unlock a mutex that four goroutines share.
void SharedMutex(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  constexpr int kTasks = 4;
  constexpr int kEach = 1000;
  heddle::Run([&] {
    heddle::Mutex mutex;
    long count = 0;
    for (auto _ : state) {
      heddle::WaitGroup wg;
      for (int t = 0; t < kTasks; ++t) {
        wg.Go([&] {
          for (int i = 0; i < kEach; ++i) {
            heddle::MutexLock lock(mutex);
            ++count;
          }
        });
      }
      wg.Wait();
    }
    benchmark::DoNotOptimize(count);
  });
  state.SetItemsProcessed(state.iterations() * kTasks * kEach);
}
BENCHMARK(SharedMutex)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
