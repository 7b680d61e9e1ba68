// What: A party counts its guests' tasks; the command "end" ends the party from a guest's task, and so that task waits for itself to be done.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Party {
 public:
  Party() {
    commands_["dance"] = [this] { Dance(); };
    commands_["end"] = [this] { End(); };  // bug: deadlock
  }

  void Invite(const std::string& guest, std::string command) {
    guests_.Go([this, guest, command = std::move(command)] {  // bug: deadlock
      auto it = commands_.find(command);
      if (it != commands_.end()) it->second();  // bug: deadlock
      std::printf("%s: %s\n", guest.c_str(), command.c_str());
    });
  }

  void AwaitEnd() { ended_.Recv(); }  // bug: deadlock

 private:
  void Dance() {
    heddle::MutexLock lock(mu_);
    ++dances_;
  }

  void End() {
    guests_.Wait();  // bug: deadlock
    once_.Do([this] { ended_.Close(); });
  }

  std::map<std::string, std::function<void()>> commands_;
  heddle::WaitGroup guests_;
  heddle::Channel<heddle::Unit> ended_;
  heddle::Once once_;
  heddle::Mutex mu_;
  int dances_ = 0;
};

int main() {
  Party party;
  party.Invite("ada", "dance");
  party.Invite("ben", "sing");
  party.Invite("cem", "end");
  party.AwaitEnd();  // bug: deadlock
}
