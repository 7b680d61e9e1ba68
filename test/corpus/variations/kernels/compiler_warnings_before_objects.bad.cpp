// What: A compile task sends its object and then its warnings on two unbuffered channels; the build reads the warnings of a unit before its object.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Object {
  std::string name;
  std::size_t bytes;
};
struct Warnings {
  int count = 0;
};

// What a unit gives, in the order in which it is sent.
struct Outputs {
  heddle::Channel<Object> object;
  heddle::Channel<Warnings> warnings;
};

class Unit {
 public:
  explicit Unit(std::string source) : source_(std::move(source)) {}

  void Compile(const Outputs& out) const {
    Warnings warnings;
    for (char c : source_) warnings.count += c == '?';
    out.object.Send({source_ + ".o", source_.size() * 10});  // bug: deadlock, leaked-task
    out.warnings.Send(warnings);
  }

 private:
  std::string source_;
};

class Build {
 public:
  void Add(const Unit& unit) {
    Outputs out;
    running_.Go([unit, out] { unit.Compile(out); });  // bug: leaked-task, deadlock
    pending_.push_back(std::move(out));
  }

  std::size_t Link() {
    std::size_t size = 0;
    for (const Outputs& out : pending_) size += TakeOne(out);
    running_.Wait();
    return size;
  }

  int warnings() const { return warnings_; }

 private:
  std::size_t TakeOne(const Outputs& out) {
    warnings_ += out.warnings.Recv().value_or(Warnings{}).count;  // bug: deadlock, leaked-task
    const std::optional<Object> object = out.object.Recv();
    return object ? object->bytes : 0;
  }

  heddle::WaitGroup running_;
  std::vector<Outputs> pending_;
  int warnings_ = 0;
};

int main() {
  Build build;
  for (const char* source : {"main", "what?", "parser"}) build.Add(Unit(source));
  const std::size_t size = build.Link();  // bug: deadlock
  std::printf("%zu bytes, %d warnings\n", size, build.warnings());
}
