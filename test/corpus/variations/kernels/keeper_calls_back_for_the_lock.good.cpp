// What: A guest network hands its vouchers to a keeper after it has dropped the voucher lock; the keeper's clean-up calls back for that lock.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

// Remembers vouchers and hands each to `expire` a little later.
class Keeper {
 public:
  using Expire = std::function<void(int)>;
  using Reply = heddle::Channel<heddle::Unit>;

  explicit Keeper(Expire expire) : expire_(std::move(expire)) {
    heddle::go([this] { Run(); });
  }

  void Add(int voucher) {
    added_.Send(voucher);
  }

  void Stop() {
    Reply stopped;
    stop_.Send(stopped);
    stopped.Recv();
  }

 private:
  void Run() {
    heddle::Ticker tick(20us);
    HEDDLE_DEFER(tick.Stop());
    std::vector<int> vouchers;
    for (bool running = true; running;) {
      heddle::Select(
          heddle::OnRecv(added_, [&](std::optional<int> voucher) { vouchers.push_back(*voucher); }),
          heddle::OnRecv(tick.C(),
                         [&](auto) {
                           for (int voucher : vouchers) expire_(voucher);
                           vouchers.clear();
                         }),
          heddle::OnRecv(stop_, [&](std::optional<Reply> stopped) {
            running = false;
            stopped->Send({});
          }));
    }
  }

  const Expire expire_;
  heddle::Channel<int> added_{1};
  heddle::Channel<Reply> stop_;
};

class GuestNetwork {
 public:
  virtual ~GuestNetwork() = default;
  virtual void Enable() = 0;
  virtual int Admit() = 0;
  virtual void Disable() = 0;
};

class VoucherNetwork : public GuestNetwork {
 public:
  void Enable() override { keeper_ = std::make_unique<Keeper>(NewExpire()); }

  int Admit() override {
    mu_.Lock();
    const int voucher = ++last_;
    valid_.insert(voucher);
    mu_.Unlock();
    keeper_->Add(voucher);
    return voucher;
  }

  void Disable() override {
    if (keeper_) keeper_->Stop();
    keeper_.reset();
    heddle::WriterLock lock(mu_);
    valid_.clear();
  }

 private:
  Keeper::Expire NewExpire() {
    return [this](int voucher) {
      mu_.Lock();
      HEDDLE_DEFER(mu_.Unlock());
      valid_.erase(voucher);
    };
  }

  heddle::RWMutex mu_;
  int last_ = 0;
  std::set<int> valid_;
  std::unique_ptr<Keeper> keeper_;
};

int main() {
  std::unique_ptr<GuestNetwork> network = std::make_unique<VoucherNetwork>();
  network->Enable();
  heddle::WaitGroup guests;
  for (int guest = 0; guest < 3; ++guest) {
    guests.Go([&network] {
      for (int visit = 0; visit < 200; ++visit) network->Admit();
    });
  }
  guests.Wait();
  network->Disable();
  std::printf("network down\n");
}
