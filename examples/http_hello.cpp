// An HTTP/1.1 server that says hello: keep-alive, pipelined requests, one
// goroutine per connection, and a deadline for those that are silent.
//
//   http_hello ADDRESS   serves, for example, 127.0.0.1:8080 or :8080
//   http_hello           serves a free port, is its own client once, and ends
//
// Under load: script/load
#include <heddle/heddle.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

#include "file_limit.h"

using namespace std::chrono_literals;

constexpr std::size_t kMostHeader = 16384;
constexpr auto kIdle = 60s;

bool SameText(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return std::tolower(static_cast<unsigned char>(x)) ==
                  std::tolower(static_cast<unsigned char>(y));
         });
}

struct Request {
  std::size_t size = 0;  // with its body; 0: there is more to come
  bool bad = false;
  bool last = false;  // the connection ends with it
};

// Looks at the request that `bytes` begin with. Of the header only what says
// where it ends.
Request Parse(std::string_view bytes) {
  Request request;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    request.bad = bytes.size() > kMostHeader;
    return request;
  }
  std::string_view head = bytes.substr(0, end + 2);
  const std::string_view first = head.substr(0, head.find("\r\n"));
  const std::size_t version = first.rfind(" HTTP/1.");
  request.bad =
      version == std::string_view::npos || first.size() != version + 9;
  request.last = request.bad || first.back() == '0';
  std::size_t body = 0;
  for (head.remove_prefix(first.size() + 2); !head.empty();) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    const std::size_t colon = std::min(line.find(':'), line.size());
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    if (SameText(line.substr(0, colon), "content-length")) {
      const auto read =
          std::from_chars(value.data(), value.data() + value.size(), body);
      if (read.ec != std::errc() || body > (1u << 20)) request.bad = true;
    } else if (SameText(line.substr(0, colon), "transfer-encoding")) {
      request.bad = true;  // nobody sends a body in pieces to a greeting
    } else if (SameText(line.substr(0, colon), "connection")) {
      request.last = SameText(value, "close") ||
                     (request.last && !SameText(value, "keep-alive"));
    }
  }
  if (request.bad || bytes.size() >= end + 4 + body)
    request.size = end + 4 + body;
  return request;
}

constexpr std::string_view kHello =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
    "14\r\n\r\nHello, world!\n";
constexpr std::string_view kBad =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: "
    "close\r\n\r\n";

void Answer(const heddle::Conn& conn) {
  std::string in;   // what is there of requests that are not complete
  std::string out;  // answers to all that came at once go out at once
  for (bool last = false; !last;) {
    char buffer[2048];
    conn.SetReadDeadline(kIdle);
    const auto [n, error] = conn.Read(buffer);
    if (error) return;
    std::string_view bytes(buffer, n);
    if (!in.empty()) bytes = in.append(bytes);
    out.clear();
    while (!bytes.empty() && !last) {
      const Request request = Parse(bytes);
      if (request.size == 0 && !request.bad) break;
      out += request.bad ? kBad : kHello;
      last = request.bad || request.last;
      bytes.remove_prefix(std::min(request.size, bytes.size()));
    }
    in = std::string(bytes);
    if (!out.empty() && conn.Write(out).error) return;
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
      heddle::Sleep(10ms);
      continue;
    }
    connections.Go(
        [conn = conn] { Answer(conn); });  // the last handle closes it
  }
  connections.Wait();
}

int TryIt(const heddle::Listener& listener) {
  heddle::WaitGroup server;
  server.Go([&] { Serve(listener); });
  const auto [conn, error] = heddle::Dial("tcp", listener.Addr());
  // Two at once, the second in two pieces.
  bool failed = error || conn.Write(
                                 "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                                 "POST / HTTP/1.1\r\nContent-Length: 3\r\nConn")
                             .error;
  heddle::Sleep(2ms);
  failed = failed || conn.Write("ection: close\r\n\r\nabc").error;
  std::string all;
  char buffer[512];
  for (;;) {
    const auto [n, ended] = conn.Read(buffer);
    if (ended) break;
    all.append(buffer, n);
  }
  const bool right =
      !failed && all == std::string(kHello) + std::string(kHello);
  std::printf("%s\n%s", right ? "two requests, two answers" : "wrong answer",
              all.c_str());
  listener.Close();
  server.Wait();
  return right ? 0 : 1;
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
