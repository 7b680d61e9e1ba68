// RUN: %expect %s
// As object_task.cpp: the send without the lock, room for all, another lock,
// somebody else who receives without it, and a task that is over by then.
#include <heddle/heddle.h>

#include <functional>
#include <string>
#include <utility>

class Kitchen {
 public:
  explicit Kitchen(std::function<void(const std::string&)> cook) : cook_(std::move(cook)) {
    shift_.Go([this] { Work(); });
  }
  ~Kitchen() {
    orders_.Close();
    shift_.Wait();
  }

  void Order(std::string dish) {
    {
      heddle::MutexLock lock(mu_);
      ++ordered_;
    }
    orders_.Send(std::move(dish));
  }

 private:
  void Work() {
    for (const std::string& dish : orders_) {
      cook_(dish);
      heddle::MutexLock lock(mu_);
      ++cooked_;
    }
  }

  const std::function<void(const std::string&)> cook_;
  const heddle::Channel<std::string> orders_;
  heddle::Mutex mu_;
  int ordered_ = 0, cooked_ = 0;
  heddle::WaitGroup shift_;
};

class Bakery {
 public:
  Bakery() {
    shift_.Go([this] {
      for (int loaf : loaves_) {
        heddle::MutexLock lock(shelf_mu_);
        shelf_ += loaf;
      }
    });
  }
  void Bake(int loaf) {
    heddle::MutexLock lock(oven_mu_);
    loaves_.Send(loaf);
  }

 private:
  const heddle::Channel<int> loaves_;
  heddle::Mutex oven_mu_, shelf_mu_;
  int shelf_ = 0;
  heddle::WaitGroup shift_;
};

class Post {
 public:
  Post() {
    shift_.Go([this] {
      for (int letter : letters_) {
        heddle::MutexLock lock(mu_);
        weight_ += letter;
      }
    });
  }
  void Put(int letter) {
    heddle::MutexLock lock(mu_);
    letters_.Send(letter);
  }
  int Take() { return *letters_.Recv(); }

 private:
  const heddle::Channel<int> letters_;
  heddle::Mutex mu_;
  int weight_ = 0;
  heddle::WaitGroup shift_;
};

class Warehouse {
 public:
  explicit Warehouse(int pallets) {
    heddle::WaitGroup unloading;
    unloading.Go([this] {
      heddle::MutexLock lock(mu_);
      stock_ += *deliveries_.Recv();
    });
    deliveries_.Send(pallets);
    unloading.Wait();
  }
  void Deliver(int pallets) {
    heddle::MutexLock lock(mu_);
    deliveries_.Send(pallets);
  }

 private:
  const heddle::Channel<int> deliveries_;
  heddle::Mutex mu_;
  int stock_ = 0;
};
