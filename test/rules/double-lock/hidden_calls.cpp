// RUN: %expect-only=-*,heddle-double-lock -- %s
//
// Calls that the text does not show: a comparison that an algorithm makes, an
// output operator that is a friend defined in its class.
#include <algorithm>
#include <mutex>
#include <ostream>
#include <vector>

class Regatta {
public:
  int time(int boat) const {
    std::lock_guard<std::mutex> lock(mu_); // want: double-lock "acquired again"
    return times_[boat];
  }
  std::vector<int> ranking() const {
    std::vector<int> boats{0, 1, 2};
    std::lock_guard<std::mutex> lock(mu_);
    std::sort(boats.begin(), boats.end(), Faster{*this});
    return boats;
  }
  bool anyoneBelow(int limit) const {
    std::vector<int> boats{0, 1, 2};
    std::lock_guard<std::mutex> lock(mu_);
    return std::any_of(boats.begin(), boats.end(),
                       [&](int boat) { return time(boat) < limit; });
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
    std::lock_guard<std::mutex> lock(c.mu_); // want: double-lock "acquired again"
    return out << c.weight_;
  }
  void load(int tons, std::ostream &log) {
    std::lock_guard<std::mutex> lock(mu_);
    weight_ += tons;
    log << *this;
  }

private:
  std::mutex mu_;
  int weight_ = 0;
};
