// RUN: %expect %s
// A vector of n elements makes each of them: by default, or from what is given.
#include <heddle/heddle.h>

#include <memory>
#include <vector>

class Mailbox {
 public:
  void Put(int letter) { slot_.Send(letter); }
  int Take() { return slot_.Recv().value_or(0); }  // want: deadlock "'ReadsTooMany' can wait for ever receiving from 'slot_'"

 private:
  heddle::Channel<int> slot_{1};
};

int ReadsTooMany(bool more) {
  std::vector<Mailbox> boxes(3);
  for (Mailbox& box : boxes) box.Put(1);
  for (Mailbox& box : boxes) box.Take();
  return more ? boxes[2].Take() : 0;
}

int FillsAndReads() {
  std::vector<Mailbox> boxes(3);
  for (Mailbox& box : boxes) box.Put(1);
  int sum = 0;
  for (Mailbox& box : boxes) sum += box.Take();
  return sum;
}

void SendsToTheSecond() {
  std::vector<heddle::Channel<int>> rooms(2, heddle::Channel<int>(1));
  rooms[0].Send(1);
  rooms[1].Send(1);  // want: deadlock "'SendsToTheSecond' can wait for ever sending"
}

// What a pointer to a handle points to is given another channel: which of the two
// is used afterwards is not followed.
int GivenAnother() {
  auto room = std::make_shared<heddle::Channel<int>>();
  auto same = room;
  *same = heddle::Channel<int>(1);
  room->Send(1);
  return 0;
}
