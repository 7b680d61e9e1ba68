// WaitGroup, on threads.
#include <heddle/wait_group.h>

#include "scenario.h"

namespace heddle::model {

namespace {

struct Work {
  WaitGroup group;
  int done[3] = {};
};

SCENARIO(wait_group_two, {}) {
  Work* w = new Work;
  w->group.Add(2);
  Spawn([=] {
    w->done[0] = 1;
    w->group.Done();
  });
  Spawn([=] {
    w->done[1] = 1;
    w->group.Done();
  });
  w->group.Wait();
  Require(w->done[0] + w->done[1] == 2, "Wait returned too early");
  JoinAll();
}

// The group may be destroyed as soon as Wait has returned, wherever Done is by then.
SCENARIO(wait_group_may_go, {}) {
  WaitGroup* group = new WaitGroup;
  group->Add(1);
  Spawn([=] { group->Done(); });
  group->Wait();
  delete group;
  JoinAll();
}

SCENARIO(wait_group_two_waiters, {.both = 2}) {
  Work* w = new Work;
  w->group.Add(1);
  const auto wait = [=] {
    w->group.Wait();
    Require(w->done[0] == 1, "Wait returned too early");
  };
  Together({wait, wait, [=] {
              w->done[0] = 1;
              w->group.Done();
            }});
}

}  // namespace

}  // namespace heddle::model
