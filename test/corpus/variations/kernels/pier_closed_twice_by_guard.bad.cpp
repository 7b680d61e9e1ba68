// What: A ferry line is closed by a scoped guard and also by hand when the last ferry reports; each of them closes the same channel.
// Run: panic
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class FerryLine {
 public:
  void Start(int ferries) {
    for (int ferry = 1; ferry <= ferries; ++ferry) {
      crew_.Go([this, ferry] { Sail(ferry); });
    }
  }

  void Report(int ferry) { reports_.Send(ferry); }
  int AwaitReport() { return reports_.Recv().value_or(0); }

  void Close() {
    closing_.Close();  // bug: double-close
    crew_.Wait();
  }

 private:
  void Sail(int ferry) {
    Report(ferry);
    closing_.Recv();
  }

  heddle::Channel<int> reports_{4};
  heddle::Channel<heddle::Unit> closing_;
  heddle::WaitGroup crew_;
};

// Calls a function at the end of its scope.
class AtEnd {
 public:
  explicit AtEnd(std::function<void()> f) : f_(std::move(f)) {}
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;
  ~AtEnd() noexcept(false) { f_(); }  // bug: double-close

 private:
  std::function<void()> f_;
};

int RunDay(FerryLine& line, int ferries) {
  AtEnd closing([&] { line.Close(); });  // bug: double-close
  line.Start(ferries);
  int reports = 0;
  while (line.AwaitReport() != 0) {
    if (++reports == ferries) {
      line.Close();  // bug: double-close
      break;
    }
  }
  return reports;
}  // bug: double-close

int main() {
  FerryLine line;
  heddle::WaitGroup day;
  day.Go([&] { std::printf("%d reports\n", RunDay(line, 3)); });  // bug: double-close
  day.Wait();
}
