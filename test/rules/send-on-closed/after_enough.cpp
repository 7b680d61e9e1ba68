// RUN: %expect %s
// An atomic that is read by its conversion is known as far as what it is
// compared with.
#include <heddle/heddle.h>

#include <atomic>

// Closed when enough was heard, with the singers still at it.
int Early() {
  heddle::Channel<int> notes(2);
  std::atomic<int> heard{0};
  std::atomic<bool> enough{false};
  heddle::WaitGroup singers, listener;
  listener.Go([&] {
    while (notes.Recv()) heard += 1;
  });
  singers.Go([&] {
    while (!enough) notes.Send(440);  // want: send-on-closed "after it was closed"
  });
  while (heard < 30) heddle::Yield();
  enough = true;
  notes.Close();
  singers.Wait();
  listener.Wait();
  return heard;
}

// Closed when they have gone.
int Late() {
  heddle::Channel<int> notes(2);
  std::atomic<int> heard{0};
  std::atomic<bool> enough{false};
  heddle::WaitGroup singers, listener;
  listener.Go([&] {
    while (notes.Recv()) heard += 1;
  });
  singers.Go([&] {
    while (!enough) notes.Send(440);
  });
  while (heard < 30) heddle::Yield();
  enough = true;
  singers.Wait();
  notes.Close();
  listener.Wait();
  return heard;
}

int main() { return Early() + Late(); }
