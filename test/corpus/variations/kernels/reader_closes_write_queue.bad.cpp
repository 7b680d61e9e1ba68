// What: A connection's reader closes the write queue when the peer is gone, while other tasks may be sending to it.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Connection {
 public:
  void Start() {
    tasks_.Go(&Connection::ReadLoop, this);
    tasks_.Go(&Connection::WriteLoop, this);
  }

  bool Write(std::string frame) {
    writes_.Send(std::move(frame));  // bug: send-on-closed
    return true;
  }

  void PeerSends(int bytes) { peer_.Send(bytes); }
  void PeerCloses() { peer_.Close(); }
  void Wait() { tasks_.Wait(); }

 private:
  void ReadLoop() {
    long total = 0;
    for (int bytes : peer_) total += bytes;
    std::printf("%ld bytes read\n", total);
    writes_.Close();  // bug: send-on-closed
  }

  void WriteLoop() {
    for (const std::string& frame : writes_) std::printf("%s\n", frame.c_str());
  }

  heddle::Channel<std::string> writes_;
  heddle::Channel<int> peer_;
  heddle::WaitGroup tasks_;
};

int main() {
  Connection connection;
  connection.Start();
  heddle::WaitGroup writers;
  for (int writer = 0; writer < 2; ++writer) {
    writers.Go([&connection, writer] {
      for (int i = 0; i < 5; ++i) connection.Write("frame of " + std::to_string(writer));  // bug: send-on-closed
    });
  }
  connection.PeerSends(100);
  connection.PeerCloses();
  writers.Wait();
  connection.Wait();
}
