// What: Every cut of a film but the last is rendered in a task of its own; main renders the last one and waits for the others.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

class Cut {
 public:
  explicit Cut(std::string name) : name_(std::move(name)) {}
  virtual ~Cut() = default;
  virtual void Render() {
    for (int frame = 0; frame < 3; ++frame) {
      heddle::Sleep(1ms);
      std::printf("%s: frame %d\n", name_.c_str(), frame);
    }
  }

 private:
  std::string name_;
};

int main() {
  std::vector<std::shared_ptr<Cut>> cuts;
  for (const char* name : {"trailer", "cinema", "director"}) cuts.push_back(std::make_shared<Cut>(name));

  heddle::WaitGroup renders;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    renders.Go(&Cut::Render, cuts[i]);
  }
  cuts.back()->Render();
  renders.Wait();
}
