// What: A mailroom stops its clerks first, who alone send, then closes the chute and empties what is left in it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Mailroom {
 public:
  explicit Mailroom(std::size_t room) : chute_(room) {}
  ~Mailroom() { Shutdown(); }

  void Hire(std::function<std::string(int)> write) {
    clerks_.Go([this, write = std::move(write)] {
      for (int letter = 0; !Stopping(); ++letter) {
        if (!Post(write(letter))) return;
      }
    });
  }

  std::size_t Take(std::size_t letters) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < letters; ++i) bytes += chute_.Recv()->size();
    return bytes;
  }

  // Stops all clerks and returns what they had posted meanwhile.
  std::vector<std::string> Shutdown() {
    std::vector<std::string> rest;
    if (std::exchange(shut_, true)) return rest;
    stop_.Close();
    clerks_.Wait();
    chute_.Close();
    for (std::string& letter : chute_) rest.push_back(std::move(letter));
    return rest;
  }

 private:
  bool Stopping() const { return heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault()) == 0; }

  bool Post(std::string letter) {
    return heddle::Select(heddle::OnSend(chute_, std::move(letter)), heddle::OnRecv(stop_)) == 0;
  }

  heddle::Channel<std::string> chute_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup clerks_;
  bool shut_ = false;
};

int main() {
  auto room = std::make_unique<Mailroom>(4);
  room->Hire([](int letter) { return "dear " + std::to_string(letter % 10); });
  room->Hire([](int) { return std::string("bill"); });
  std::printf("some: %d\n", room->Take(10) > 0);
  std::printf("few left: %d\n", room->Shutdown().size() <= 4);
}
