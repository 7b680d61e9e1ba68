// What the tests of heddle/net.h share: connected pairs, and reading to a count.
#ifndef HEDDLE_TEST_RUNTIME_UNIT_NET_PEERS_H_
#define HEDDLE_TEST_RUNTIME_UNIT_NET_PEERS_H_

#include <heddle/net.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "unit/everywhere.h"

namespace heddle {

struct Peers {
  Conn here;
  Conn there;
};

// Two ends of a TCP connection over loopback.
inline Peers TcpPeers() {
  const auto [listener, no_listener] = Listen("tcp", "127.0.0.1:0");
  EXPECT_FALSE(no_listener) << no_listener.message();
  auto [here, refused] = Dial("tcp", listener.Addr());
  EXPECT_FALSE(refused) << refused.message();
  auto [there, error] = listener.Accept();
  EXPECT_FALSE(error) << error.message();
  return {here, there};
}

// A name for a Unix socket that nobody else uses.
inline std::string SocketPath() {
  static std::atomic<int> count{0};
  const char* folder = std::getenv("TMPDIR");
  return std::string(folder != nullptr ? folder : "/tmp") + "/heddle-" + std::to_string(getpid()) +
         "-" + std::to_string(count++) + ".sock";
}

// Reads `size` bytes, fewer at the end.
inline std::string ReadAll(const Conn& conn, std::size_t size) {
  std::string text(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const auto [n, error] = conn.Read({text.data() + done, size - done});
    done += n;
    if (error) break;
  }
  text.resize(done);
  return text;
}

// Sends back what comes until the other side is done.
inline void Echo(const Conn& conn) {
  char buffer[4096];
  for (;;) {
    const auto [n, error] = conn.Read(buffer);
    if (error || conn.Write({buffer, n}).error) return;
  }
}

// Writes until there is no more room: a write with a deadline in the near future.
inline void Fill(const Conn& conn) {
  const std::string block(1 << 16, 'f');
  EXPECT_FALSE(conn.SetWriteDeadline(std::chrono::milliseconds(20)));
  while (!conn.Write(block).error) {
  }
  EXPECT_FALSE(conn.SetWriteDeadline(kNoDeadline));
}

}  // namespace heddle

#endif  // HEDDLE_TEST_RUNTIME_UNIT_NET_PEERS_H_
