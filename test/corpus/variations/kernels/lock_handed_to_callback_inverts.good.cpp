// What: A shop window's loader takes the window's lock in the list's callback and drops it there, so both a load and a price change lock list then window.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class PriceSink {
 public:
  virtual ~PriceSink() = default;
  virtual void Replace(std::map<std::string, int> prices) = 0;
};

class PriceList : public PriceSink {
 public:
  void OnReplace(std::function<void()> callback) {
    heddle::MutexLock lock(mu_);
    on_replace_ = std::move(callback);
  }

  void OnChange(std::function<void()> callback) {
    heddle::MutexLock lock(mu_);
    on_change_ = std::move(callback);
  }

  void Change(const std::string& article, int price) {
    heddle::MutexLock lock(mu_);
    prices_[article] = price;
    if (on_change_) on_change_();
  }

  void Replace(std::map<std::string, int> prices) override {
    heddle::MutexLock lock(mu_);
    prices_ = std::move(prices);
    if (on_replace_) on_replace_();
  }

 private:
  heddle::Mutex mu_;
  std::map<std::string, int> prices_;
  std::function<void()> on_replace_;
  std::function<void()> on_change_;
};

class Catalogue {
 public:
  explicit Catalogue(PriceSink& sink) : sink_(sink) {}
  bool Load() {
    sink_.Replace({{"lamp", 40}, {"chair", 90}});
    return true;
  }

 private:
  PriceSink& sink_;
};

class ShopWindow {
 public:
  explicit ShopWindow(PriceList& list) : catalogue_(list) {
    list.OnChange([this] { Redraw(); });
    list.OnReplace([this] {
      first_.Do([this] { filled_.Close(); });
      mu_.Lock();
      fresh_ = true;
      mu_.Unlock();
    });
  }

  // Loads the list again and again until `stop` is closed.
  void Run(heddle::RecvChannel<heddle::Unit> stop) {
    while (heddle::Select(heddle::OnRecv(stop), heddle::OnDefault()) == 1) {
      Fill();
      heddle::Yield();
    }
  }

  void AwaitFilled() { filled_.Recv(); }
  int redraws() {
    heddle::MutexLock lock(mu_);
    return redraws_;
  }

 private:
  void Fill() {
    while (!catalogue_.Load()) heddle::Yield();
  }

  void Redraw() {
    heddle::MutexLock lock(mu_);
    redraws_ += fresh_ ? 2 : 1;
    fresh_ = false;
  }

  Catalogue catalogue_;
  heddle::Once first_;
  heddle::Channel<heddle::Unit> filled_;
  heddle::Mutex mu_;
  bool fresh_ = false;
  int redraws_ = 0;
};

int main() {
  PriceList list;
  ShopWindow window(list);
  heddle::Channel<heddle::Unit> stop;
  heddle::WaitGroup tasks;
  tasks.Go([&window, stop] { window.Run(stop); });
  window.AwaitFilled();
  tasks.Go([&] {
    for (int price = 0; price < 2000; ++price) list.Change("lamp", price);
  });
  for (int i = 0; i < 200; ++i) heddle::Yield();
  stop.Close();
  tasks.Wait();
  std::printf("%d redraws\n", window.redraws());
}
