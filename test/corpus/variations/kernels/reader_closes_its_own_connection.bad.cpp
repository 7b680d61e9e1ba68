// What: A connection's reader calls Close at a bad message; Close waits for the reader, which is the task that calls it.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Connection {
 public:
  void Start() {
    reader_.Go(&Connection::ReadLoop, this);  // bug: deadlock, leaked-task
  }
  void Receive(std::string message) { incoming_.Send(std::move(message)); }
  void Close(const std::string& why) {
    once_.Do([&] {
      std::printf("closing: %s\n", why.c_str());
      closed_.Close();
    });
    reader_.Wait();  // bug: deadlock, leaked-task
  }
  void AwaitClosed() {
    closed_.Recv();
    reader_.Wait();  // bug: deadlock
  }

 private:
  void ReadLoop() {
    while (auto message = incoming_.Recv()) {
      if (message->empty()) {
        Close("bad message");  // bug: deadlock, leaked-task
        return;
      }
      std::printf("%s\n", message->c_str());
    }
  }

  heddle::Channel<std::string> incoming_;
  heddle::Channel<heddle::Unit> closed_;
  heddle::Once once_;
  heddle::WaitGroup reader_;
};

int main() {
  Connection connection;
  connection.Start();
  connection.Receive("hello");
  connection.Receive("");
  connection.AwaitClosed();  // bug: deadlock
}
