// Listen and Dial: how sockets are opened.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

#include "heddle/go.h"
#include "heddle/net.h"
#include "heddle/select.h"
#include "heddle/wait_group.h"
#include "net_address.h"
#include "net_fd.h"
#include "sys_io.h"

namespace heddle {

using internal::FdKind;
using internal::LastError;
using internal::NetFd;
using internal::SocketAddress;
using internal::SystemError;

namespace {

// Go's: the first probe after so many seconds of silence, and then as many between two.
constexpr int kKeepAliveSeconds = 15;
// Between two tries of a Unix socket whose backlog is full, which no event tells the end of.
constexpr std::chrono::nanoseconds kFirstRetry = std::chrono::microseconds(100);
constexpr std::chrono::nanoseconds kLongestRetry = std::chrono::milliseconds(10);

FdKind KindOf(const SocketAddress& address) {
  return address.family() == AF_UNIX ? FdKind::kUnix : FdKind::kTcp;
}

void SetOption(int fd, int level, int option, int value) {
  setsockopt(fd, level, option, &value, sizeof(value));  // what fails is not worth failing for
}

// A listener's are inherited by what it accepts.
void SetTcpOptions(int fd) {
  SetOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  SetOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  SetOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, kKeepAliveSeconds);
  SetOption(fd, IPPROTO_TCP, TCP_KEEPINTVL, kKeepAliveSeconds);
}

// Closes the descriptor at the end of the scope, unless it was released.
class FdGuard {
 public:
  explicit FdGuard(int fd) : fd_(fd) {}
  ~FdGuard() {
    if (fd_ >= 0) internal::CloseQuietly(fd_);
  }
  FdGuard(const FdGuard&) = delete;
  FdGuard& operator=(const FdGuard&) = delete;
  void Release() { fd_ = -1; }

 private:
  int fd_;
};

[[gnu::noinline]] long OpenSocket(const SocketAddress& address) {
  return internal::OrErrno(socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}
[[gnu::noinline]] long Connect(int fd, const SocketAddress& address) {
  return internal::OrErrno(connect(fd, address.get(), address.size));
}

std::error_code BindAndListen(int fd, const SocketAddress& address, bool both_versions) {
  if (KindOf(address) == FdKind::kTcp) {
    SetOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (address.family() == AF_INET6) {
      SetOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, both_versions ? 0 : 1);
    }
    SetTcpOptions(fd);
  }
  if (bind(fd, address.get(), address.size) != 0 || listen(fd, 1 << 16) != 0) {
    return LastError();
  }
  return {};
}

// Opens a connection to one address. While it waits, a goroutine watches `ctx`, and ends
// the wait by a deadline in the past.
NetResult<internal::NetFdPtr> ConnectTo(const Context& ctx, const SocketAddress& address) {
  const long opened = OpenSocket(address);
  if (opened < 0) return {nullptr, SystemError(static_cast<int>(-opened))};
  const int fd = static_cast<int>(opened);
  FdGuard guard(fd);
  if (KindOf(address) == FdKind::kTcp) SetTcpOptions(fd);

  // Into the poller only now: an idle socket is an event of its own, a hang-up.
  long result = Connect(fd, address);
  for (auto pause = kFirstRetry; result == -EAGAIN; pause = std::min(2 * pause, kLongestRetry)) {
    Sleep(pause);
    if (const std::error_code error = internal::ErrorOf(ctx)) return {nullptr, error};
    result = Connect(fd, address);
  }
  if (result != 0 && result != -EINPROGRESS && result != -EINTR) {
    return {nullptr, SystemError(static_cast<int>(-result))};
  }
  auto [made, error] = NetFd::Make(fd, KindOf(address));
  if (error) return {nullptr, error};
  guard.Release();
  if (result == 0) return {std::move(made), {}};

  if (!ctx.Done()) {
    error = made->AwaitConnect();
    return {std::move(made), error};
  }
  Channel<Unit> connected;
  WaitGroup watcher;
  watcher.Go([&, &made = made] {  // named: clang before 16 captures no part of a binding else
    Select(OnRecv(ctx.Done(), [&](std::optional<Unit>) { made->SetDeadline(false, true, 0); }),
           OnRecv(connected));
  });
  error = made->AwaitConnect();
  connected.Close();
  watcher.Wait();
  if (!error) {
    made->SetDeadline(false, true, internal::PollDesc::kNoDeadline);
  } else if (const std::error_code cancelled = internal::ErrorOf(ctx)) {
    error = cancelled;
  }
  return {std::move(made), error};
}

}  // namespace

NetResult<Listener> Listen(std::string_view network, std::string_view address) {
  const auto [addresses, error] = internal::Resolve(Background(), network, address, true);
  if (error) return {{}, error};
  std::error_code failed;
  for (const SocketAddress& at : addresses) {
    const long fd = OpenSocket(at);
    if (fd < 0) {
      failed = SystemError(static_cast<int>(-fd));
      continue;
    }
    FdGuard guard(static_cast<int>(fd));
    failed = BindAndListen(static_cast<int>(fd), at, addresses.size() > 1);
    // The next address is for a machine without the first one's IP version, not for a port
    // that somebody else has.
    if (failed == std::errc::address_not_available) continue;
    if (failed) break;
    auto [made, no_room] = NetFd::Make(static_cast<int>(fd), KindOf(at));
    if (no_room) return {{}, no_room};
    guard.Release();
    if (KindOf(at) == FdKind::kUnix && address.front() != '@') {
      made->RemoveAtClose(std::string(address));
    }
    return {Listener(std::move(made)), {}};
  }
  return {{}, failed};
}

NetResult<Conn> DialContext(const Context& ctx, std::string_view network,
                            std::string_view address) {
  const auto [addresses, error] = internal::Resolve(ctx, network, address, false);
  if (error) return {{}, error};
  std::error_code failed;
  for (const SocketAddress& at : addresses) {
    if (const std::error_code cancelled = internal::ErrorOf(ctx)) return {{}, cancelled};
    auto [made, no_connection] = ConnectTo(ctx, at);
    if (!no_connection) return {Conn(std::move(made)), {}};
    failed = no_connection;
  }
  return {{}, failed};
}

NetResult<Conn> Dial(std::string_view network, std::string_view address) {
  return DialContext(Background(), network, address);
}

NetResult<Conn> DialTimeout(std::string_view network, std::string_view address,
                            std::chrono::nanoseconds d) {
  const auto [ctx, cancel] = WithTimeout(Background(), d);
  auto result = DialContext(ctx, network, address);
  cancel();
  return result;
}

}  // namespace heddle
