// See net_address.h. Numbers are read here; only names cost a look-up, which blocks in the
// C library: it is made in Blocking, and when it may be given up, by a goroutine of its own
// that is left behind then.
#include "net_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <charconv>
#include <cstddef>
#include <cstring>

#include "heddle/go.h"
#include "heddle/select.h"
#include "sys_io.h"

namespace heddle::internal {

namespace {

struct HostPort {
  std::string host;
  std::string port;
};

// `host:port`, `[v6]:port`, `:port`.
NetResult<HostPort> Split(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos) return {{}, NetError::kBadAddress};
  std::string_view host = address.substr(0, colon);
  if (!host.empty() && host.front() == '[') {
    if (host.back() != ']') return {{}, NetError::kBadAddress};
    host = host.substr(1, host.size() - 2);
  } else if (host.find_first_of(":[]") != std::string_view::npos) {
    return {{}, NetError::kBadAddress};
  }
  // The C library would take the number modulo 65536.
  const std::string_view port = address.substr(colon + 1);
  std::uint16_t number = 0;
  if (std::from_chars(port.data(), port.data() + port.size(), number).ec ==
      std::errc::result_out_of_range) {
    return {{}, NetError::kBadAddress};
  }
  return {{std::string(host), std::string(port)}, {}};
}

SocketAddress Ip4(const in_addr& address, std::uint16_t port) {
  SocketAddress made;
  auto* in = reinterpret_cast<sockaddr_in*>(&made.storage);
  in->sin_family = AF_INET;
  in->sin_addr = address;
  in->sin_port = htons(port);
  made.size = sizeof(*in);
  return made;
}

SocketAddress Ip6(const in6_addr& address, std::uint16_t port) {
  SocketAddress made;
  auto* in = reinterpret_cast<sockaddr_in6*>(&made.storage);
  in->sin6_family = AF_INET6;
  in->sin6_addr = address;
  in->sin6_port = htons(port);
  made.size = sizeof(*in);
  return made;
}

// Empty when it takes a look-up.
std::vector<SocketAddress> Numeric(std::string_view network, const HostPort& at, bool passive) {
  std::uint16_t port = 0;
  const char* end = at.port.data() + at.port.size();
  const auto read = std::from_chars(at.port.data(), end, port);
  if (!at.port.empty() && (read.ec != std::errc() || read.ptr != end)) return {};
  std::vector<SocketAddress> made;
  in_addr v4;
  in6_addr v6;
  if (at.host.empty()) {
    // Listening on the IPv6 one takes IPv4 too; without IPv6, the second is tried.
    if (network != "tcp4") made.push_back(Ip6(passive ? in6addr_any : in6addr_loopback, port));
    v4.s_addr = htonl(passive ? INADDR_ANY : INADDR_LOOPBACK);
    // To connect to, IPv4 first: that is what local servers are sure to have.
    if (network != "tcp6") made.insert(passive ? made.end() : made.begin(), Ip4(v4, port));
  } else if (network != "tcp6" && inet_pton(AF_INET, at.host.c_str(), &v4) == 1) {
    made.push_back(Ip4(v4, port));
  } else if (network != "tcp4" && inet_pton(AF_INET6, at.host.c_str(), &v6) == 1) {
    made.push_back(Ip6(v6, port));
  }
  return made;
}

Addresses LookUp(const std::string& network, const HostPort& at, bool passive) {
  addrinfo hints{};
  hints.ai_family = network == "tcp4" ? AF_INET : network == "tcp6" ? AF_INET6 : AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = passive ? AI_PASSIVE : AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  std::error_code error;
  Blocking([&] {
    const int result = getaddrinfo(at.host.empty() ? nullptr : at.host.c_str(),
                                   at.port.empty() ? "0" : at.port.c_str(), &hints, &list);
    if (result == EAI_SYSTEM) {
      error = LastError();
    } else if (result != 0) {
      error = {result, ResolverCategory()};
    }
  });
  if (error) return {{}, error};
  std::vector<SocketAddress> found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_addrlen > sizeof(sockaddr_storage)) continue;
    SocketAddress& address = found.emplace_back();
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.size = entry->ai_addrlen;
  }
  freeaddrinfo(list);
  if (found.empty()) return {{}, {EAI_NONAME, ResolverCategory()}};
  return {std::move(found), {}};
}

NetResult<SocketAddress> UnixAddress(std::string_view path) {
  SocketAddress made;
  auto* un = reinterpret_cast<sockaddr_un*>(&made.storage);
  if (path.empty()) return {made, NetError::kBadAddress};
  if (path.size() >= sizeof(un->sun_path)) {
    return {made, std::make_error_code(std::errc::filename_too_long)};
  }
  un->sun_family = AF_UNIX;
  std::memcpy(un->sun_path, path.data(), path.size());
  made.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  if (path.front() == '@') {
    un->sun_path[0] = '\0';  // Linux's abstract names: their length counts
  } else {
    ++made.size;
  }
  return {made, {}};
}

}  // namespace

bool KnownNetwork(std::string_view network) {
  return network == "tcp" || network == "tcp4" || network == "tcp6" || network == "unix";
}

std::error_code ErrorOf(const Context& ctx) {
  switch (ctx.Err()) {
    case ContextError::kOk:
      break;
    case ContextError::kCanceled:
      return std::make_error_code(std::errc::operation_canceled);
    case ContextError::kDeadlineExceeded:
      return NetError::kTimeout;
  }
  return {};
}

Addresses Resolve(const Context& ctx, std::string_view network, std::string_view address,
                  bool passive) {
  if (!KnownNetwork(network)) return {{}, NetError::kUnknownNetwork};
  if (network == "unix") {
    auto [made, error] = UnixAddress(address);
    if (error) return {{}, error};
    return {{made}, {}};
  }
  const auto [at, error] = Split(address);
  if (error) return {{}, error};
  std::vector<SocketAddress> numeric = Numeric(network, at, passive);
  if (!numeric.empty()) return {std::move(numeric), {}};
  if (!ctx.Done()) return LookUp(std::string(network), at, passive);

  Channel<Addresses> answer(1);
  go([answer, network = std::string(network), at = at, passive] {
    answer.Send(LookUp(network, at, passive));
  });
  Addresses result;
  Select(OnRecv(answer, [&](std::optional<Addresses> found) { result = std::move(*found); }),
         OnRecv(ctx.Done(), [&](std::optional<Unit>) { result.error = ErrorOf(ctx); }));
  return result;
}

std::string FormatAddress(const SocketAddress& address) {
  char text[INET6_ADDRSTRLEN] = "";
  switch (address.family()) {
    case AF_INET: {
      const auto* in = reinterpret_cast<const sockaddr_in*>(&address.storage);
      inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
      return std::string(text) + ":" + std::to_string(ntohs(in->sin_port));
    }
    case AF_INET6: {
      const auto* in = reinterpret_cast<const sockaddr_in6*>(&address.storage);
      // An IPv4 connection to a socket for both is an IPv4 address.
      if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr)) {
        inet_ntop(AF_INET, &in->sin6_addr.s6_addr[12], text, sizeof(text));
        return std::string(text) + ":" + std::to_string(ntohs(in->sin6_port));
      }
      inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof(text));
      return "[" + std::string(text) + "]:" + std::to_string(ntohs(in->sin6_port));
    }
    case AF_UNIX: {
      const auto* un = reinterpret_cast<const sockaddr_un*>(&address.storage);
      const std::size_t size = address.size - offsetof(sockaddr_un, sun_path);
      if (address.size <= offsetof(sockaddr_un, sun_path)) return "";
      if (un->sun_path[0] == '\0') return "@" + std::string(un->sun_path + 1, size - 1);
      return std::string(un->sun_path, strnlen(un->sun_path, size));
    }
    default:
      return "";
  }
}

}  // namespace heddle::internal
