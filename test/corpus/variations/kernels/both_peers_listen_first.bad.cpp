// What: Two peers exchange their versions; each waits for the other's before it sends its own.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <utility>

class Peer {
 public:
  Peer(const char* name, int version, heddle::SendChannel<int> out, heddle::RecvChannel<int> in)
      : name_(name), version_(version), out_(std::move(out)), in_(std::move(in)) {}

  void Accept() {
    const int theirs = in_.Recv().value_or(0);  // bug: deadlock, leaked-task
    out_.Send(version_);
    Agree(theirs);
  }

  void Dial() {
    const int theirs = in_.Recv().value_or(0);  // bug: deadlock, leaked-task
    out_.Send(version_);
    Agree(theirs);
  }

 private:
  void Agree(int theirs) const {
    std::printf("%s speaks version %d\n", name_, theirs < version_ ? theirs : version_);
  }

  const char* name_;
  int version_;
  heddle::SendChannel<int> out_;
  heddle::RecvChannel<int> in_;
};

int main() {
  heddle::Channel<int> there;
  heddle::Channel<int> back;
  Peer dialler("dialler", 3, there, back);
  Peer listener("listener", 2, back, there);
  heddle::WaitGroup peers;
  peers.Go(&Peer::Accept, &listener);  // bug: leaked-task, deadlock
  peers.Go(&Peer::Dial, &dialler);  // bug: leaked-task, deadlock
  peers.Wait();  // bug: deadlock
}
