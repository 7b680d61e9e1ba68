// What: A connection's reader closes a signal of its own when the peer is gone; writers select between that and their send.
// Run: clean
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
    return heddle::Select(heddle::OnSend(writes_, std::move(frame)), heddle::OnRecv(gone_)) == 0;
  }

  void PeerSends(int bytes) { peer_.Send(bytes); }
  void PeerCloses() { peer_.Close(); }
  void Wait() { tasks_.Wait(); }

 private:
  void ReadLoop() {
    long total = 0;
    for (int bytes : peer_) total += bytes;
    std::printf("%ld bytes read\n", total);
    gone_.Close();
  }

  void WriteLoop() {
    for (bool open = true; open;) {
      heddle::Select(heddle::OnRecv(writes_, [](auto frame) { std::printf("%s\n", frame->c_str()); }),
                     heddle::OnRecv(gone_, [&](auto) { open = false; }));
    }
  }

  heddle::Channel<std::string> writes_;
  heddle::Channel<heddle::Unit> gone_;
  heddle::Channel<int> peer_;
  heddle::WaitGroup tasks_;
};

int main() {
  Connection connection;
  connection.Start();
  heddle::WaitGroup writers;
  for (int writer = 0; writer < 2; ++writer) {
    writers.Go([&connection, writer] {
      for (int i = 0; i < 5; ++i) connection.Write("frame of " + std::to_string(writer));
    });
  }
  connection.PeerSends(100);
  connection.PeerCloses();
  writers.Wait();
  connection.Wait();
}
