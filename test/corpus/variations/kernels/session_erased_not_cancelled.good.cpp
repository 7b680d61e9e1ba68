// What: A lounge keeps a cancel function with every guest and calls it when the guest leaves, which ends the guest's keep-alive task.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>

class Lounge {
 public:
  void Enter(const std::string& guest) {
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
    Guest entry;
    entry.ctx = ctx;
    entry.cancel = cancel;
    {
      heddle::MutexLock lock(mu_);
      if (!guests_.emplace(guest, entry).second) return cancel();
    }
    tasks_.Go([this, guest, ctx = std::move(ctx)] { KeepAlive(guest, ctx); });
  }

  void Leave(const std::string& guest) {
    heddle::MutexLock lock(mu_);
    auto it = guests_.find(guest);
    if (it == guests_.end()) return;
    it->second.cancel();
    std::printf("%s leaves after %d drinks\n", guest.c_str(), it->second.drinks);
    guests_.erase(it);
  }

  void Serve(const std::string& guest) {
    Guest* served = nullptr;
    heddle::MutexLock lock(mu_);
    if (auto it = guests_.find(guest); it != guests_.end()) served = &it->second;
    if (served) ++served->drinks;
  }

  void Close() {
    closing_.Close();
    tasks_.Wait();
  }

 private:
  struct Guest {
    heddle::Context ctx;
    heddle::CancelFunc cancel;
    int drinks = 0;
  };

  void KeepAlive(const std::string& guest, const heddle::Context& ctx) {
    ctx.Done().Recv();
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
  for (const char* guest : {"ada", "ben"}) lounge.Leave(guest);
  lounge.Close();
}
