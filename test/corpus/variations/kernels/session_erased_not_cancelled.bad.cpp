// What: A lounge keeps a cancel function with every guest; a guest that leaves is erased without calling it, and the guest's keep-alive task never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>

class Lounge {
 public:
  void Enter(const std::string& guest) {
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());  // bug: lost-cancel
    Guest entry;
    entry.ctx = ctx;
    entry.cancel = cancel;  // bug: lost-cancel
    {
      heddle::MutexLock lock(mu_);
      if (!guests_.emplace(guest, entry).second) return cancel();
    }
    tasks_.Go([this, guest, ctx = std::move(ctx)] { KeepAlive(guest, ctx); });  // bug: leaked-task, deadlock
  }

  void Leave(const std::string& guest) {
    heddle::MutexLock lock(mu_);
    auto it = guests_.find(guest);
    if (it == guests_.end()) return;
    std::printf("%s leaves after %d drinks\n", guest.c_str(), it->second.drinks);
    guests_.erase(it);  // bug: lost-cancel, leaked-task, deadlock
  }

  void Serve(const std::string& guest) {
    Guest* served = nullptr;
    heddle::MutexLock lock(mu_);
    if (auto it = guests_.find(guest); it != guests_.end()) served = &it->second;
    if (served) ++served->drinks;
  }

  void Close() {
    closing_.Close();
    tasks_.Wait();  // bug: deadlock
  }

 private:
  struct Guest {
    heddle::Context ctx;
    heddle::CancelFunc cancel;
    int drinks = 0;
  };

  void KeepAlive(const std::string& guest, const heddle::Context& ctx) {
    ctx.Done().Recv();  // bug: lost-cancel, leaked-task, deadlock
    closing_.Recv();
    std::printf("good night, %s\n", guest.c_str());
  }

  heddle::Mutex mu_;
  std::map<std::string, Guest> guests_;
  heddle::Channel<heddle::Unit> closing_;
  heddle::WaitGroup tasks_;
};

int main() {
  Lounge lounge;
  for (const char* guest : {"ada", "ben"}) lounge.Enter(guest);
  lounge.Serve("ada");
  for (const char* guest : {"ada", "ben"}) lounge.Leave(guest);  // bug: lost-cancel
  lounge.Close();  // bug: deadlock
}
