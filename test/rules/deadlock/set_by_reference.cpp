// RUN: %expect %s
// As set_by_reference_good.cpp; the job that was found has no room.
#include <heddle/heddle.h>

#include <memory>

struct Job {
  heddle::Channel<int> done;
};

bool Find(std::shared_ptr<Job>& out, const std::shared_ptr<Job>& known) {
  out = known;
  return true;
}

int main() {
  auto known = std::make_shared<Job>();
  std::shared_ptr<Job> found;
  if (!Find(found, known)) return 1;
  found->done.Send(1);  // want: deadlock error "'main' can wait for ever sending"
  known->done.Recv();
  return 0;
}
