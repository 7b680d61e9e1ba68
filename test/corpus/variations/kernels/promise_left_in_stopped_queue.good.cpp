// What: A clerk answers questions from a queue through promises; when he is sent home he answers what is left, and later questions are turned away.
// Run: clean
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
      if (sent_home_) return -1;
      Question question{std::move(text), {}};
      answer = question.answer.get_future();
      questions_.push_back(std::move(question));
    }
    asked_.notify_one();
    return answer.get();
  }

  void SendHome() {
    std::lock_guard<std::mutex> lock(mu_);
    sent_home_ = true;
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
    if (questions_.empty()) return std::nullopt;
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
  std::thread visitor([&] {
    for (int visit = 0; visit < 1000; ++visit) sum += clerk.Ask("how much is the ferry");
  });
  clerk.SendHome();
  visitor.join();
  std::printf("%s\n", sum < 0 ? "nobody there" : "answered");
}
