// What: A caller asks several servers and gives a question up after a while; a server that answers later sends to nobody and never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Server {
 public:
  virtual ~Server() = default;
  virtual int Answer(const std::string& question) = 0;
};

class QuickServer : public Server {
 public:
  int Answer(const std::string& question) override { return static_cast<int>(question.size()); }
};

class SlowServer : public Server {
 public:
  int Answer(const std::string& question) override {
    heddle::Sleep(20ms);
    return static_cast<int>(question.size()) + 1;
  }
};

class Client {
 public:
  std::optional<int> Ask(Server& server, const std::string& question) {
    heddle::Channel<int> answer;  // bug: leaked-task, deadlock
    asking_.Go([&server, question, answer] {  // bug: leaked-task, deadlock
      answer.Send(server.Answer(question));  // bug: leaked-task, deadlock
    });

    std::optional<int> result;
    heddle::Select(
        heddle::OnRecv(answer, [&](std::optional<int> value) { result = value; }),
        heddle::OnTimeout(2ms, [&] { std::printf("no answer to %s\n", question.c_str()); }));  // bug: leaked-task, deadlock
    return result;
  }

  void Close() {
    asking_.Wait();  // bug: deadlock
  }

 private:
  heddle::WaitGroup asking_;
};

int main() {
  QuickServer quick;
  SlowServer slow;
  const std::map<std::string, Server*> servers{{"quick", &quick}, {"slow", &slow}};

  Client client;
  for (auto [name, server] : servers) {
    std::optional<int> answer = client.Ask(*server, "how deep is the well");
    std::printf("%s: %d\n", name.c_str(), answer.value_or(-1));
  }
  client.Close();  // bug: deadlock
}
