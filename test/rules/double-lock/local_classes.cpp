// RUN: %expect %s
// Classes of lambdas of templates have one name between them: each has a constructor of its own.
#include <heddle/heddle.h>

#include <memory>

template <class T>
void Each(T value) {
  auto once = [value] {
    struct Local {
      heddle::Mutex mu;
      int n = 0;
    };
    auto local = std::make_shared<Local>();
    local->mu.Lock();
    local->mu.Unlock();
  };
  auto twice = [value] {
    struct Local {
      heddle::Mutex mu;
      int n = 0;
    };
    auto local = std::make_shared<Local>();
    local->mu.Lock();
    local->mu.Lock();  // want: double-lock "is acquired again"
  };
  once();
  twice();
}

int main() {
  Each(1);
  Each('c');
}
