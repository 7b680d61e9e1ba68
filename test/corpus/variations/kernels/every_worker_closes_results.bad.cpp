// What: Three graders send their marks on a shared channel and each of them closes it when it has finished; the second close panics.
// Run: panic
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <vector>

struct Mark {
  int grader;
  int points;
};

class Grader {
 public:
  Grader(int id, heddle::SendChannel<Mark> out, std::shared_ptr<std::atomic<int>> running)
      : id_(id), out_(out), running_(std::move(running)) {}

  void operator()() const {
    for (int paper = 0; paper < 3; ++paper) out_.Send({id_, 10 * paper + id_});  // bug: send-on-closed
    Finish();
  }

 private:
  void Finish() const {
    running_->fetch_sub(1);
    out_.Close();  // bug: double-close, send-on-closed
  }

  int id_;
  heddle::SendChannel<Mark> out_;
  std::shared_ptr<std::atomic<int>> running_;
};

int main() {
  constexpr int kGraders = 3;
  heddle::Channel<Mark> marks(16);
  auto running = std::make_shared<std::atomic<int>>(kGraders);
  heddle::WaitGroup graders;
  for (int id = 1; id <= kGraders; ++id) graders.Go(Grader(id, marks, running));  // bug: double-close, send-on-closed

  int total = 0;
  for (const Mark& mark : marks) total += mark.points;
  graders.Wait();
  std::printf("%d points\n", total);
}
