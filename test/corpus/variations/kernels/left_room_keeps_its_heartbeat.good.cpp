// What: Joining a room starts a task that lasts as long as the member's context; leaving cancels it and waits for the task.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

struct Member {
  heddle::CancelFunc cancel;
  std::unique_ptr<heddle::WaitGroup> presence;
};

class Room {
 public:
  void Join(const std::string& name) {
    heddle::CancelableContext scope = heddle::WithCancel(heddle::Background());
    Member& member = members_[name];
    member.cancel = scope.cancel;
    member.presence = std::make_unique<heddle::WaitGroup>();
    member.presence->Go([ctx = scope.ctx, name] { KeepPresent(ctx, name); });
  }

  void Leave(const std::string& name) {
    auto it = members_.find(name);
    if (it == members_.end()) return;
    it->second.cancel();
    it->second.presence->Wait();
    members_.erase(it);
  }

 private:
  static void KeepPresent(const heddle::Context& ctx, const std::string& name) {
    std::printf("%s is here\n", name.c_str());
    ctx.Done().Recv();
    std::printf("%s has left\n", name.c_str());
  }

  std::map<std::string, Member> members_;
};

int main() {
  Room room;
  room.Join("ada");
  room.Join("bob");
  room.Leave("ada");
  room.Leave("bob");
}
