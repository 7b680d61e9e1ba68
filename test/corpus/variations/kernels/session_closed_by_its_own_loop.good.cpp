// What: A chat session stops itself when its peer says goodbye; the wait for the session's loop is left to its owner.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Session {
 public:
  using Command = std::function<void(Session&)>;

  void On(const std::string& word, Command command) { commands_[word] = std::move(command); }

  void Start() {
    loop_.Go([this] { Loop(); });
  }

  void Say(std::string word) {
    heddle::Select(heddle::OnSend(words_, std::move(word)), heddle::OnRecv(stopping_));
  }

  void Stop() {
    once_.Do([this] { stopping_.Close(); });
  }

  void Close() {
    Stop();
    loop_.Wait();
  }

  int handled() const { return handled_; }

 private:
  void Loop() {
    for (bool open = true; open;) {
      heddle::Select(heddle::OnRecv(words_, [this](auto word) { Handle(*word); }),
                     heddle::OnRecv(stopping_, [&](auto) { open = false; }));
    }
  }

  void Handle(const std::string& word) {
    ++handled_;
    if (auto it = commands_.find(word); it != commands_.end()) it->second(*this);
  }

  std::map<std::string, Command> commands_;
  heddle::Channel<std::string> words_;
  heddle::Channel<heddle::Unit> stopping_;
  heddle::Once once_;
  heddle::WaitGroup loop_;
  int handled_ = 0;
};

int main() {
  Session session;
  session.On("time", [](Session&) { std::printf("half past nine\n"); });
  session.On("bye", [](Session& self) { self.Stop(); });
  session.Start();
  for (const char* word : {"hello", "time", "bye"}) session.Say(word);
  session.Close();
  std::printf("%d words\n", session.handled());
}
