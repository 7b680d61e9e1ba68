// What <heddle/wait_group.h> alone gives, as the interface names it.
#include <heddle/wait_group.h>

#include <memory>

static_assert(!std::is_copy_constructible_v<heddle::WaitGroup>);
static_assert(!std::is_move_constructible_v<heddle::WaitGroup>);

struct Worker {
  void Work(int) {}
};

void Uses(Worker* worker) {
  heddle::WaitGroup wg;
  wg.Add(1);
  wg.Done();
  wg.Go([](std::unique_ptr<int>) {}, std::make_unique<int>(1));
  wg.Go(&Worker::Work, worker, 1);
  wg.Wait();
}
