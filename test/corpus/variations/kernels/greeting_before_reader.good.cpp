// What: A session starts the task that reads its channel and then sends its greeting.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

class Output {
 public:
  void Write(std::string text) {
    texts_.Send(std::move(text));
  }
  void Start() {
    printer_.Go([this] {
      for (const std::string& text : texts_) std::printf("%s\n", text.c_str());
    });
  }
  void Finish() {
    texts_.Close();
    printer_.Wait();
  }

 private:
  heddle::Channel<std::string> texts_;
  heddle::WaitGroup printer_;
};

class Session {
 public:
  explicit Session(std::string user) : output_(std::make_unique<Output>()), user_(std::move(user)) {
    output_->Start();
    output_->Write("hello " + user_);
  }
  ~Session() {
    output_->Write("bye " + user_);
    output_->Finish();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  void Say(const std::string& text) { output_->Write(user_ + ": " + text); }

 private:
  std::unique_ptr<Output> output_;
  std::string user_;
};

int main() {
  Session session("ada");
  session.Say("good morning");
}
