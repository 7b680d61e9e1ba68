// What: A client looks its endpoint up under the shared lock and returns with the lock held when it has been closed; the next close waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>

enum class Status { kOk, kClosed };

class Client {
 public:
  explicit Client(std::string endpoint) : endpoint_(std::move(endpoint)) {}

  Status Dial(std::string* out) {
    mu_.RLock();  // bug: missing-unlock, deadlock
    if (!endpoint_) return Status::kClosed;  // bug: missing-unlock, deadlock
    *out = *endpoint_;
    mu_.RUnlock();
    return Status::kOk;
  }

  void Close() {
    heddle::WriterLock lock(mu_);  // bug: deadlock, double-lock, missing-unlock
    endpoint_.reset();
  }

 private:
  heddle::RWMutex mu_;
  std::optional<std::string> endpoint_;
};

int main() {
  Client client("db.example:5432");
  client.Close();
  heddle::WaitGroup dials;
  dials.Go([&client] {
    std::string endpoint;
    if (client.Dial(&endpoint) == Status::kClosed) std::printf("closed\n");
  });
  dials.Wait();
  client.Close();  // bug: deadlock
}
