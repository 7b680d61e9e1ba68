// See net_fd.h; and sys_io.h for why each system call has a function of its own.
#include "net_fd.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "poller.h"
#include "sanitizer.h"
#include "sys_io.h"

namespace heddle::internal {

namespace {

std::error_code ErrorOf(IoState state) {
  return state == IoState::kClosed ? NetError::kClosed : NetError::kTimeout;
}

[[gnu::noinline]] long SysRead(int fd, void* buffer, std::size_t size) {
  return OrErrno(read(fd, buffer, size));
}
[[gnu::noinline]] long SysWrite(int fd, bool socket, const void* bytes, std::size_t size) {
  return OrErrno(socket ? send(fd, bytes, size, MSG_NOSIGNAL) : write(fd, bytes, size));
}
[[gnu::noinline]] long SysAccept(int fd) {
  return OrErrno(accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}
[[gnu::noinline]] long SysShutdown(int fd, int how) { return OrErrno(shutdown(fd, how)); }
[[gnu::noinline]] int PendingError(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : LastErrno();
}
[[gnu::noinline]] bool HasPeer(int fd) {
  sockaddr_storage peer;
  socklen_t size = sizeof(peer);
  return getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
}

// More than the kernel takes at a time anyway; keeps sizes in range.
constexpr std::size_t kMostAtOnce = 1u << 30;

}  // namespace

void CloseQuietly(int fd) { close(fd); }

// A use of the descriptor for a scope, if there still is one.
class NetFd::Use {
 public:
  explicit Use(NetFd& fd) : fd_(fd), open_(fd.Begin()) {}
  ~Use() {
    if (open_) fd_.End();
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  explicit operator bool() const { return open_; }

 private:
  NetFd& fd_;
  const bool open_;
};

NetResult<NetFdPtr> NetFd::Make(int fd, FdKind kind) {
  PollDesc* desc = PollDesc::Take();
  NetFdPtr made;
  try {
    made = NetFdPtr(new NetFd(fd, kind, desc));
  } catch (...) {
    PollDesc::Give(desc);
    throw;
  }
  if (const int error = poller.Add(fd, desc); error != 0) {
    // Nothing is closed: it was never ours.
    made->uses_.store(kClosedBit);
    PollDesc::Give(desc);
    return {nullptr, SystemError(error)};
  }
  return {std::move(made), {}};
}

void AddRef(NetFd* fd) noexcept {
  // relaxed: the caller's own reference keeps it alive
  fd->references_.fetch_add(1, std::memory_order_relaxed);
}

void Release(NetFd* fd) noexcept {
  TsanRelease(&fd->references_);
  // acq_rel: every use happens before the destruction
  if (fd->references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  TsanAcquire(&fd->references_);
  delete fd;
}

bool NetFd::Begin() {
  std::uint32_t uses = uses_.load(std::memory_order_relaxed);  // the CAS decides
  while ((uses & kClosedBit) == 0) {
    // acquire: what was done to the descriptor before
    if (uses_.compare_exchange_weak(uses, uses + 1, std::memory_order_acquire,
                                    std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

void NetFd::End() {
  // acq_rel: all uses come before the last one's close
  if (uses_.fetch_sub(1, std::memory_order_acq_rel) != (kClosedBit | 1)) return;
  poller.Remove(fd_);
  PollDesc::Give(desc_);
  close(fd_);
  gone_.Release();
}

std::error_code NetFd::Close() {
  if ((uses_.fetch_or(kClosedBit, std::memory_order_acq_rel) & kClosedBit) != 0) {  // as in End
    return NetError::kClosed;
  }
  if (!path_.empty()) unlink(path_.c_str());
  desc_->Evict();
  End();
  gone_.Acquire();
  return {};
}

int NetFd::fd() const {
  // relaxed: an answer for this moment
  return (uses_.load(std::memory_order_relaxed) & kClosedBit) == 0 ? fd_ : -1;
}

IoResult NetFd::Read(void* buffer, std::size_t size) {
  const Use use(*this);
  if (!use) return {0, NetError::kClosed};
  if (size == 0) return {};
  if (size > kMostAtOnce) size = kMostAtOnce;
  const MutexLock lock(read_lock_);
  if (const IoState state = desc_->Check(IoSide::kRead); state != IoState::kReady) {
    return {0, ErrorOf(state)};
  }
  for (;;) {
    // A TCP read that came back short emptied the socket; what arrives after it is an event.
    if (!drained_ || desc_->MayBeReady(IoSide::kRead)) {
      desc_->Forget(IoSide::kRead);
      const long n = SysRead(fd_, buffer, size);
      if (n > 0) {
        drained_ = kind_ == FdKind::kTcp && static_cast<std::size_t>(n) < size;
        return {static_cast<std::size_t>(n), {}};
      }
      if (n == 0) return {0, NetError::kEof};
      if (n == -EINTR) continue;
      if (n != -EAGAIN) return {0, SystemError(static_cast<int>(-n))};
    }
    drained_ = false;
    if (const IoState state = desc_->Wait(IoSide::kRead); state != IoState::kReady) {
      return {0, ErrorOf(state)};
    }
  }
}

IoResult NetFd::Write(const void* bytes, std::size_t size) {
  const Use use(*this);
  if (!use) return {0, NetError::kClosed};
  const MutexLock lock(write_lock_);
  if (const IoState state = desc_->Check(IoSide::kWrite); state != IoState::kReady) {
    return {0, ErrorOf(state)};
  }
  std::size_t done = 0;
  while (done < size) {
    desc_->Forget(IoSide::kWrite);
    const std::size_t most = size - done < kMostAtOnce ? size - done : kMostAtOnce;
    const long n =
        SysWrite(fd_, kind_ != FdKind::kOther, static_cast<const char*>(bytes) + done, most);
    if (n >= 0) {
      done += static_cast<std::size_t>(n);
    } else if (n == -EAGAIN) {
      const IoState state = desc_->Wait(IoSide::kWrite);
      if (state != IoState::kReady) return {done, ErrorOf(state)};
    } else if (n != -EINTR) {
      return {done, SystemError(static_cast<int>(-n))};
    }
  }
  return {done, {}};
}

NetResult<int> NetFd::Accept() {
  const Use use(*this);
  if (!use) return {-1, NetError::kClosed};
  const MutexLock lock(read_lock_);
  if (const IoState state = desc_->Check(IoSide::kRead); state != IoState::kReady) {
    return {-1, ErrorOf(state)};
  }
  for (;;) {
    desc_->Forget(IoSide::kRead);
    const long n = SysAccept(fd_);
    if (n >= 0) return {static_cast<int>(n), {}};
    // A connection that was gone again before it could be taken is nobody's failure.
    if (n == -EINTR || n == -ECONNABORTED) continue;
    if (n != -EAGAIN) return {-1, SystemError(static_cast<int>(-n))};
    if (const IoState state = desc_->Wait(IoSide::kRead); state != IoState::kReady) {
      return {-1, ErrorOf(state)};
    }
  }
}

std::error_code NetFd::AwaitConnect() {
  const Use use(*this);
  if (!use) return NetError::kClosed;
  const MutexLock lock(write_lock_);
  for (;;) {
    if (const IoState state = desc_->Wait(IoSide::kWrite); state != IoState::kReady) {
      return ErrorOf(state);
    }
    if (const int error = PendingError(fd_); error != 0) return SystemError(error);
    if (HasPeer(fd_)) return {};  // else an event of somebody who had the record before
  }
}

std::error_code NetFd::Shutdown(int how) {
  const Use use(*this);
  if (!use) return NetError::kClosed;
  const long result = SysShutdown(fd_, how);
  return result == 0 ? std::error_code() : SystemError(static_cast<int>(-result));
}

std::error_code NetFd::SetDeadline(bool read, bool write, std::int64_t when_ns) {
  const Use use(*this);
  if (!use) return NetError::kClosed;
  if (read) desc_->SetDeadline(IoSide::kRead, when_ns);
  if (write) desc_->SetDeadline(IoSide::kWrite, when_ns);
  return {};
}

}  // namespace heddle::internal
