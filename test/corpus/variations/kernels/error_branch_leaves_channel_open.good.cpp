// What: A scanner closes its channel on every way out.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Scanner {
 public:
  explicit Scanner(std::vector<std::string> lines) : lines_(std::move(lines)) {}
  virtual ~Scanner() = default;

  void ScanInto(heddle::SendChannel<std::string> words) {
    HEDDLE_DEFER(words.Close());
    for (const std::string& line : lines_) {
      if (!IsValid(line)) {
        bad_ = line;
        return;
      }
      std::size_t start = 0;
      for (std::size_t end = line.find(' '); end != std::string::npos; end = line.find(' ', start)) {
        words.Send(line.substr(start, end - start));
        start = end + 1;
      }
      words.Send(line.substr(start));
    }
  }

  const std::string& bad() const { return bad_; }

 protected:
  virtual bool IsValid(const std::string& line) const { return !line.empty(); }

 private:
  const std::vector<std::string> lines_;
  std::string bad_;
};

class ShortLineScanner : public Scanner {
 public:
  using Scanner::Scanner;

 protected:
  bool IsValid(const std::string& line) const override { return line.size() < 12; }
};

int main() {
  std::unique_ptr<Scanner> scanner = std::make_unique<ShortLineScanner>(
      std::vector<std::string>{"to be or", "not to be", "that is the question", "whether"});
  heddle::Channel<std::string> words(2);
  heddle::WaitGroup scan;
  scan.Go([&scanner, words] { scanner->ScanInto(words); });

  std::map<std::string, int> counts;
  for (const std::string& word : words) ++counts[word];
  scan.Wait();
  for (auto& [word, count] : counts) std::printf("%s %d\n", word.c_str(), count);
  if (!scanner->bad().empty()) std::printf("bad line: %s\n", scanner->bad().c_str());
}
