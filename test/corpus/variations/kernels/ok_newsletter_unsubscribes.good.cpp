// What: A newsletter sends each issue to every reader or to the reader's own signal that it has left; a reader leaves at any time.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

class Newsletter {
 public:
  class Subscription {
   public:
    explicit Subscription(Newsletter& from) : from_(from) { from_.Insert(mail_); }
    ~Subscription() {
      mail_->left.Close();
      from_.Erase(mail_);
    }
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    // The next issue; empty when there are no more.
    std::optional<std::string> Next() { return mail_->issues.Recv(); }

   private:
    friend class Newsletter;
    struct Mail {
      heddle::Channel<std::string> issues;
      heddle::Channel<heddle::Unit> left;
    };
    Newsletter& from_;
    std::shared_ptr<Mail> mail_ = std::make_shared<Mail>();
  };

  void Publish(const std::string& issue) {
    for (const MailPtr& mail : Readers()) {
      heddle::Select(heddle::OnSend(mail->issues, issue), heddle::OnRecv(mail->left));
    }
  }

 private:
  using MailPtr = std::shared_ptr<Subscription::Mail>;

  void Insert(const MailPtr& mail) {
    heddle::MutexLock lock(mu_);
    readers_.insert(mail);
  }
  void Erase(const MailPtr& mail) {
    heddle::MutexLock lock(mu_);
    readers_.erase(mail);
  }
  std::vector<MailPtr> Readers() {
    heddle::MutexLock lock(mu_);
    return {readers_.begin(), readers_.end()};
  }

  heddle::Mutex mu_;
  std::set<MailPtr> readers_;
};

int main() {
  Newsletter letter;
  heddle::Channel<heddle::Unit> subscribed(2);
  heddle::WaitGroup tasks;
  for (int reader = 1; reader <= 2; ++reader) {
    tasks.Go([&letter, subscribed, reader] {
      Newsletter::Subscription subscription(letter);
      subscribed.Send({});
      for (int issue = 0; issue < reader; ++issue) {
        if (!subscription.Next()) return;
      }
    });
  }
  for (int reader = 0; reader < 2; ++reader) subscribed.Recv();
  for (int issue = 1; issue <= 4; ++issue) letter.Publish("issue " + std::to_string(issue));
  tasks.Wait();
  std::printf("all have left\n");
}
