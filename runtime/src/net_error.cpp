// The error categories of heddle/net.h.
#include <netdb.h>

#include "heddle/net.h"

namespace heddle {

namespace {

class Net : public std::error_category {
 public:
  const char* name() const noexcept override { return "heddle.net"; }

  std::string message(int value) const override {
    switch (static_cast<NetError>(value)) {
      case NetError::kClosed:
        return "use of closed network connection";
      case NetError::kTimeout:
        return "i/o timeout";
      case NetError::kEof:
        return "EOF";
      case NetError::kBadAddress:
        return "invalid address";
      case NetError::kUnknownNetwork:
        return "unknown network";
    }
    return "unknown error";
  }

  std::error_condition default_error_condition(int value) const noexcept override {
    if (static_cast<NetError>(value) == NetError::kTimeout) {
      return std::make_error_condition(std::errc::timed_out);
    }
    return std::error_condition(value, *this);
  }
};

class Resolver : public std::error_category {
 public:
  const char* name() const noexcept override { return "heddle.resolver"; }
  std::string message(int value) const override { return gai_strerror(value); }
};

}  // namespace

// Never destroyed: errors are compared until the very end of the process.
const std::error_category& NetCategory() noexcept {
  static const Net& category = *new Net;
  return category;
}

const std::error_category& ResolverCategory() noexcept {
  static const Resolver& category = *new Resolver;
  return category;
}

std::error_code make_error_code(NetError error) noexcept {
  return {static_cast<int>(error), NetCategory()};
}

}  // namespace heddle
