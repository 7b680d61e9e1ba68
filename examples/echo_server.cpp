// Sends back what it is sent: one goroutine per connection.
//
//   echo_server ADDRESS   serves, for example, 127.0.0.1:7000 or :7000
//   echo_server           serves a free port, is its own client once, and ends
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

#include "file_limit.h"

void Echo(const heddle::Conn& conn) {
  char buffer[4096];
  for (;;) {
    const auto [n, error] = conn.Read(buffer);
    if (error) return;  // heddle::NetError::kEof: it has hung up
    if (conn.Write({buffer, n}).error) return;
  }
}

// Until the listener is closed and all connections have ended.
void Serve(const heddle::Listener& listener) {
  heddle::WaitGroup connections;
  for (;;) {
    const auto [conn, error] = listener.Accept();
    if (error == heddle::NetError::kClosed) break;
    if (error) {  // too many open files, say: others will end
      std::fprintf(stderr, "accept: %s\n", error.message().c_str());
      heddle::Sleep(std::chrono::milliseconds(10));
      continue;
    }
    connections.Go([conn = conn] { Echo(conn); });  // the last handle closes it
  }
  connections.Wait();
}

int TryIt(const heddle::Listener& listener) {
  heddle::WaitGroup server;
  server.Go([&] { Serve(listener); });
  const auto [conn, error] = heddle::Dial("tcp", listener.Addr());
  char buffer[64];
  std::size_t n = 0;
  if (!error && !conn.Write("hello, hello").error) n = conn.Read(buffer).n;
  std::printf("it said: %.*s\n", static_cast<int>(n), buffer);
  conn.Close();
  listener.Close();
  server.Wait();
  return n > 0 ? 0 : 1;
}

int main(int argc, char** argv) {
  return heddle::Run([&] {
    RaiseFileLimit();
    const auto [listener, error] =
        heddle::Listen("tcp", argc > 1 ? argv[1] : "127.0.0.1:0");
    if (error) {
      std::fprintf(stderr, "listen: %s\n", error.message().c_str());
      return 1;
    }
    std::printf("listening on %s\n", listener.Addr().c_str());
    std::fflush(stdout);
    if (argc < 2) return TryIt(listener);
    Serve(listener);
    return 0;
  });
}
