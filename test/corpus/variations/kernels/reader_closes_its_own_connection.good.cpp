// What: A connection's reader starts the close in a task of its own at a bad message.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Connection {
 public:
  void Start() {
    reader_.Go(&Connection::ReadLoop, this);
  }
  void Receive(std::string message) { incoming_.Send(std::move(message)); }
  void Close(const std::string& why) {
    once_.Do([&] {
      std::printf("closing: %s\n", why.c_str());
      closed_.Close();
    });
    reader_.Wait();
  }
  void AwaitClosed() {
    closed_.Recv();
    reader_.Wait();
    closers_.Wait();
  }

 private:
  void ReadLoop() {
    while (auto message = incoming_.Recv()) {
      if (message->empty()) {
        closers_.Go([this] { Close("bad message"); });
        return;
      }
      std::printf("%s\n", message->c_str());
    }
  }

  heddle::Channel<std::string> incoming_;
  heddle::Channel<heddle::Unit> closed_;
  heddle::Once once_;
  heddle::WaitGroup reader_;
  heddle::WaitGroup closers_;
};

int main() {
  Connection connection;
  connection.Start();
  connection.Receive("hello");
  connection.Receive("");
  connection.AwaitClosed();
}
