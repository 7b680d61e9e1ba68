// Starting goroutines and switching between them.
#include <benchmark/benchmark.h>
#include <heddle/heddle.h>

namespace {

// One operation: start a goroutine of a batch of 1000 that all end.
void Spawn(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  heddle::Run([&] {
    for (auto _ : state) {
      heddle::WaitGroup wg;
      wg.Add(1000);
      for (int i = 0; i < 1000; ++i) heddle::go([&wg] { wg.Done(); });
      wg.Wait();
    }
  });
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(Spawn)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

// One operation: start one goroutine and wait for it.
void SpawnAndJoin(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  heddle::Run([&] {
    for (auto _ : state) {
      heddle::WaitGroup wg;
      wg.Go([] {});
      wg.Wait();
    }
  });
}
BENCHMARK(SpawnAndJoin)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

// One operation: two goroutines yield once each.
void YieldTwo(benchmark::State& state) {
  heddle::MaxProcs(static_cast<int>(state.range(0)));
  heddle::Run([&] {
    bool stop = false;
    heddle::WaitGroup wg;
    if (state.range(0) == 1) {  // with more workers the other one would be elsewhere
      wg.Go([&] {
        while (!stop) heddle::Yield();
      });
    }
    for (auto _ : state) heddle::Yield();
    stop = true;
    wg.Wait();
  });
}
BENCHMARK(YieldTwo)->Arg(1)->Arg(2)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
