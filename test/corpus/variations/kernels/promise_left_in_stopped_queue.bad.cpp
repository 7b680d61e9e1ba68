// What: A clerk answers questions from a queue through promises until he is sent home; a question that is still in the queue, or comes later, has a promise that nobody keeps.
// Run: hang-some
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

struct Question {
  std::string text;
  std::promise<int> answer;
};

class Clerk {
 public:
  ~Clerk() {
    if (desk_.joinable()) desk_.join();
  }

  void Open() {
    desk_ = std::thread([this] { Serve(); });
  }

  // The length of `text`, as the clerk counts it.
  int Ask(std::string text) {
    std::future<int> answer;
    {
      std::lock_guard<std::mutex> lock(mu_);
      Question question{std::move(text), {}};
      answer = question.answer.get_future();
      questions_.push_back(std::move(question));  // bug: deadlock
    }
    asked_.notify_one();
    return answer.get();  // bug: deadlock, leaked-task
  }

  void SendHome() {
    std::lock_guard<std::mutex> lock(mu_);
    sent_home_ = true;  // bug: deadlock
    asked_.notify_all();
  }

 private:
  void Serve() {
    while (std::optional<Question> question = Next()) {
      question->answer.set_value(static_cast<int>(question->text.size()));
    }
  }

  std::optional<Question> Next() {
    std::unique_lock<std::mutex> lock(mu_);
    asked_.wait(lock, [this] { return sent_home_ || !questions_.empty(); });
    if (sent_home_) return std::nullopt;  // bug: deadlock
    Question question = std::move(questions_.front());
    questions_.pop_front();
    return question;
  }

  std::mutex mu_;
  std::condition_variable asked_;
  std::deque<Question> questions_;
  bool sent_home_ = false;
  std::thread desk_;
};

int main() {
  Clerk clerk;
  clerk.Open();
  long sum = 0;
  std::thread visitor([&] {  // bug: leaked-task, deadlock
    for (int visit = 0; visit < 1000; ++visit) sum += clerk.Ask("how much is the ferry");
  });
  clerk.SendHome();
  visitor.join();  // bug: deadlock
  std::printf("%s\n", sum < 0 ? "nobody there" : "answered");
}
