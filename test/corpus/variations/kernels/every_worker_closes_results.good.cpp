// What: Three graders send their marks on a shared channel and the last one to finish closes it.
// Run: clean
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
    for (int paper = 0; paper < 3; ++paper) out_.Send({id_, 10 * paper + id_});
    Finish();
  }

 private:
  void Finish() const {
    if (running_->fetch_sub(1) == 1) out_.Close();
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
  for (int id = 1; id <= kGraders; ++id) graders.Go(Grader(id, marks, running));

  int total = 0;
  for (const Mark& mark : marks) total += mark.points;
  graders.Wait();
  std::printf("%d points\n", total);
}
