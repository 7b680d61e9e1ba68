// A std::mutex held by a goroutine that parks blocks the threads of the others.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>

class Post {
 public:
  explicit Post(heddle::Channel<int> out) : out_(out) {}

  void Stamp(int letter) {
    std::lock_guard<std::mutex> lock(mu_);  // want: blocking-in-task "waiting for 'post.mu_', and the one that holds it may be parked"
    stamped_ += letter;
    out_.Send(letter);
  }

 private:
  std::mutex mu_;
  int stamped_ = 0;
  heddle::Channel<int> out_;
};

// Given back before anybody parks.
class Parcels {
 public:
  explicit Parcels(heddle::Channel<int> out) : out_(out) {}

  void Stamp(int parcel) {
    {
      std::lock_guard<std::mutex> lock(mu_);
      stamped_ += parcel;
    }
    out_.Send(parcel);
  }

 private:
  std::mutex mu_;
  int stamped_ = 0;
  heddle::Channel<int> out_;
};

// A goroutine that waits for it leaves its thread to others.
class Telegrams {
 public:
  explicit Telegrams(heddle::Channel<int> out) : out_(out) {}

  void Stamp(int telegram) {
    heddle::MutexLock lock(mu_);
    stamped_ += telegram;
    out_.Send(telegram);
  }

 private:
  heddle::Mutex mu_;
  int stamped_ = 0;
  heddle::Channel<int> out_;
};

int main() {
  heddle::Channel<int> out;
  Post post(out);
  Parcels parcels(out);
  Telegrams telegrams(out);
  heddle::WaitGroup clerks;
  for (int i = 0; i < 3; ++i) {
    clerks.Go([&post, i] { post.Stamp(i); });
    clerks.Go([&parcels, i] { parcels.Stamp(i); });
    clerks.Go([&telegrams, i] { telegrams.Stamp(i); });
  }
  for (int i = 0; i < 9; ++i) out.Recv();
  clerks.Wait();
}
