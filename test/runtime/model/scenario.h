// What a scenario is written with. See README.md.
#ifndef HEDDLE_MODEL_SCENARIO_H_
#define HEDDLE_MODEL_SCENARIO_H_

#include <cstdint>
#include <functional>

#include "engine.h"

namespace heddle::model {

struct Bounds {
  int preemptions = 2;
  int deviations = 1;           // see search.h
  int both = 3;                 // preemptions and deviations together
  std::uint32_t random = 2000;  // executions at random after the exhaustive ones
  bool prepared = true;         // each thread begins as one that the runtime knows already
};

struct Scenario {
  Scenario(const char* name, const Bounds& bounds, void (*body)());
  const char* const name;
  const Bounds bounds;
  void (*const body)();
  // For tests of the checker itself: it must find something, and say this of it.
  // See SCENARIO_FAILS.
  const char* must_say = nullptr;
  Scenario* next = nullptr;
};
Scenario* AllScenarios();

// Starts a simulated thread. Requires: called from an execution.
void Spawn(std::function<void()> body);
// Waits for all that the calling thread has spawned.
void JoinAll();
// Spawn for each, then JoinAll.
void Together(std::initializer_list<std::function<void()>> bodies);

// Any number below `n`: all are explored.
unsigned Choose(unsigned n);

inline void Require(bool condition, const char* what) {
  if (!condition) Fail(what);
}

}  // namespace heddle::model

// SCENARIO(name, {bounds}) { body }. The body is run many times, each time in a program
// as fresh as at the start of main.
#define SCENARIO(id, ...)                                                                 \
  static void id##Body();                                                                 \
  static ::heddle::model::Scenario id##Scenario(#id, ::heddle::model::Bounds __VA_ARGS__, \
                                                id##Body);                                \
  static void id##Body()

// One in which something is wrong on purpose: it is a failure not to find it, or not to
// say `text` of it.
#define SCENARIO_FAILS(id, text, ...)                                         \
  SCENARIO(id, __VA_ARGS__);                                                  \
  static const bool id##Marked = (id##Scenario.must_say = (text)) != nullptr; \
  static void id##Body()

#endif  // HEDDLE_MODEL_SCENARIO_H_
