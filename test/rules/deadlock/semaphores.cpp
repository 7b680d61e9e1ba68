// RUN: %expect %s
// Several units at once, and what a try says.
#include <heddle/heddle.h>

#include <semaphore>

// Two cranes that each hold half of what they need.
class Yard {
 public:
  explicit Yard(int lanes) : lanes_(lanes) {}
  void Enter(int lanes) { lanes_.Acquire(lanes); }  // want: deadlock "receiving from 'lanes_'" want: leaked-task "receiving from 'lanes_'"
  void Leave(int lanes) { lanes_.Release(lanes); }

 private:
  heddle::Semaphore lanes_;
};
void HalfAndHalf() {
  Yard yard(6);
  heddle::WaitGroup cranes;
  for (int crane = 0; crane < 2; ++crane) {
    cranes.Go([&] {
      yard.Enter(3);
      yard.Enter(3);
      yard.Leave(6);
    });
  }
  cranes.Wait();
}

void MoreThanThereIs() {
  heddle::Semaphore seats(3);
  seats.Acquire(2);
  seats.Acquire(2);  // want: deadlock "receiving from 'seats'"
}

void OneByOne() {
  heddle::Semaphore seats(1);
  heddle::WaitGroup guests;
  guests.Go([&] { seats.Acquire(); });
  guests.Wait();
  seats.Acquire();  // want: deadlock "receiving from 'seats'"
}

void Given() {
  std::counting_semaphore<8> tickets(0);
  tickets.release(2);
  for (int guest = 0; guest < 3; ++guest) tickets.acquire();  // want: deadlock "receiving from 'tickets'"
}

void TriedInVain() {
  heddle::Semaphore seats(2);
  heddle::Channel<int> bell;
  if (!seats.TryAcquire(3)) bell.Recv();  // want: deadlock "receiving from 'bell'"
}
