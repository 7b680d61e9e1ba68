// What: A deploy waits for one result of each host and keeps the first error until all have come.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using Error = std::optional<std::string>;

class Deploy {
 public:
  explicit Deploy(std::vector<std::string> hosts) : hosts_(std::move(hosts)) {}

  Error Run() {
    heddle::Channel<Error> results;
    for (const std::string& host : hosts_) {
      heddle::go([results, host]() mutable { results.Send(Copy(host)); });
    }
    Error first;
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
      Error error = results.Recv().value_or(Error());
      if (error && !first) first = error;
    }
    return first;
  }

 private:
  static Error Copy(const std::string& host) {
    if (host.empty()) return "no host name";
    return std::nullopt;
  }

  std::vector<std::string> hosts_;
};

int main() {
  Deploy deploy({"", "web-1", ""});
  std::printf("%s\n", deploy.Run().value_or("ok").c_str());
}
