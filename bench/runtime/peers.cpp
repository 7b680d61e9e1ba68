// The benchmarks that other runtimes are compared with: one per run, so that each starts in a
// fresh process, with the same command line and output as a peer's program has.
//
//   runtime_peers BENCH WORKERS N [REPETITIONS] [P1] [P2]
//
// One line a repetition, the first one cold: R BENCH WORKERS N NS_PER_OP key=value...
// bench/compare.py runs it beside a peer's.
#include <heddle/heddle.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

namespace {

using heddle::Channel;
using heddle::WaitGroup;
using std::chrono::steady_clock;

struct Options {
  int n = 0;
  int p1 = 0;
  int p2 = 0;
};

[[noreturn]] void Wrong(const char* what) {
  std::fprintf(stderr, "runtime_peers: %s\n", what);
  std::_Exit(1);
}

double ResidentBytes() {
  long pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double CpuNs() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e9 +
         static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e3;
}

// n goroutines that end at once.
void Spawn(const Options& o) {
  WaitGroup wg;
  wg.Add(o.n);
  for (int i = 0; i < o.n; ++i) heddle::go([&wg] { wg.Done(); });
  wg.Wait();
}

// One at a time.
void SpawnAndJoin(const Options& o) {
  WaitGroup wg;
  for (int i = 0; i < o.n; ++i) {
    wg.Add(1);
    heddle::go([&wg] { wg.Done(); });
    wg.Wait();
  }
}

// n yields of two goroutines.
void YieldTwo(const Options& o) {
  WaitGroup wg;
  for (int t = 0; t < 2; ++t) {
    wg.Go([&o] {
      for (int i = 0; i < o.n / 2; ++i) heddle::Yield();
    });
  }
  wg.Wait();
}

// n values there and back, unbuffered.
void PingPong(const Options& o) {
  Channel<int> there;
  Channel<int> back;
  WaitGroup wg;
  wg.Go([=] {
    for (int i = 0; i < o.n; ++i) {
      there.Send(i);
      back.Recv();
    }
    there.Close();
  });
  wg.Go([=] {
    for (int v : there) back.Send(v);
  });
  wg.Wait();
}

// n values from p2 goroutines to p2 others, through a buffer of p1.
void Buffered(const Options& o) {
  Channel<int> c(static_cast<std::size_t>(o.p1));
  WaitGroup senders;
  WaitGroup receivers;
  std::atomic<long> total{0};
  const int each = o.n / o.p2;
  for (int p = 0; p < o.p2; ++p) {
    senders.Go([=] {
      for (int i = 0; i < each; ++i) c.Send(i);
    });
    receivers.Go([c, &total] {
      long count = 0;
      for ([[maybe_unused]] int v : c) ++count;
      total += count;
    });
  }
  senders.Wait();
  c.Close();
  receivers.Wait();
  if (total != long{each} * o.p2) Wrong("messages were lost");
}

// A tree of goroutines, ten below each, that sums its n leaves.
void SkynetNode(Channel<long> parent, long number, long size) {
  if (size == 1) {
    parent.Send(number);
    return;
  }
  Channel<long> children;
  for (long i = 0; i < 10; ++i) {
    heddle::go(SkynetNode, children, number + i * (size / 10), size / 10);
  }
  long sum = 0;
  for (int i = 0; i < 10; ++i) sum += children.Recv().value();
  parent.Send(sum);
}

void Skynet(const Options& o) {
  Channel<long> root;
  heddle::go(SkynetNode, root, 0L, long{o.n});
  if (root.Recv() != long{o.n} * (o.n - 1) / 2) Wrong("skynet's sum");
}

// The same with a wait group for each node.
long SkynetSum(long number, long size) {
  if (size == 1) return number;
  long part[10];
  WaitGroup wg;
  for (long i = 0; i < 10; ++i) {
    wg.Go([&part, i, number, size] { part[i] = SkynetSum(number + i * (size / 10), size / 10); });
  }
  wg.Wait();
  long sum = 0;
  for (long v : part) sum += v;
  return sum;
}

void SkynetOfWaitGroups(const Options& o) {
  if (SkynetSum(0, o.n) != long{o.n} * (o.n - 1) / 2) Wrong("skynet's sum");
}

// n times lock, count, unlock, by four goroutines.
void SharedMutex(const Options& o) {
  heddle::Mutex mutex;
  WaitGroup wg;
  int count = 0;
  for (int t = 0; t < 4; ++t) {
    wg.Go([&] {
      for (int i = 0; i < o.n / 4; ++i) {
        mutex.Lock();
        ++count;
        mutex.Unlock();
      }
    });
  }
  wg.Wait();
  if (count != o.n / 4 * 4) Wrong("the mutex does not exclude");
}

// n values of two senders, received by select; channels of capacity p1.
void SelectTwo(const Options& o) {
  Channel<int> a(static_cast<std::size_t>(o.p1));
  Channel<int> b(static_cast<std::size_t>(o.p1));
  const auto send = [&o](const Channel<int>& c) {
    for (int i = 0; i < o.n / 2; ++i) c.Send(i);
  };
  WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < o.n / 2 * 2; ++i) heddle::Select(heddle::OnRecv(a), heddle::OnRecv(b));
  });
  wg.Go([&] { send(a); });
  wg.Go([&] { send(b); });
  wg.Wait();
}

// n goroutines that sleep for 10 ms.
void Sleepers(const Options& o) {
  WaitGroup wg;
  for (int i = 0; i < o.n; ++i) wg.Go([] { heddle::Sleep(std::chrono::milliseconds(10)); });
  wg.Wait();
}

// The first n primes by a chain of filters.
void Sieve(const Options& o) {
  std::atomic<bool> stop{false};
  WaitGroup wg;
  Channel<int> numbers;
  wg.Go([&stop, numbers] {
    for (int i = 2; !stop; ++i) numbers.Send(i);
    numbers.Close();
  });
  for (int i = 0; i < o.n; ++i) {
    const int prime = numbers.Recv().value();
    Channel<int> filtered;
    wg.Go([numbers, filtered, prime] {
      for (int v : numbers) {
        if (v % prime != 0) filtered.Send(v);
      }
      filtered.Close();
    });
    numbers = filtered;
  }
  stop = true;
  while (numbers.Recv()) {
  }
  wg.Wait();
}

struct Parked {
  double ns;
  double bytes;
};

// n goroutines that all wait for one channel: until the last is parked, and what they take.
Parked Park(const Options& o) {
  const double before = ResidentBytes();
  const auto start = steady_clock::now();
  Channel<int> gate;
  WaitGroup wg;
  std::atomic<int> started{0};
  for (int i = 0; i < o.n; ++i) {
    wg.Go([&started, gate] {
      ++started;
      gate.Recv();
    });
  }
  while (started != o.n) heddle::Yield();
  const std::chrono::duration<double, std::nano> took = steady_clock::now() - start;
  const double bytes = ResidentBytes() - before;
  gate.Close();
  wg.Wait();
  return {took.count() / o.n, bytes / o.n};
}

const std::map<std::string, void (*)(const Options&)> kBenchmarks = {
    {"spawn", Spawn},       {"spawn1", SpawnAndJoin}, {"yield", YieldTwo},
    {"pingpong", PingPong}, {"buf", Buffered},        {"skynet", Skynet},
    {"mutex", SharedMutex}, {"select", SelectTwo},    {"skynetwg", SkynetOfWaitGroups},
    {"sleep", Sleepers},    {"sieve", Sieve},
};

int Main(int argc, char** argv) {
  const std::string name = argc > 3 ? argv[1] : "";
  const auto found = kBenchmarks.find(name);
  if (name != "memchan" && found == kBenchmarks.end()) {
    std::fprintf(stderr, "usage: runtime_peers BENCH WORKERS N [REPETITIONS] [P1] [P2]\n");
    return 2;
  }
  const auto number = [&](int i, int otherwise) {
    return argc > i ? std::atoi(argv[i]) : otherwise;
  };
  const Options options{number(3, 1), number(5, 0), number(6, 1)};
  const int workers = number(2, 1);
  heddle::MaxProcs(workers);
  for (int r = 0; r < number(4, 3); ++r) {
    const double cpu = CpuNs();
    const auto start = steady_clock::now();
    Parked parked{-1, 0};
    if (found != kBenchmarks.end()) {
      found->second(options);
    } else {
      parked = Park(options);
    }
    const std::chrono::duration<double, std::nano> took = steady_clock::now() - start;
    std::printf("R %s %d %d %.2f wall_ms=%.2f cpu_ms=%.2f rss_mb=%.1f rss_per=%.0f\n", name.c_str(),
                workers, options.n, parked.ns >= 0 ? parked.ns : took.count() / options.n,
                took.count() / 1e6, (CpuNs() - cpu) / 1e6, ResidentBytes() / (1 << 20),
                parked.bytes);
  }
  return 0;
}

}  // namespace

// On a worker, as Go's main is: its waits are switches.
int main(int argc, char** argv) {
  return heddle::Run([=] { return Main(argc, argv); });
}
