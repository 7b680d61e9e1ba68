// Addresses as people write them, and as the kernel takes them.
#ifndef HEDDLE_SRC_NET_ADDRESS_H_
#define HEDDLE_SRC_NET_ADDRESS_H_

#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "heddle/net.h"

namespace heddle::internal {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  int family() const { return storage.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

using Addresses = NetResult<std::vector<SocketAddress>>;

// What `address` on `network` stands for, at least one if there is no error. `passive`: to
// listen on, so an empty host is every address. Errors: see heddle/net.h; kTimeout and
// operation_canceled by `ctx`. Blocks: task, when a name must be looked up.
Addresses Resolve(const Context& ctx, std::string_view network, std::string_view address,
                  bool passive);

// Whether `network` is one of ours.
bool KnownNetwork(std::string_view network);

// As Conn::LocalAddr says.
std::string FormatAddress(const SocketAddress& address);

// The error that `ctx` has been cancelled with, or none.
std::error_code ErrorOf(const Context& ctx);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_NET_ADDRESS_H_
