// What: A client makes a context for its connection and starts a watcher on it; when the dial fails it returns early and the context is never cancelled.
// Run: leak
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

class Connection {
 public:
  Connection(heddle::CancelFunc cancel, heddle::RecvChannel<heddle::Unit> gone)
      : cancel_(std::move(cancel)), gone_(std::move(gone)) {}
  ~Connection() {
    cancel_();
    gone_.Recv();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

 private:
  heddle::CancelFunc cancel_;
  heddle::RecvChannel<heddle::Unit> gone_;
};

class Client {
 public:
  using Dialer = std::function<bool(const std::string& host)>;
  explicit Client(Dialer dialer) : dialer_(std::move(dialer)) {}

  std::unique_ptr<Connection> Connect(const std::string& host) {
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());  // bug: lost-cancel, leaked-task
    heddle::Channel<heddle::Unit> ready;
    heddle::Channel<heddle::Unit> gone;
    heddle::go([ctx = ctx, host, ready, gone] { Watch(ctx, host, ready, gone); });  // bug: leaked-task, lost-cancel
    ready.Recv();
    if (!dialer_(host)) {
      std::printf("%s does not answer\n", host.c_str());
      return nullptr;  // bug: lost-cancel, leaked-task
    }
    return std::make_unique<Connection>(cancel, gone);
  }

 private:
  static void Watch(const heddle::Context& ctx, const std::string& host,
                    const heddle::Channel<heddle::Unit>& ready,
                    const heddle::Channel<heddle::Unit>& gone) {
    HEDDLE_DEFER(gone.Close());
    ready.Close();
    ctx.Done().Recv();  // bug: leaked-task, lost-cancel
    const bool late = ctx.Err() == heddle::ContextError::kDeadlineExceeded;
    std::printf("%s closed%s\n", host.c_str(), late ? " (late)" : "");
  }

  Dialer dialer_;
};

int main() {
  Client client([](const std::string& host) { return host.ends_with(".org"); });
  for (const char* host : {"alpha.org", "beta.com"}) {
    std::unique_ptr<Connection> connection = client.Connect(host);
    if (connection) std::printf("%s is up\n", host);
  }
}
