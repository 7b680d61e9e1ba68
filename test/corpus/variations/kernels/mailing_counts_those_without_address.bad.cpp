// What: A mailing counts every member on its wait group and starts a task for those who have an address only, so the wait never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Member {
  std::string name;
  std::optional<std::string> address;
};

class Mailing {
 public:
  using Post = std::function<int(const std::string& address)>;
  explicit Mailing(Post post) : post_(std::move(post)) {}

  int SendTo(const std::vector<Member>& members) {
    Expect(members.size());  // bug: counter-mismatch, missing-done, deadlock
    for (const Member& member : members) {
      if (!member.address) continue;  // bug: counter-mismatch, missing-done, deadlock
      Dispatch(*member.address);
    }
    under_way_.Wait();  // bug: counter-mismatch, missing-done, deadlock
    return cents_.load();
  }

 private:
  void Expect(std::size_t letters) {
    under_way_.Add(static_cast<int>(letters));  // bug: counter-mismatch, missing-done, deadlock
  }

  void Dispatch(const std::string& address) {
    heddle::go([this, address] {
      HEDDLE_DEFER(under_way_.Done());
      cents_ += post_(address);
    });
  }

  Post post_;
  heddle::WaitGroup under_way_;
  std::atomic<int> cents_{0};
};

int main() {
  Mailing mailing([](const std::string& address) { return address.size() > 6 ? 160 : 85; });
  const std::vector<Member> members = {{"ada", "3 mill lane"}, {"bob", std::nullopt}, {"cy", "box 4"}};
  std::printf("%d cents\n", mailing.SendTo(members));  // bug: deadlock, counter-mismatch, missing-done
}
