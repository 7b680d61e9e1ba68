// RUN: %expect-only=-*,heddle-blocking-under-lock -- %s
//
// Look-alike: the letter is posted after the lock was given back.
#include <functional>
#include <heddle/heddle.h>
#include <memory>
#include <utility>

class Postman {
public:
  explicit Postman(std::function<void(int)> deliver)
      : deliver_(std::move(deliver)) {
    heddle::go([this] {
      while (auto letter = bag_.Recv())
        deliver_(*letter);
    });
  }
  void post(int letter) { bag_.Send(letter); }
  void stop() { bag_.Close(); }

private:
  const std::function<void(int)> deliver_;
  heddle::Channel<int> bag_;
};

class Street {
public:
  void open() {
    postman_ = std::make_unique<Postman>([this](int) {
      heddle::MutexLock lock(mu_);
      ++delivered_;
    });
  }
  void send(int letter) {
    {
      heddle::MutexLock lock(mu_);
      ++sent_;
    }
    postman_->post(letter);
  }
  void close() { postman_->stop(); }

private:
  heddle::Mutex mu_;
  int sent_ = 0, delivered_ = 0;
  std::unique_ptr<Postman> postman_;
};

int main() {
  Street street;
  street.open();
  heddle::WaitGroup people;
  for (int i = 0; i < 3; ++i)
    people.Go([&] {
      for (int letter = 0; letter < 5; ++letter)
        street.send(letter);
    });
  people.Wait();
  street.close();
}
