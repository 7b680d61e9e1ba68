// What: A loan desk renews a loan under its lock and calls a copy of its reminder hook after the unlock; the hook records the loan in the desk.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class LoanDesk {
 public:
  using Reminder = std::function<void(const heddle::Context&, const std::string&)>;

  void SetReminder(Reminder reminder) {
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    reminder_ = std::move(reminder);
  }

  void Record(const std::string& title) {
    heddle::WriterLock lock(mu_);
    ++recorded_[title];
  }

  int Recorded(const std::string& title) {
    heddle::ReaderLock lock(mu_);
    auto it = recorded_.find(title);
    return it == recorded_.end() ? 0 : it->second;
  }

  // Prolongs the loan of `title`; returns the day on which it is due.
  int Renew(const std::string& title) {
    mu_.Lock();
    std::function<void()> unlock = [this] { mu_.Unlock(); };
    HEDDLE_DEFER(unlock());

    int& due = due_[title];
    due += kPeriod;
    const int day = due;
    if (reminder_ && day > kLongLoan) {
      const Reminder reminder = reminder_;
      mu_.Unlock();
      unlock = [] {};
      reminder(heddle::Background(), title);
    }
    return day;
  }

 private:
  static constexpr int kPeriod = 14;
  static constexpr int kLongLoan = 30;

  heddle::RWMutex mu_;
  Reminder reminder_;
  std::map<std::string, int> due_;
  std::map<std::string, int> recorded_;
};

void InstallReminder(LoanDesk& desk) {
  desk.SetReminder([&desk](const heddle::Context&, const std::string& title) {
    desk.Record(title);
  });
}

int main() {
  LoanDesk desk;
  InstallReminder(desk);
  heddle::WaitGroup readers;
  readers.Go([&] {
    for (int i = 0; i < 4; ++i) std::printf("due on day %d\n", desk.Renew("atlas"));
  });
  readers.Wait();
  std::printf("recorded %d times\n", desk.Recorded("atlas"));
}
