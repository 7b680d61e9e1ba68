// RUN: %expect %s
// What a try-receive found is known, by its state, its value, or both.
#include <heddle/heddle.h>

#include <optional>

void ByState() {
  heddle::Channel<int> tray(1);
  tray.Send(1);
  auto taken = tray.TryRecv();
  if (taken.state != heddle::RecvState::kValue) tray.Send(2);
  tray.Recv();  // want: deadlock "receiving from 'tray'"
}

std::optional<int> Take(const heddle::Channel<int> &tray) {
  auto taken = tray.TryRecv();
  return taken.value;
}

void ByValue() {
  heddle::Channel<int> tray(1);
  if (Take(tray)) tray.Send(2);
  tray.Recv();  // want: deadlock "receiving from 'tray'"
}
