// Random traffic over sockets: connections that are echoed, closed in the middle by either
// side or a third task, run into deadlines, or wait through foreign descriptors; from
// goroutines and threads. A lost wake-up shows as a hang (every wait has a deadline of
// 20 s, whose passing is a failure), a record mixed up with another's as a wrong byte.
// First argument: seconds; second: a seed.
#include <fcntl.h>
#include <heddle/heddle.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

namespace {

using namespace std::chrono_literals;
using Random = std::mt19937;
constexpr auto kForEver = 20s;

int Pick(Random& random, int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "stress: %s\n", what);
  std::abort();
}

// What both ends of connection `id` send: bytes that no other connection has there.
char ByteAt(unsigned id, std::size_t at) {
  return static_cast<char>((id * 2654435761u + static_cast<unsigned>(at) * 40503u) >> 13);
}

void Echo(const heddle::Conn& conn) {
  char buffer[1024];
  for (;;) {
    const auto [n, error] = conn.Read(buffer);
    if (error || conn.Write({buffer, n}).error) return;
  }
}

bool Ended(const std::error_code& error, bool closes) {
  Require(error != heddle::NetError::kTimeout, "a read waited for ever");
  Require(!error || closes, "a connection ended that nobody closed");
  return static_cast<bool>(error);
}

// Sends and receives; `closes`: somebody may close it meanwhile.
void Talk(const heddle::Conn& conn, unsigned id, int rounds, bool closes) {
  std::size_t sent = 0;
  std::size_t received = 0;
  std::string text;
  char buffer[700];
  for (int i = 0; i < rounds; ++i) {
    text.clear();
    for (int k = 0; k < 1 + i * 37 % 900; ++k) text += ByteAt(id, sent + text.size());
    if (Ended(conn.Write(text).error, closes)) return;
    sent += text.size();
    while (received < sent) {
      const auto [n, error] = conn.Read(buffer);
      if (Ended(error, closes)) return;
      for (std::size_t k = 0; k < n; ++k) {
        Require(buffer[k] == ByteAt(id, received + k), "a byte of somebody else's");
      }
      received += n;
    }
  }
}

void OneConnection(const heddle::Listener& listener, unsigned id, unsigned seed) {
  Random random(seed);
  const auto [conn, error] = Pick(random, 2) == 0
                                 ? heddle::Dial("tcp", listener.Addr())
                                 : heddle::DialTimeout("tcp", listener.Addr(), kForEver);
  Require(!error, "no connection");
  conn.SetDeadline(kForEver);
  const int rounds = 1 + Pick(random, 20);
  switch (Pick(random, 3)) {
    case 0:
      Talk(conn, id, rounds, false);
      break;
    case 1: {  // another closes it at some time
      heddle::WaitGroup wg;
      wg.Go([&conn = conn, pause = Pick(random, 400)] {
        heddle::Sleep(std::chrono::microseconds(pause));
        conn.Close();
      });
      Talk(conn, id, rounds, true);
      wg.Wait();
      break;
    }
    default: {  // it waits for what does not come, until its deadline
      Talk(conn, id, rounds, false);
      conn.SetReadDeadline(std::chrono::microseconds(Pick(random, 500)));
      char buffer[1];
      Require(conn.Read(buffer).error == heddle::NetError::kTimeout, "no timeout");
      conn.SetReadDeadline(kForEver);
      Talk(conn, id, 0, false);
      break;
    }
  }
}

// A pipe whose reader waits by Readable, and is told to stop at the end.
void ForeignDescriptor(unsigned seed) {
  Random random(seed);
  int ends[2];
  Require(pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0, "no pipe");
  const int writes = Pick(random, 10);
  std::atomic<int> seen{0};
  std::atomic<bool> over{false};
  heddle::WaitGroup wg;
  wg.Go([&] {
    while (!over) {
      const std::error_code error =
          heddle::Readable(ends[0], std::chrono::steady_clock::now() + kForEver);
      Require(error != heddle::NetError::kTimeout, "a wait for a pipe went on for ever");
      char c;
      while (read(ends[0], &c, 1) == 1) ++seen;
    }
  });
  for (int i = 0; i < writes; ++i) {
    Require(write(ends[1], "x", 1) == 1, "no write");
    if (Pick(random, 2) == 0) heddle::Yield();
  }
  while (seen < writes) heddle::Sleep(10us);
  over = true;
  heddle::Channel<heddle::Unit> ended;
  heddle::go([&] {
    wg.Wait();
    ended.Close();
  });
  // It may begin one more wait after each of these.
  while (heddle::Select(heddle::OnRecv(ended), heddle::OnTimeout(50us)) == 1) {
    heddle::StopWaiting(ends[0]);
  }
  close(ends[0]);
  close(ends[1]);
}

void Round(Random& random) {
  heddle::MaxProcs(1 + Pick(random, 4));
  const bool tcp = Pick(random, 3) != 0;
  const auto [listener, error] =
      tcp ? heddle::Listen("tcp", "127.0.0.1:0") : heddle::Listen("tcp", "localhost:0");
  Require(!error, "no listener");
  heddle::WaitGroup servers;
  servers.Go([&, listener = listener] {
    for (;;) {
      const auto [conn, closed] = listener.Accept();
      if (closed) return;
      servers.Go([conn = conn] { Echo(conn); });
    }
  });
  heddle::WaitGroup clients;
  const int count = 1 + Pick(random, 30);
  for (int i = 0; i < count; ++i) {
    clients.Go([&listener = listener, id = static_cast<unsigned>(i), seed = random()] {
      OneConnection(listener, id, static_cast<unsigned>(seed));
    });
    if (i % 4 == 0) {
      clients.Go([seed = random()] { ForeignDescriptor(static_cast<unsigned>(seed)); });
    }
  }
  std::thread thread([&listener = listener, seed = random()] {
    OneConnection(listener, 1000, static_cast<unsigned>(seed));
  });
  heddle::Blocking([&] { thread.join(); });
  clients.Wait();
  listener.Close();
  servers.Wait();
}

}  // namespace

int main(int argc, char** argv) {
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 2;
  const unsigned seed =
      argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : std::random_device()();
  std::printf("seed %u\n", seed);
  std::fflush(stdout);
  Random random(seed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  int rounds = 0;
  for (; std::chrono::steady_clock::now() < end; ++rounds) {
    if (Pick(random, 2) == 0) {
      Round(random);
    } else {
      heddle::Run([&] { Round(random); });
    }
  }
  std::printf("%d rounds\n", rounds);
}
