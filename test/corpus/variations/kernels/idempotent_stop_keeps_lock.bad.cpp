// What: A print server may be told to drain several times; draining returns with the server's lock held and, when it drains already, takes that lock again.
// Run: deadlock
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

class PrintServer {
 public:
  explicit PrintServer(std::string name) : name_(std::move(name)) {}

  bool Print(const std::string& page) {
    std::lock_guard<std::mutex> guard(mu_);  // bug: deadlock, double-lock
    if (draining_) return false;
    printed_.push_back(page);
    return true;
  }

  // Takes no more pages from now on.
  void Drain() {
    mu_.lock();  // bug: missing-unlock, double-lock, deadlock
    if (draining_) {
      mu_.lock();  // bug: double-lock, missing-unlock, deadlock
      return;  // bug: missing-unlock
    }
    draining_ = true;
  }  // bug: missing-unlock

  std::size_t pages() {
    std::lock_guard<std::mutex> guard(mu_);  // bug: deadlock, double-lock
    return printed_.size();
  }

 private:
  const std::string name_;
  std::mutex mu_;
  bool draining_ = false;
  std::vector<std::string> printed_;
};

class Office {
 public:
  Office() : server_(std::make_unique<PrintServer>("ground floor")) {
    clerk_ = std::thread([this] {
      for (int page = 1; server_->Print("page " + std::to_string(page)) && page < 500;) ++page;
    });
  }

  ~Office() { clerk_.join(); }

  PrintServer& server() { return *server_; }

 private:
  std::unique_ptr<PrintServer> server_;
  std::thread clerk_;
};

int main() {
  Office office;
  for (int turn = 0; turn < 3; ++turn) office.server().Drain();  // bug: double-lock, deadlock
  std::printf("printed %zu\n", office.server().pages());
}
