// RUN: %expect %s
// As try_received.cpp, decided the other way.
#include <heddle/heddle.h>

#include <optional>

void ByState() {
  heddle::Channel<int> tray(1);
  tray.Send(1);
  auto taken = tray.TryRecv();
  if (taken.state == heddle::RecvState::kValue) tray.Send(2);
  tray.Recv();
}

void BySwitch() {
  heddle::Channel<int> tray(1);
  tray.Send(1);
  switch (tray.TryRecv().state) {
    case heddle::RecvState::kValue:
      tray.Send(2);
      break;
    case heddle::RecvState::kEmpty:
    case heddle::RecvState::kClosed:
      break;
  }
  tray.Recv();
}

std::optional<int> Take(const heddle::Channel<int> &tray) {
  auto taken = tray.TryRecv();
  return taken.value;
}

void ByValue() {
  heddle::Channel<int> tray(1);
  if (Take(tray)) tray.Recv();
  tray.Send(7);
  if (auto [state, value] = tray.TryRecv(); value.value_or(0) == 7 && state == heddle::RecvState::kValue)
    tray.Send(8);
  tray.Recv();
}
