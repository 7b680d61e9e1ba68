// Network and other I/O that parks the goroutine, not its thread: TCP and Unix sockets,
// and waiting for any other descriptor (Go's package net, on the runtime's own poller).
//
//   auto [listener, error] = heddle::Listen("tcp", ":7000");
//   for (;;) {
//     auto [conn, error] = listener.Accept();
//     if (error) break;
//     heddle::go([conn = conn] {
//       char buffer[4096];
//       for (;;) {
//         auto [n, error] = conn.Read(buffer);
//         if (error || conn.Write({buffer, n}).error) return;  // NetError::kEof: it hung up
//       }
//     });
//   }
//
// Errors are returned, never thrown (but std::bad_alloc): the kernel's as it gives them,
// so that `error == std::errc::connection_refused` works; a NetError; or the resolver's.
#ifndef HEDDLE_NET_H_
#define HEDDLE_NET_H_

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "heddle/context.h"
#include "heddle/internal/ref.h"
#include "heddle/time.h"

namespace heddle {

// What the kernel has no number for. The texts are Go's.
enum class NetError {
  kClosed = 1,      // use of closed network connection: it was closed on this side
  kTimeout,         // i/o timeout: its deadline has passed; equal to std::errc::timed_out
  kEof,             // EOF: the other side sends no more
  kBadAddress,      // missing port in address, too many colons, no such form
  kUnknownNetwork,  // none of tcp, tcp4, tcp6, unix
};
const std::error_category& NetCategory() noexcept;
std::error_code make_error_code(NetError error) noexcept;
// The category of getaddrinfo's own results: `Name or service not known`.
const std::error_category& ResolverCategory() noexcept;

// `value` is of use only if there is no `error`.
template <class T>
struct [[nodiscard]] NetResult {
  T value;
  std::error_code error;
};

// How many bytes went through, which may be more than none beside an error of a Write.
struct [[nodiscard]] IoResult {
  std::size_t n = 0;
  std::error_code error;
};

// The zero time: no deadline. TimePoint::max() is none too.
inline constexpr TimePoint kNoDeadline{};

namespace internal {
class NetFd;
void AddRef(NetFd* fd) noexcept;
void Release(NetFd* fd) noexcept;
using NetFdPtr = Ref<NetFd>;
}  // namespace internal

// A handle to a connection: a stream of bytes each way. Copies share the connection; it is
// closed by Close, or with its last handle. A handle made from nothing is as one that is
// closed. Thread-safety: every member from every task; Reads are made one after the other,
// Writes too, so that each Write's bytes stay together.
class Conn {
 public:
  Conn() = default;

  // Takes over descriptor `fd`, a stream that can be polled: a pipe's end, a socket pair's,
  // a terminal. It is made non-blocking. Errors: the kernel's, and `fd` is left as it was;
  // operation_not_permitted for a regular file.
  static NetResult<Conn> Adopt(int fd);

  // Waits for at least one byte and takes what there is, up to the size of `buffer`.
  // Errors, with n = 0: kEof, kClosed, kTimeout, the kernel's. A buffer of size zero
  // is filled at once. Blocks: task.
  IoResult Read(std::span<char> buffer) const { return Read(buffer.data(), buffer.size()); }
  IoResult Read(std::span<std::byte> buffer) const { return Read(buffer.data(), buffer.size()); }

  // Hands all of it to the kernel, waiting for room as often as needed; n is less only
  // beside an error: kClosed, kTimeout, broken_pipe or another of the kernel's. SIGPIPE is
  // not raised for sockets. Blocks: task.
  IoResult Write(std::string_view bytes) const { return Write(bytes.data(), bytes.size()); }
  IoResult Write(std::span<const std::byte> bytes) const {
    return Write(bytes.data(), bytes.size());
  }

  // Ends the connection: Reads and Writes under way return kClosed, then the descriptor is
  // closed, then Close returns. Errors: kClosed when it was closed before.
  // Blocks: task, for as long as those that it wakes take to let go.
  std::error_code Close() const;
  // Half of it: the other side reads EOF, this one can still read. The reverse for
  // CloseRead. Sockets alone; else the kernel's not_a_socket. Blocks: never.
  std::error_code CloseWrite() const;
  std::error_code CloseRead() const;

  // From then on calls return kTimeout at once, those that wait at that moment too. Set
  // anew or taken away (kNoDeadline) at any time, for both sides or for one. The second
  // form: `d` from now. Errors: kClosed. Blocks: never. Cost: 100 ns.
  std::error_code SetDeadline(TimePoint t) const;
  std::error_code SetReadDeadline(TimePoint t) const;
  std::error_code SetWriteDeadline(TimePoint t) const;
  std::error_code SetDeadline(std::chrono::nanoseconds d) const;
  std::error_code SetReadDeadline(std::chrono::nanoseconds d) const;
  std::error_code SetWriteDeadline(std::chrono::nanoseconds d) const;

  // `127.0.0.1:7000`, `[::1]:7000`, `/a/path`, `@abstract`; empty when it has none (an
  // unnamed Unix socket, a pipe) or is closed.
  std::string LocalAddr() const;
  std::string RemoteAddr() const;

  // For socket options; -1 when closed. It stays the connection's: not to be closed, and
  // of no use once that is.
  int Fd() const;

  friend bool operator==(const Conn& a, const Conn& b) { return a.fd_ == b.fd_; }
  explicit operator bool() const { return fd_ != nullptr; }

 private:
  friend class Listener;
  friend NetResult<Conn> DialContext(const Context&, std::string_view, std::string_view);
  explicit Conn(internal::NetFdPtr fd) : fd_(std::move(fd)) {}
  IoResult Read(void* buffer, std::size_t size) const;
  IoResult Write(const void* bytes, std::size_t size) const;

  internal::NetFdPtr fd_;
};

// A handle to a socket that takes connections; as Conn in every respect.
class Listener {
 public:
  Listener() = default;

  // Waits for the next connection. Errors: kClosed, kTimeout, the kernel's; after
  // too_many_files_open it is worth while to try again later. Blocks: task.
  NetResult<Conn> Accept() const;
  // Accepts under way return kClosed. A Unix socket's path is removed.
  std::error_code Close() const;
  // For Accept.
  std::error_code SetDeadline(TimePoint t) const;
  std::error_code SetDeadline(std::chrono::nanoseconds d) const;
  // Where it listens; with the port that the kernel chose for port 0.
  std::string Addr() const;
  int Fd() const;

  explicit operator bool() const { return fd_ != nullptr; }

 private:
  friend NetResult<Listener> Listen(std::string_view, std::string_view);
  explicit Listener(internal::NetFdPtr fd) : fd_(std::move(fd)) {}

  internal::NetFdPtr fd_;
};

// Networks: `tcp` (IPv4 or IPv6), `tcp4`, `tcp6`, with `host:port` or `[v6 address]:port`;
// `unix`, with a path, or `@name` for Linux's abstract names. Ports may be names (`http`).
// A host that is not an address is looked up by getaddrinfo, in Blocking.

// An empty host: all addresses of this machine. Port 0: the kernel chooses. The backlog is
// the kernel's limit, SO_REUSEADDR is set. Blocks: task, while a host is looked up.
NetResult<Listener> Listen(std::string_view network, std::string_view address);

// Connects; an empty host means this machine. A host's addresses are tried one after the
// other, the last one's error is returned. TCP_NODELAY is set, and keep-alive of 15 s, as Go
// does. Errors: the kernel's, the resolver's, kBadAddress, kUnknownNetwork. Blocks: task.
NetResult<Conn> Dial(std::string_view network, std::string_view address);
// All of it, look-up included, within `d`: else kTimeout.
NetResult<Conn> DialTimeout(std::string_view network, std::string_view address,
                            std::chrono::nanoseconds d);
// Until `ctx` is cancelled (operation_canceled) or its deadline passes (kTimeout).
NetResult<Conn> DialContext(const Context& ctx, std::string_view network, std::string_view address);

// Waits until `fd` can be read from, or written to, without blocking: an error or a hang-up
// counts, for the call to say so. For descriptors that stay the caller's: pipes, eventfds,
// timerfds, inotify, other libraries' sockets; level-triggered, as poll(2). What cannot be
// polled (a regular file) is ready at once. Several tasks may wait for one descriptor.
// Errors: kTimeout, kClosed (StopWaiting), bad_file_descriptor, the kernel's.
// Blocks: task. Cost: one system call when ready, five when not (a duplicate of `fd`, which
// exists for the time of the wait, is put into the poller).
std::error_code Readable(int fd, TimePoint deadline = kNoDeadline);
std::error_code Writable(int fd, TimePoint deadline = kNoDeadline);
// All waits for `fd` under way return kClosed. To be called before `fd` is closed: the kernel
// tells nobody of that, and they would wait on. Blocks: never.
void StopWaiting(int fd);

}  // namespace heddle

template <>
struct std::is_error_code_enum<heddle::NetError> : std::true_type {};

#endif  // HEDDLE_NET_H_
