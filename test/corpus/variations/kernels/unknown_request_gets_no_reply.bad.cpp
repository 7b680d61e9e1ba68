// What: A clerk answers two kinds of requests on the request's own channel and ignores the third kind; whoever sent that waits for its reply for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

enum class Kind { kCount, kLongest, kAverage };

struct Request {
  Kind kind;
  heddle::Channel<int> reply;
};

class Clerk {
 public:
  explicit Clerk(std::vector<std::string> names) : names_(std::move(names)) {}

  void Serve(heddle::RecvChannel<Request> requests) const {
    for (const Request& request : requests) {
      switch (request.kind) {
        case Kind::kCount:
          request.reply.Send(static_cast<int>(names_.size()));
          break;
        case Kind::kLongest:
          request.reply.Send(Longest());
          break;
        default:
          std::printf("ignored\n");  // bug: deadlock, leaked-task
          break;
      }
    }
  }

 private:
  int Longest() const {
    std::size_t longest = 0;
    for (const std::string& name : names_) longest = std::max(longest, name.size());
    return static_cast<int>(longest);
  }

  const std::vector<std::string> names_;
};

class Client {
 public:
  explicit Client(heddle::SendChannel<Request> clerk) : clerk_(clerk) {}

  std::optional<int> Ask(Kind kind) const {
    Request request{kind, {}};
    clerk_.Send(request);
    return request.reply.Recv();  // bug: deadlock, leaked-task
  }

 private:
  heddle::SendChannel<Request> clerk_;
};

int main() {
  heddle::Channel<Request> desk;
  Clerk clerk({"ann", "barbara", "cem"});
  heddle::WaitGroup office;
  office.Go([&clerk, desk] { clerk.Serve(desk); });
  Client client(desk);
  for (Kind kind : {Kind::kCount, Kind::kLongest, Kind::kAverage}) {
    std::printf("%d\n", client.Ask(kind).value_or(-1));  // bug: deadlock
  }
  desk.Close();
  office.Wait();
}
