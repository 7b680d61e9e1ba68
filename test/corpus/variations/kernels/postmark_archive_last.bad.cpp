// What: A post office waits until all letters are stamped; every stamped letter is archived by a task of its own, which nobody waits for.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

class Archive {
 public:
  void Store(const std::string& letter) {
    const std::lock_guard<heddle::Mutex> lock(mu_);
    shelf_.push_back(letter);
    std::printf("archived %s\n", letter.c_str());
  }

 private:
  heddle::Mutex mu_;
  std::vector<std::string> shelf_;
};

Archive archive;

class PostOffice {
 public:
  using Hook = std::function<void(const std::string&)>;
  void OnStamped(Hook hook) { hooks_.push_back(std::move(hook)); }

  void Accept(const std::string& letter) {
    counter_.Go([this, letter] {
      const std::string stamped = letter + "*";
      for (const Hook& hook : hooks_) hook(stamped);
    });
  }

  void Close() { counter_.Wait(); }  // bug: unawaited-task

 private:
  std::vector<Hook> hooks_;
  heddle::WaitGroup counter_;
};

int main() {
  PostOffice office;
  office.OnStamped([](const std::string& letter) {
    heddle::go([letter] { archive.Store(letter); });  // bug: unawaited-task
  });
  for (const char* to : {"Ada", "Bo", "Cy"}) office.Accept(to);
  office.Close();
}  // bug: unawaited-task
