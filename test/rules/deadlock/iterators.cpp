// RUN: %expect %s
// A loop that counts by an iterator meets the elements in order; a reversed one
// begins with the last.
#include <heddle/heddle.h>

#include <functional>
#include <iterator>
#include <map>
#include <thread>
#include <vector>

using Step = std::function<void()>;

void ClosedByBoth() {
  heddle::Channel<int> pipe(4);
  std::vector<Step> steps;
  steps.push_back([pipe]() mutable { pipe.Close(); });  // want: double-close "closed a second time"
  steps.push_back([pipe]() mutable { pipe.Close(); });
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) (*step)();
}

void SentAfterClose() {
  heddle::Channel<int> pipe(4);
  std::vector<Step> steps;
  steps.push_back([pipe]() mutable { pipe.Close(); });
  steps.push_back([pipe]() mutable { pipe.Send(1); });  // want: send-on-closed "after it was closed"
  for (auto step = std::begin(steps); step != std::end(steps); step++) (*step)();
}

void JoinedBeforeAnyoneReceives() {
  heddle::Channel<int> tolls;
  std::vector<std::thread> gates;
  for (int gate = 0; gate < 3; ++gate)
    gates.emplace_back([tolls]() mutable { tolls.Send(1); });  // want: deadlock "sending on 'tolls'" want: leaked-task "sending on 'tolls'"
  for (std::vector<std::thread>::iterator it = gates.begin(); it != gates.end(); ++it) it->join();
}

void OneWithoutRoom() {
  std::map<int, heddle::Channel<int>> boxes;
  boxes[1] = heddle::Channel<int>(1);
  boxes[2] = heddle::Channel<int>();
  for (auto it = boxes.begin(); it != boxes.end(); ++it)
    it->second.Send(1);  // want: deadlock "can wait for ever sending on"
}
