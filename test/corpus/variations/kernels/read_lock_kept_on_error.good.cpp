// What: A client looks its endpoint up under a scoped shared lock, also when it has been closed.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>

enum class Status { kOk, kClosed };

class Client {
 public:
  explicit Client(std::string endpoint) : endpoint_(std::move(endpoint)) {}

  Status Dial(std::string* out) {
    heddle::ReaderLock lock(mu_);
    if (!endpoint_) return Status::kClosed;
    *out = *endpoint_;
    return Status::kOk;
  }

  void Close() {
    heddle::WriterLock lock(mu_);
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
  client.Close();
}
