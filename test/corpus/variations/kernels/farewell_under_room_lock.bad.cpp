// What: A chat room says farewell to its guests with its lock held; a guest answers every message by a look into the room, which needs the lock, while the next farewell finds his box full.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using Inbox = heddle::Channel<std::string>;

class Room {
 public:
  // Lets `guest` in; what is returned lets him out again.
  std::function<void()> Join(const std::string& guest, const Inbox& inbox) {
    heddle::MutexLock lock(mu_);
    inboxes_.emplace(guest, inbox);
    return [this, guest] { Leave(guest); };
  }

  std::size_t Guests() {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    return inboxes_.size();
  }

 private:
  void Leave(const std::string& guest) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    auto left = inboxes_.extract(guest);
    if (!left) return;
    for (auto& [name, inbox] : inboxes_) Tell(inbox, guest);  // bug: blocking-under-lock, deadlock
    left.mapped().Close();
  }

  // Two lines for everybody who leaves.
  static void Tell(const Inbox& inbox, const std::string& guest) {
    for (const char* line : {" says goodbye", " has left"}) {
      inbox.Send(guest + line);  // bug: blocking-under-lock, deadlock
    }
  }

  heddle::Mutex mu_;
  std::map<std::string, Inbox> inboxes_;
};

class Guest {
 public:
  Guest(Room& room, const std::string& name) : room_(room), leave_(room.Join(name, inbox_)) {}

  void Start() {
    reader_.Go([this] { Read(); });  // bug: deadlock
  }

  void Leave() {
    leave_();  // bug: deadlock
    reader_.Wait();
  }

 private:
  void Read() {
    for (const std::string& line : inbox_) {
      std::printf("%s (%zu here)\n", line.c_str(), room_.Guests());  // bug: blocking-under-lock, deadlock
    }
  }

  Room& room_;
  Inbox inbox_{1};
  std::function<void()> leave_;
  heddle::WaitGroup reader_;
};

int main() {
  Room room;
  std::vector<std::unique_ptr<Guest>> guests;
  for (const char* name : {"anna", "bert", "carl", "dora"}) {
    guests.push_back(std::make_unique<Guest>(room, name));
  }
  for (auto& guest : guests) guest->Start();
  for (auto& guest : guests) guest->Leave();  // bug: deadlock
}
