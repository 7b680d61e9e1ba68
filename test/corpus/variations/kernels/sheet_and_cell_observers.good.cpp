// What: A spreadsheet locks itself and then the chart that it repaints; the chart asks the sheet before it locks itself.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <vector>

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void Changed(int row, int value) = 0;
};

class Sheet {
 public:
  explicit Sheet(int rows) : rows_(rows, 0) {}

  void Attach(Observer* observer) {
    heddle::MutexLock lock(mu_);
    observers_.push_back(observer);
  }

  void Set(int row, int value) {
    heddle::MutexLock lock(mu_);
    rows_[row] = value;
    for (Observer* observer : observers_) observer->Changed(row, value);
  }

  int Sum() const {
    heddle::MutexLock lock(mu_);
    int sum = 0;
    for (int row : rows_) sum += row;
    return sum;
  }

 private:
  mutable heddle::Mutex mu_;
  std::vector<int> rows_;
  std::vector<Observer*> observers_;
};

class Chart : public Observer {
 public:
  explicit Chart(const Sheet& sheet) : sheet_(sheet) {}

  void Changed(int row, int value) override {
    heddle::MutexLock lock(mu_);
    painted_ += row * value >= 0 ? 1 : 0;
  }

  void Resize(int height) {
    const int sum = sheet_.Sum();
    heddle::MutexLock lock(mu_);
    scale_ = height / (1 + sum);
  }

 private:
  const Sheet& sheet_;
  heddle::Mutex mu_;
  int painted_ = 0;
  int scale_ = 1;
};

int main() {
  Sheet sheet(8);
  Chart chart(sheet);
  sheet.Attach(&chart);
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int i = 0; i < 20'000; ++i) sheet.Set(i % 8, i);
  });
  tasks.Go([&] {
    for (int i = 0; i < 20'000; ++i) chart.Resize(i);
  });
  tasks.Wait();
  std::printf("sum %d\n", sheet.Sum());
}
