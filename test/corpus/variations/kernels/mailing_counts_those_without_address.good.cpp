// What: A mailing counts the members whom it starts a task for and waits for those.
// Run: clean
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
    for (const Member& member : members) {
      if (!member.address) continue;
      Expect(1);
      Dispatch(*member.address);
    }
    under_way_.Wait();
    return cents_.load();
  }

 private:
  void Expect(std::size_t letters) {
    under_way_.Add(static_cast<int>(letters));
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
  std::printf("%d cents\n", mailing.SendTo(members));
}
