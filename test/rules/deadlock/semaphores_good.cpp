// RUN: %expect %s
// As semaphores.cpp, with enough for all.
#include <heddle/heddle.h>

#include <semaphore>

void AllAtOnce() {
  heddle::Semaphore lanes(6);
  heddle::WaitGroup cranes;
  for (int crane = 0; crane < 3; ++crane) {
    cranes.Go([&] {
      lanes.Acquire(4);
      lanes.Release(4);
    });
  }
  cranes.Wait();
}

void Given() {
  std::counting_semaphore<8> tickets(1);
  tickets.release(2);
  for (int guest = 0; guest < 3; ++guest) tickets.acquire();
}

void Tried() {
  heddle::Semaphore seats(2);
  heddle::Channel<int> bell;
  if (!seats.TryAcquire(2)) bell.Recv();
  if (seats.TryAcquire()) bell.Recv();
  std::counting_semaphore<2> stools(0);
  if (stools.try_acquire()) bell.Recv();
}

// How many is not known: nothing is said.
void AsManyAsAsked(int guests) {
  heddle::Semaphore seats(4);
  seats.Acquire(guests);
  seats.Acquire();
}
