// What the unit tests know of the runtime's inside: who is parked, and what is in use.
#ifndef HEDDLE_TEST_RUNTIME_UNIT_INSIDE_H_
#define HEDDLE_TEST_RUNTIME_UNIT_INSIDE_H_

#include <functional>
#include <string>

#include "task.h"

namespace heddle {

using internal::WaitReason;

// How many goroutines are parked for `reason`: each of them is in its queue.
int CountParked(WaitReason reason);

// Lets others run until `condition()` holds.
void AwaitTrue(const std::function<bool()>& condition);

// Lets others run until `count` goroutines or more are parked for `reason`.
void AwaitParked(WaitReason reason, int count);

// What is in use now: goroutines, or else stacks and timers. Empty: nothing.
std::string Left();

// Waits up to 10 s for every goroutine to have ended, every stack to be free and every
// timer to have fired or been stopped. Returns what is left.
std::string AwaitNothingLeft();

}  // namespace heddle

#endif  // HEDDLE_TEST_RUNTIME_UNIT_INSIDE_H_
