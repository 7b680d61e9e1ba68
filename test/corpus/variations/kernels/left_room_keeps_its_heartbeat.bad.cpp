// What: Joining a room starts a task that lasts as long as the member's context; leaving forgets the member without cancelling it.
// Run: leak
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
    heddle::CancelableContext scope = heddle::WithCancel(heddle::Background());  // bug: lost-cancel, leaked-task
    Member& member = members_[name];
    member.cancel = scope.cancel;
    member.presence = std::make_unique<heddle::WaitGroup>();
    member.presence->Go([ctx = scope.ctx, name] { KeepPresent(ctx, name); });  // bug: leaked-task
  }

  void Leave(const std::string& name) {
    auto it = members_.find(name);
    if (it == members_.end()) return;
    members_.erase(it);  // bug: lost-cancel, leaked-task, missing-wait
  }

 private:
  static void KeepPresent(const heddle::Context& ctx, const std::string& name) {
    std::printf("%s is here\n", name.c_str());
    ctx.Done().Recv();  // bug: leaked-task, lost-cancel
    std::printf("%s has left\n", name.c_str());
  }

  std::map<std::string, Member> members_;
};

int main() {
  Room room;
  room.Join("ada");  // bug: lost-cancel, leaked-task
  room.Join("bob");  // bug: lost-cancel, leaked-task
  room.Leave("ada");
  room.Leave("bob");
}
