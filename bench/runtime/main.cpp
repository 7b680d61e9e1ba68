// The runtime's benchmarks: what a spawn, a hand-off and a channel operation cost.
//
//   ninja -C build/release runtime_bench && build/release/bin/runtime_bench
//
// Each is run with 1 and with 2 workers (its argument). Both columns matter: on a
// machine that does other things only CPU, the time of all threads, is a measurement.
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
