// What: A typist listens to a call through a reader on the call's pipe; hanging up takes the call out of the exchange but never ends the pipe, so the typist listens for ever.
// Run: leak
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Reader {
 public:
  virtual ~Reader() = default;
  virtual bool Read(std::string& word) = 0;  // false at the end
};

class Pipe {
 public:
  heddle::RecvChannel<std::string> Words() const { return words_; }
  void End() { words_.Close(); }

 private:
  heddle::Channel<std::string> words_;
};

class PipeReader : public Reader {
 public:
  explicit PipeReader(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}

  bool Read(std::string& word) override {
    std::optional<std::string> next = pipe_->Words().Recv();  // bug: leaked-task, deadlock
    if (next) word = std::move(*next);
    return next.has_value();
  }

 private:
  std::shared_ptr<Pipe> pipe_;
};

class Call {
 public:
  Call(int number, std::shared_ptr<Pipe> pipe) : number_(number), reader_(std::move(pipe)) {}
  int number() const { return number_; }

  std::string ReadAll() {
    std::string text;
    for (std::string word; reader_.Read(word);) text += word + " ";
    return text;
  }

 private:
  const int number_;
  PipeReader reader_;
};

class Exchange {
 public:
  std::shared_ptr<Call> Dial(int number) {
    auto pipe = std::make_shared<Pipe>();
    pipes_[number] = pipe;
    return std::make_shared<Call>(number, pipe);
  }

  void HangUp(const Call& call) {
    pipes_.erase(call.number());  // bug: leaked-task, deadlock
  }

 private:
  std::map<int, std::shared_ptr<Pipe>> pipes_;
};

int main() {
  Exchange exchange;
  std::shared_ptr<Call> call = exchange.Dial(118);
  heddle::Channel<heddle::Unit> typed;
  heddle::go([call, typed] {  // bug: leaked-task, unawaited-task
    HEDDLE_DEFER(typed.Close());
    std::printf("typed: %s\n", call->ReadAll().c_str());
  });

  exchange.HangUp(*call);  // bug: leaked-task, deadlock
  heddle::Select(heddle::OnRecv(typed),
                 heddle::OnTimeout(5ms, [] { std::printf("the typist is still there\n"); }));
}
