// What: Borrowing a pump returns with its lock held shared so that it stays open meanwhile; the failure for a closed pump lets go of it first.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

class Pump {
 public:
  void Close() { Set(false); }
  void Reopen() { Set(true); }

 private:
  friend class PumpLoan;

  void Set(bool open) {
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    open_ = open;
    if (open) ++openings_;
  }

  heddle::RWMutex mu_;
  bool open_ = true;
  int openings_ = 1;
};

class PumpLoan {
 public:
  explicit PumpLoan(Pump& pump) : pump_(pump) {}

  // On success the pump stays open until Release.
  heddle::Error Acquire() {
    for (int attempt = 0; attempt < 3; ++attempt) {
      pump_.mu_.RLock();
      const bool open = pump_.open_;
      {
        heddle::MutexLock lock(mu_);
        ++attempts_;
      }
      if (pump_.openings_ > 5) {
        pump_.mu_.RUnlock();
        return "worn out";
      }
      if (open) return std::nullopt;
      pump_.mu_.RUnlock();
      heddle::Yield();
    }
    return "closed";
  }

  void Release() { pump_.mu_.RUnlock(); }

 private:
  Pump& pump_;
  heddle::Mutex mu_;
  int attempts_ = 0;
};

class Garden {
 public:
  virtual ~Garden() = default;
  virtual heddle::Error Water() = 0;
};

class PumpedGarden : public Garden {
 public:
  explicit PumpedGarden(Pump& pump) : loan_(std::make_unique<PumpLoan>(pump)) {}

  heddle::Error Water() override {
    if (heddle::Error error = loan_->Acquire()) return error;
    ++watered_;
    loan_->Release();
    return std::nullopt;
  }

 private:
  std::unique_ptr<PumpLoan> loan_;
  int watered_ = 0;
};

int main() {
  Pump pump;
  PumpedGarden roses(pump);
  Garden& garden = roses;
  for (int day = 1; day <= 8; ++day) {
    heddle::Channel<heddle::Unit> watered;
    heddle::go([&garden, watered, day] {
      HEDDLE_DEFER(watered.Close());
      std::printf("day %d: %s\n", day, garden.Water().value_or("watered").c_str());
    });
    watered.Recv();
    pump.Close();
    pump.Reopen();
  }
}
