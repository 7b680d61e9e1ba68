// Many connections at once, all in this process: each is opened, kept open until all are, and
// then carries some messages there and back.
//
//   net_load CONNECTIONS MESSAGES
#include <heddle/heddle.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

void Echo(const heddle::Conn& conn) {
  char buffer[512];
  for (;;) {
    const auto [n, error] = conn.Read(buffer);
    if (error || conn.Write({buffer, n}).error) return;
  }
}

bool Exchange(const heddle::Conn& conn, const std::string& text) {
  if (conn.Write(text).error) return false;
  std::string back;
  char buffer[64];
  while (back.size() < text.size()) {
    const auto [n, error] = conn.Read(buffer);
    if (error) return false;
    back.append(buffer, n);
  }
  return back == text;
}

int Load(int connections, int messages) {
  const auto [listener, error] = heddle::Listen("tcp", "127.0.0.1:0");
  if (error) return 1;
  heddle::WaitGroup servers;
  servers.Go([&, listener = listener] {
    for (;;) {
      const auto [conn, closed] = listener.Accept();
      if (closed) return;
      servers.Go([conn = conn] { Echo(conn); });
    }
  });
  std::atomic<int> open{0};
  std::atomic<int> right{0};
  heddle::Channel<heddle::Unit> all_open;
  heddle::WaitGroup clients;
  for (int i = 0; i < connections; ++i) {
    clients.Go([&, i, listener = listener] {
      const auto [conn, refused] = heddle::Dial("tcp", listener.Addr());
      if (refused) std::fprintf(stderr, "dial: %s\n", refused.message().c_str());
      if (++open == connections) all_open.Close();
      all_open.Recv();
      for (int j = 0; j < messages; ++j) {
        right += Exchange(conn, std::to_string(i) + "/" + std::to_string(j));
      }
    });
  }
  clients.Wait();
  listener.Close();
  servers.Wait();
  std::printf("%d of %d messages came back over %d connections\n", right.load(),
              connections * messages, connections);
  return right == connections * messages ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  int connections = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int messages = argc > 2 ? std::atoi(argv[2]) : 10;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  // Two descriptors each, and some for others.
  const auto most = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 1u << 20)) / 2 - 50;
  connections = std::min(connections, most);
  return heddle::Run([&] { return Load(connections, messages); });
}
