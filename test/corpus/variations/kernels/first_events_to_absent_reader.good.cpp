// What: A mailbox watch first replays the letters that are there and then follows new ones; every send of it also ends at the stop.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Watch {
 public:
  virtual ~Watch() = default;
  virtual heddle::RecvChannel<std::string> Letters() const = 0;
  virtual void Stop() = 0;
};

class MailboxWatch : public Watch {
 public:
  explicit MailboxWatch(std::size_t room) : input_(room), letters_(room) {}
  ~MailboxWatch() override { task_.Wait(); }

  void Start(std::vector<std::string> first) {
    task_.Go([this, first = std::move(first)] { Process(first); });
  }

  heddle::RecvChannel<std::string> Letters() const override { return letters_; }

  void Stop() override {
    heddle::MutexLock lock(mu_);
    if (std::exchange(stopped_, true)) return;
    stop_.Close();
    input_.Close();
  }

 private:
  void Process(const std::vector<std::string>& first) {
    HEDDLE_DEFER(letters_.Close());
    for (const std::string& letter : first) Pass(letter);
    HEDDLE_DEFER(Stop());
    for (const std::string& letter : input_) Pass(letter);
  }

  void Pass(const std::string& letter) {
    heddle::Select(heddle::OnSend(letters_, "letter from " + letter), heddle::OnRecv(stop_));
  }

  heddle::Channel<std::string> input_;
  heddle::Channel<std::string> letters_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::Mutex mu_;
  bool stopped_ = false;
  heddle::WaitGroup task_;
};

class Mailbox {
 public:
  void Put(std::string sender) { senders_.push_back(std::move(sender)); }

  std::unique_ptr<Watch> Open(std::size_t room) const {
    auto watch = std::make_unique<MailboxWatch>(room);
    watch->Start(senders_);
    return watch;
  }

 private:
  std::vector<std::string> senders_;
};

int main() {
  Mailbox mailbox;
  mailbox.Put("Ada");
  mailbox.Put("Kurt");
  std::unique_ptr<Watch> watch = mailbox.Open(0);
  watch->Stop();
  watch = nullptr;
  std::printf("closed\n");
}
