// What: Subscribing again under the same name first cancels what the name stood for.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>

class Subscriptions {
 public:
  void Subscribe(const std::string& name) {
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
    tasks_.Go([this, ctx = ctx, name] { Follow(ctx, name); });
    auto it = cancels_.find(name);
    if (it != cancels_.end()) it->second();
    cancels_[name] = cancel;
  }

  void Unsubscribe(const std::string& name) {
    auto it = cancels_.find(name);
    if (it == cancels_.end()) return;
    it->second();
    cancels_.erase(it);
  }

  void Publish(int item) { items_.Send(item); }

  void Wait() { tasks_.Wait(); }

 private:
  void Follow(const heddle::Context& ctx, const std::string& name) {
    for (bool active = true; active;) {
      heddle::Select(heddle::OnRecv(items_, [&](std::optional<int> item) { Show(name, item); }),
                     heddle::OnRecv(ctx.Done(), [&](auto) { active = false; }));
    }
  }

  static void Show(const std::string& name, std::optional<int> item) {
    if (item) std::printf("%s got %d\n", name.c_str(), *item);
  }

  std::map<std::string, heddle::CancelFunc> cancels_;
  heddle::Channel<int> items_;
  heddle::WaitGroup tasks_;
};

int main() {
  static Subscriptions subscriptions;
  subscriptions.Subscribe("ann");
  subscriptions.Subscribe("ben");
  subscriptions.Publish(1);
  subscriptions.Subscribe("ann");
  subscriptions.Publish(2);
  for (const char* name : {"ann", "ben"}) subscriptions.Unsubscribe(name);
  subscriptions.Wait();
}
