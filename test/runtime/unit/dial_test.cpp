// Dial and addresses: names, refusals, connections that never come about.
#include <heddle/net.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "unit/net_peers.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(DialTest);

// A listening socket that nobody accepts from and whose queue is full: the kernel answers
// no further connect.
class DeafListener {
 public:
  explicit DeafListener(int family) : fd_(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (family == AF_UNIX) {
      path_ = SocketPath();
      sockaddr_un un{};
      un.sun_family = AF_UNIX;
      path_.copy(un.sun_path, sizeof(un.sun_path) - 1);
      Bind(reinterpret_cast<sockaddr*>(&un), sizeof(un));
    } else {
      sockaddr_in in{};
      in.sin_family = AF_INET;
      in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      Bind(reinterpret_cast<sockaddr*>(&in), sizeof(in));
    }
  }
  ~DeafListener() {
    for (int fd : queued_) close(fd);
    close(fd_);
    if (!path_.empty()) unlink(path_.c_str());
  }

  const char* Network() const { return path_.empty() ? "tcp" : "unix"; }
  std::string Addr() const { return path_.empty() ? "127.0.0.1:" + std::to_string(port_) : path_; }
  // Takes one connection, which makes room for another.
  void AcceptOne() { queued_.push_back(accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC)); }

 private:
  void Bind(const sockaddr* address, socklen_t size) {
    EXPECT_EQ(bind(fd_, address, size), 0);
    EXPECT_EQ(listen(fd_, 0), 0);
    sockaddr_storage bound;
    socklen_t bound_size = sizeof(bound);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&bound), &bound_size);
    port_ = ntohs(reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
    const int one = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    queued_.push_back(one);
    EXPECT_EQ(connect(one, reinterpret_cast<sockaddr*>(&bound), bound_size), 0);
  }

  const int fd_;
  int port_ = 0;
  std::string path_;
  std::vector<int> queued_;
};

TEST_P(DialTest, RefusedIsTheKernelsError) {
  Body([] {
    std::string address;
    {
      const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
      ASSERT_FALSE(error);
      address = listener.Addr();
    }
    EXPECT_EQ(Dial("tcp", address).error, std::errc::connection_refused);
    EXPECT_EQ(DialTimeout("tcp", address, 10s).error, std::errc::connection_refused);
    EXPECT_EQ(Dial("unix", SocketPath()).error, std::errc::no_such_file_or_directory);
  });
}

TEST_P(DialTest, TimeoutEndsAConnectThatNobodyAnswers) {
  Body([] {
    for (int family : {AF_INET, AF_UNIX}) {
      DeafListener deaf(family);
      const auto start = std::chrono::steady_clock::now();
      const auto [conn, error] = DialTimeout(deaf.Network(), deaf.Addr(), 30ms);
      EXPECT_EQ(error, NetError::kTimeout) << deaf.Network() << ": " << error.message();
      EXPECT_EQ(error, std::errc::timed_out);
      EXPECT_GE(std::chrono::steady_clock::now() - start, 30ms);
    }
  });
}

TEST_P(DialTest, CancellingTheContextEndsIt) {
  Body([] {
    DeafListener deaf(AF_INET);
    const auto [ctx, cancel] = WithCancel(Background());
    WaitGroup wg;
    wg.Go([cancel = cancel] {
      Sleep(5ms);
      cancel();
    });
    EXPECT_EQ(DialContext(ctx, "tcp", deaf.Addr()).error, std::errc::operation_canceled);
    EXPECT_EQ(DialContext(ctx, "tcp", deaf.Addr()).error, std::errc::operation_canceled);
    wg.Wait();
  });
}

TEST_P(DialTest, AUnixSocketWithAFullQueueIsTriedAgain) {
  Body([] {
    DeafListener busy(AF_UNIX);
    WaitGroup wg;
    wg.Go([&] {
      Sleep(3ms);
      busy.AcceptOne();
    });
    EXPECT_FALSE(Dial("unix", busy.Addr()).error);
    wg.Wait();
  });
}

TEST_P(DialTest, ATimeoutThatDidNotComeLeavesNoDeadline) {
  Body([] {
    const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
    ASSERT_FALSE(error);
    const auto [conn, refused] = DialTimeout("tcp", listener.Addr(), 20ms);
    ASSERT_FALSE(refused) << refused.message();
    Sleep(25ms);
    EXPECT_FALSE(conn.Write("x").error);
  });
}

TEST_P(DialTest, NamesAreLookedUp) {
  Body([] {
    const auto [listener, error] = Listen("tcp4", "localhost:0");
    ASSERT_FALSE(error) << error.message();
    const std::string port = listener.Addr().substr(listener.Addr().rfind(':'));
    EXPECT_FALSE(Dial("tcp", "localhost" + port).error);
    EXPECT_FALSE(DialTimeout("tcp4", "localhost" + port, 10s).error);
    EXPECT_FALSE(Dial("tcp", port).error);  // an empty host is this machine
    const std::error_code unknown = Dial("tcp", "no such host:80").error;
    EXPECT_EQ(unknown.category(), ResolverCategory()) << unknown.message();
  });
}

TEST_P(DialTest, EmptyHostListensOnAllAddresses) {
  Body([] {
    const auto [listener, error] = Listen("tcp", ":0");
    ASSERT_FALSE(error) << error.message();
    const std::string port = listener.Addr().substr(listener.Addr().rfind(':'));
    const auto [conn, refused] = Dial("tcp", "127.0.0.1" + port);
    ASSERT_FALSE(refused);
    const auto [peer, none] = listener.Accept();
    ASSERT_FALSE(none);
    EXPECT_EQ(peer.RemoteAddr(), conn.LocalAddr());  // not written as an IPv6 one
    EXPECT_EQ(Listen("tcp", "127.0.0.1" + port).error, std::errc::address_in_use);
  });
}

TEST_P(DialTest, BadAddressesSaySo) {
  Body([] {
    EXPECT_EQ(Dial("udp", "127.0.0.1:1").error, NetError::kUnknownNetwork);
    for (const char* address :
         {"", "127.0.0.1", "::1:80", "[::1", "a:b:c", "[::1]80", "127.0.0.1:65536"}) {
      EXPECT_EQ(Dial("tcp", address).error, NetError::kBadAddress) << address;
    }
    EXPECT_EQ(Listen("unix", "").error, NetError::kBadAddress);
    EXPECT_EQ(Listen("unix", std::string(200, 'p')).error, std::errc::filename_too_long);
    EXPECT_EQ(Dial("tcp", "127.0.0.1:no-such-service").error.category(), ResolverCategory());
  });
}

TEST(NetErrorTest, TextsAreGos) {
  EXPECT_EQ(std::error_code(NetError::kClosed).message(), "use of closed network connection");
  EXPECT_EQ(std::error_code(NetError::kTimeout).message(), "i/o timeout");
  EXPECT_EQ(std::error_code(NetError::kEof).message(), "EOF");
  EXPECT_NE(std::error_code(NetError::kEof), std::error_code(NetError::kClosed));
}

}  // namespace
}  // namespace heddle
