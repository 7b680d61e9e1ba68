// An open descriptor with the calls that park: what a Conn or a Listener is a handle to.
// After Go's internal/poll.FD.
//
// Who may touch the descriptor: whoever holds a use of it (`uses_`). Close takes the
// owner's use away and marks it closed, so that no new use begins; the last use to end
// closes the descriptor. So its number is never given to somebody else while a call with
// it is under way.
// Reads are serialised by a lock that is held while one waits, Writes by another.
#ifndef HEDDLE_SRC_NET_FD_H_
#define HEDDLE_SRC_NET_FD_H_

#include <cstdint>
#include <string>

#include "heddle/internal/thread_annotations.h"
#include "heddle/mutex.h"
#include "heddle/net.h"
#include "poll_desc.h"
#include "sync.h"

namespace heddle::internal {

enum class FdKind : std::uint8_t { kTcp, kUnix, kOther };

class NetFd {
 public:
  // Takes over `fd`, which must not block, and puts it into the poller. On failure `fd` is
  // still the caller's.
  static NetResult<NetFdPtr> Make(int fd, FdKind kind);
  ~NetFd() { Close(); }
  NetFd(const NetFd&) = delete;
  NetFd& operator=(const NetFd&) = delete;

  // See heddle/net.h.
  IoResult Read(void* buffer, std::size_t size);
  IoResult Write(const void* bytes, std::size_t size);
  std::error_code Shutdown(int how);
  std::error_code SetDeadline(bool read, bool write, std::int64_t when_ns);
  std::error_code Close();

  // The descriptor of the next connection.
  NetResult<int> Accept();
  // Waits for the end of a connect under way and returns its result.
  std::error_code AwaitConnect();

  int fd() const;  // -1 when closed
  FdKind kind() const { return kind_; }
  void RemoveAtClose(std::string path) { path_ = std::move(path); }  // before it is shared

 private:
  class Use;
  NetFd(int fd, FdKind kind, PollDesc* desc) : fd_(fd), kind_(kind), desc_(desc) {}
  bool Begin();
  void End();

  friend void AddRef(NetFd* fd) noexcept;
  friend void Release(NetFd* fd) noexcept;

  static constexpr std::uint32_t kClosedBit = 1u << 31;
  Atomic<std::uint32_t> references_{1};
  const int fd_;
  const FdKind kind_;
  // A read took all there was: until an event the next one would find nothing.
  bool drained_ HEDDLE_GUARDED_BY(read_lock_) = false;
  Atomic<std::uint32_t> uses_{1};  // and kClosedBit; the first use is the owner's
  PollDesc* const desc_;
  Mutex read_lock_;
  Mutex write_lock_;
  Semaphore gone_{0};  // released when the descriptor has been closed
  std::string path_;   // of a listening Unix socket
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_NET_FD_H_
