// What: Look-ups of the same name share one call; when the call fails its leader returns without telling the followers.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

class Resolver {
 public:
  using Query = std::function<std::optional<std::string>(const std::string& name)>;

  explicit Resolver(Query query) : query_(std::move(query)) {}

  std::optional<std::string> Resolve(const std::string& name) {
    std::shared_ptr<Call> call;
    bool leader = false;
    {
      heddle::MutexLock lock(mu_);
      std::shared_ptr<Call>& slot = calls_[name];
      leader = slot == nullptr;
      if (leader) slot = std::make_shared<Call>();
      call = slot;
    }
    if (leader) return Lead(name, *call);
    call->done.Recv();  // bug: leaked-task, deadlock
    return call->address;
  }

 private:
  struct Call {
    heddle::Channel<heddle::Unit> done;
    std::optional<std::string> address;
  };

  std::optional<std::string> Lead(const std::string& name, Call& call) {
    std::optional<std::string> address = query_(name);
    if (!address) return std::nullopt;  // bug: leaked-task, deadlock
    call.address = address;
    call.done.Close();
    return address;
  }

  const Query query_;
  heddle::Mutex mu_;
  std::map<std::string, std::shared_ptr<Call>> calls_;
};

int main() {
  Resolver resolver([](const std::string& name) -> std::optional<std::string> {
    if (name.find('.') == std::string::npos) return std::nullopt;
    return "10.0.0." + std::to_string(name.size());
  });
  heddle::WaitGroup clients;
  for (const char* name : {"db.local", "printer", "printer"}) {
    clients.Go([&resolver, name] {  // bug: leaked-task, deadlock
      std::printf("%s: %s\n", name, resolver.Resolve(name).value_or("unknown").c_str());
    });
  }
  clients.Wait();  // bug: deadlock
}
