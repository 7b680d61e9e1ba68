// RUN: %expect %s
// What a function sets a pointer or a handle to that it gets by reference, its
// caller has.
#include <heddle/heddle.h>

#include <memory>
#include <utility>

struct Job {
  heddle::Channel<int> done{1};
};

std::unique_ptr<Job> TakeFrom(std::unique_ptr<Job>& from) {
  std::unique_ptr<Job> job = std::move(from);
  return job;
}

bool Find(int n, std::shared_ptr<Job>& out, const std::shared_ptr<Job>& known) {
  if (n < 0) return false;
  out = known;
  return true;
}

int main() {
  heddle::Channel<int> never;
  auto job = std::make_unique<Job>();
  auto taken = TakeFrom(job);
  if (job) never.Recv();
  if (!taken) never.Recv();
  auto known = std::make_shared<Job>();
  std::shared_ptr<Job> found;
  if (!Find(1, found, known)) return 1;
  found->done.Send(1);
  known->done.Recv();
  return 0;
}
