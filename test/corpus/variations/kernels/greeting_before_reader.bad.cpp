// What: A session sends its greeting in its constructor on an unbuffered channel, which only the task reads that is started afterwards.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

class Output {
 public:
  void Write(std::string text) {
    texts_.Send(std::move(text));  // bug: deadlock, leaked-task
  }
  void Start() {
    printer_.Go([this] {  // bug: deadlock
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
    output_->Write("hello " + user_);  // bug: deadlock, leaked-task
    output_->Start();  // bug: deadlock
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
  Session session("ada");  // bug: deadlock
  session.Say("good morning");
}
