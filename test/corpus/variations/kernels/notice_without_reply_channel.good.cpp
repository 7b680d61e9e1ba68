// What: A librarian answers every request on the channel in it if it carries one.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

struct Request {
  enum class Kind { kBorrow, kReturn } kind;
  std::string title;
  heddle::SendChannel<bool> reply;
};

class Librarian {
 public:
  explicit Librarian(std::map<std::string, int> shelf) : shelf_(std::move(shelf)) {}

  void Work(heddle::RecvChannel<Request> desk) {
    for (const Request& request : desk) Answer(request, Handle(request));
  }

 private:
  bool Handle(const Request& request) {
    int& copies = shelf_[request.title];
    if (request.kind == Request::Kind::kReturn) {
      ++copies;
      return true;
    }
    if (copies == 0) return false;
    --copies;
    return true;
  }

  static void Answer(const Request& request, bool ok) {
    if (request.reply) request.reply.Send(ok);
  }

  std::map<std::string, int> shelf_;
};

class Visitor {
 public:
  explicit Visitor(heddle::SendChannel<Request> desk) : desk_(std::move(desk)) {}

  bool Borrow(const std::string& title) {
    heddle::Channel<bool> reply;
    desk_.Send({Request::Kind::kBorrow, title, reply});
    return reply.Recv().value_or(false);
  }

  void Return(const std::string& title) {
    desk_.Send({Request::Kind::kReturn, title, {}});
  }

 private:
  heddle::SendChannel<Request> desk_;
};

int main() {
  heddle::Channel<Request> desk;
  heddle::WaitGroup library;
  library.Go([desk] { Librarian({{"dune", 1}}).Work(desk); });
  Visitor visitor(desk);
  std::printf("borrowed: %d\n", visitor.Borrow("dune"));
  visitor.Return("dune");
  std::printf("borrowed: %d\n", visitor.Borrow("dune"));
  desk.Close();
  library.Wait();
}
