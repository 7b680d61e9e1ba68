// The handles of heddle/net.h: each call goes to what they refer to.
#include "heddle/net.h"

#include <fcntl.h>
#include <sys/socket.h>

#include "net_address.h"
#include "net_fd.h"
#include "sys_io.h"
#include "timer.h"

namespace heddle {

using internal::FdKind;
using internal::LastError;
using internal::NetFd;
using internal::PollDesc;

namespace {

using Naming = int (*)(int, sockaddr*, socklen_t*);

std::string NameOf(const internal::NetFdPtr& fd, Naming naming) {
  internal::SocketAddress address;
  address.size = sizeof(address.storage);
  if (fd == nullptr || fd->fd() < 0) return "";
  if (naming(fd->fd(), reinterpret_cast<sockaddr*>(&address.storage), &address.size) != 0) {
    return "";
  }
  return internal::FormatAddress(address);
}

std::int64_t Nanoseconds(TimePoint t) {
  if (t == kNoDeadline) return PollDesc::kNoDeadline;
  return std::chrono::nanoseconds(t.time_since_epoch()).count();
}

std::error_code SetDeadlines(const internal::NetFdPtr& fd, bool read, bool write,
                             std::int64_t when_ns) {
  return fd != nullptr ? fd->SetDeadline(read, write, when_ns) : NetError::kClosed;
}

std::error_code CloseFd(const internal::NetFdPtr& fd) {
  return fd != nullptr ? fd->Close() : NetError::kClosed;
}

std::error_code ShutdownFd(const internal::NetFdPtr& fd, int how) {
  return fd != nullptr ? fd->Shutdown(how) : NetError::kClosed;
}

}  // namespace

NetResult<Conn> Conn::Adopt(int fd) {
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) return {{}, LastError()};
  auto [made, error] = NetFd::Make(fd, FdKind::kOther);
  if (error) {
    fcntl(fd, F_SETFL, flags);
    return {{}, error};
  }
  return {Conn(std::move(made)), {}};
}

IoResult Conn::Read(void* buffer, std::size_t size) const {
  return fd_ != nullptr ? fd_->Read(buffer, size) : IoResult{0, NetError::kClosed};
}

IoResult Conn::Write(const void* bytes, std::size_t size) const {
  return fd_ != nullptr ? fd_->Write(bytes, size) : IoResult{0, NetError::kClosed};
}

std::error_code Conn::Close() const { return CloseFd(fd_); }
std::error_code Conn::CloseWrite() const { return ShutdownFd(fd_, SHUT_WR); }
std::error_code Conn::CloseRead() const { return ShutdownFd(fd_, SHUT_RD); }

std::error_code Conn::SetDeadline(TimePoint t) const {
  return SetDeadlines(fd_, true, true, Nanoseconds(t));
}
std::error_code Conn::SetReadDeadline(TimePoint t) const {
  return SetDeadlines(fd_, true, false, Nanoseconds(t));
}
std::error_code Conn::SetWriteDeadline(TimePoint t) const {
  return SetDeadlines(fd_, false, true, Nanoseconds(t));
}
std::error_code Conn::SetDeadline(std::chrono::nanoseconds d) const {
  return SetDeadlines(fd_, true, true, internal::Deadline(d));
}
std::error_code Conn::SetReadDeadline(std::chrono::nanoseconds d) const {
  return SetDeadlines(fd_, true, false, internal::Deadline(d));
}
std::error_code Conn::SetWriteDeadline(std::chrono::nanoseconds d) const {
  return SetDeadlines(fd_, false, true, internal::Deadline(d));
}

std::string Conn::LocalAddr() const { return NameOf(fd_, getsockname); }
std::string Conn::RemoteAddr() const { return NameOf(fd_, getpeername); }
int Conn::Fd() const { return fd_ != nullptr ? fd_->fd() : -1; }

NetResult<Conn> Listener::Accept() const {
  if (fd_ == nullptr) return {{}, NetError::kClosed};
  const auto [fd, error] = fd_->Accept();
  if (error) return {{}, error};
  auto [made, no_room] = NetFd::Make(fd, fd_->kind());
  if (no_room) {
    internal::CloseQuietly(fd);
    return {{}, no_room};
  }
  return {Conn(std::move(made)), {}};
}

std::error_code Listener::Close() const { return CloseFd(fd_); }
std::error_code Listener::SetDeadline(TimePoint t) const {
  return SetDeadlines(fd_, true, false, Nanoseconds(t));
}
std::error_code Listener::SetDeadline(std::chrono::nanoseconds d) const {
  return SetDeadlines(fd_, true, false, internal::Deadline(d));
}
std::string Listener::Addr() const { return NameOf(fd_, getsockname); }
int Listener::Fd() const { return fd_ != nullptr ? fd_->fd() : -1; }

}  // namespace heddle
