// What: A greeter starts tasks that use its local list and template by reference and waits for them before it returns.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

struct Guest {
  std::string name;
  bool arrived;
};

class Greeter {
 public:
  explicit Greeter(std::string house) : house_(std::move(house)) {}

  int GreetArrived(const std::vector<Guest>& guests) {
    const std::string greeting = "welcome to " + house_;
    heddle::WaitGroup greeted;
    int count = 0;
    for (const Guest& guest : guests) {
      if (!guest.arrived) continue;
      ++count;
      greeted.Go([&greeting, name = guest.name] {
        std::printf("%s, %s\n", greeting.c_str(), name.c_str());
      });
    }
    greeted.Wait();
    return count;
  }

 private:
  const std::string house_;
};

int main() {
  Greeter greeter("the long and windy house on the hill");
  const std::vector<Guest> guests = {{"ann", true}, {"ben", false}, {"cem", true}};
  std::printf("%d greeted\n", greeter.GreetArrived(guests));
}
