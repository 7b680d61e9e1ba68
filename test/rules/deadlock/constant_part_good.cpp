// RUN: %expect %s
// All of what is read off is taken.
#include <heddle/heddle.h>

#include <optional>
#include <string>
#include <utility>

class Teleprinter {
 public:
  explicit Teleprinter(std::string tape) : tape_(std::move(tape)) { reader_.Go(&Teleprinter::Read, this); }
  ~Teleprinter() { reader_.Wait(); }
  std::optional<int> Next() { return signs_.Recv(); }

 private:
  void Read() {
    for (char sign : tape_) signs_.Send(sign == '#' ? 2 : 1);
    signs_.Close();
  }

  const std::string tape_;
  heddle::Channel<int> signs_;
  heddle::WaitGroup reader_;
};

int Length(const std::string& tape) {
  Teleprinter printer(tape);
  int length = 0;
  while (std::optional<int> sign = printer.Next()) {
    if (*sign == 2) length = 0;
    ++length;
  }
  return length;
}

int main() { return Length("to be # continued"); }
