// RUN: %expect %s
//
// Look-alikes: the comparison needs no lock, or the lock is given back first.
#include <algorithm>
#include <mutex>
#include <ostream>
#include <vector>

class Regatta {
public:
  int time(int boat) const {
    std::lock_guard<std::mutex> lock(mu_);
    return times_[boat];
  }
  std::vector<int> ranking() const {
    std::vector<int> boats{0, 1, 2};
    std::lock_guard<std::mutex> lock(mu_);
    std::sort(boats.begin(), boats.end(),
              [this](int a, int b) { return times_[a] < times_[b]; });
    return boats;
  }
  std::vector<int> slowRanking() const {
    std::vector<int> boats{0, 1, 2};
    {
      std::lock_guard<std::mutex> lock(mu_);
      boats.resize(times_.size());
    }
    std::sort(boats.begin(), boats.end(), Faster{*this});
    return boats;
  }

private:
  struct Faster {
    const Regatta &regatta;
    bool operator()(int a, int b) const {
      return regatta.time(a) < regatta.time(b);
    }
  };
  mutable std::mutex mu_;
  std::vector<int> times_{7, 5, 6};
};

class Cargo {
public:
  friend std::ostream &operator<<(std::ostream &out, Cargo &c) {
    std::lock_guard<std::mutex> lock(c.mu_);
    return out << c.weight_;
  }
  void load(int tons, std::ostream &log) {
    {
      std::lock_guard<std::mutex> lock(mu_);
      weight_ += tons;
    }
    log << *this;
  }

private:
  std::mutex mu_;
  int weight_ = 0;
};
