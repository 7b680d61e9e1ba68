// Containers without a name, and elements that are asked for by what is not
// known: each of them is looked at.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

// The last page is not sent on when the second is unreadable.
class Scanner {
 public:
  explicit Scanner(std::vector<std::string> pages) : pages_(std::move(pages)) {}

  void Scan(heddle::Channel<int> out) {
    for (const std::string& page : pages_) {
      if (page.find("blot") != std::string::npos) return;
      out.Send(1);
    }
    out.Close();
  }

 private:
  std::vector<std::string> pages_;
};

void ScanAll() {
  Scanner scanner({"one", "two", "three"});
  heddle::Channel<int> out;
  heddle::WaitGroup scan;
  scan.Go([&] { scanner.Scan(out); });
  int pages = 0;
  for (int page : out) pages += page;  // want: deadlock "receiving from"
  scan.Wait();
}

// One of the buttons takes the lock that its caller holds.
class Panel {
 public:
  void Label(const std::string& button, std::function<void()> press) {
    heddle::MutexLock lock(mu_);  // want: deadlock "locking 'mu_'"
    buttons_[button] = std::move(press);
  }

  void Press(const std::string& text) {
    const std::string button = text.substr(0, text.find(' '));
    heddle::MutexLock lock(mu_);
    auto found = buttons_.find(button);
    if (found != buttons_.end()) found->second();
  }

 private:
  heddle::Mutex mu_;
  std::map<std::string, std::function<void()>> buttons_;
};

int main(int argc, char** argv) {
  ScanAll();
  Panel panel;
  panel.Label("stop", [] {});
  panel.Label("learn", [&panel] { panel.Label("new", [] {}); });
  heddle::WaitGroup presses;
  presses.Go([&] { panel.Press(argv[argc - 1]); });
  presses.Wait();
}
