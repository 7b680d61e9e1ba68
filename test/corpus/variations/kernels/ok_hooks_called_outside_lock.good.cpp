// What: Hooks are kept in a map under a lock and called after it was dropped; a hook may remove itself, add others and ask how many there are.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Hooks {
 public:
  using Hook = std::function<void(const std::string&)>;

  int Add(Hook hook) {
    heddle::WriterLock lock(mu_);
    hooks_.emplace(++last_, std::make_shared<Hook>(std::move(hook)));
    return last_;
  }

  bool Remove(int id) {
    std::shared_ptr<Hook> removed;  // destroyed after the lock is dropped
    heddle::WriterLock lock(mu_);
    auto it = hooks_.find(id);
    if (it == hooks_.end()) return false;
    removed = std::move(it->second);
    hooks_.erase(it);
    return true;
  }

  std::size_t size() const {
    heddle::ReaderLock lock(mu_);
    return hooks_.size();
  }

  void Call(const std::string& event) const {
    std::vector<std::shared_ptr<Hook>> todo;
    mu_.RLock();
    for (const auto& [id, hook] : hooks_) todo.push_back(hook);
    mu_.RUnlock();
    for (const auto& hook : todo) (*hook)(event);
  }

 private:
  mutable heddle::RWMutex mu_;
  std::map<int, std::shared_ptr<Hook>> hooks_;
  int last_ = 0;
};

int main() {
  Hooks hooks;
  heddle::Channel<std::size_t> seen(64);
  const int watcher = hooks.Add([&hooks, seen](const std::string&) { seen.Send(hooks.size()); });
  hooks.Add([&hooks](const std::string& event) {
    if (event == "grow") hooks.Add([](const std::string&) {});
  });
  heddle::WaitGroup callers;
  for (const char* event : {"grow", "rest", "grow"}) {
    callers.Go([&hooks, event] { hooks.Call(event); });
  }
  callers.Wait();
  std::printf("removed %d, %d\n", hooks.Remove(watcher), hooks.Remove(watcher));
  hooks.Call("rest");
  seen.Close();
  int calls = 0;
  for (std::size_t size : seen) calls += size >= 2;
  std::printf("%d calls, %zu hooks\n", calls, hooks.size());
}
