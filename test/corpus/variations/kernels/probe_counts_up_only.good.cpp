// What: A health check counts each probe on a wait group that it passes to it, and the probe counts itself down.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

struct Service {
  std::string name;
  std::function<bool()> probe;
};

struct Check {
  heddle::WaitGroup* group;
  const Service* service;
};

void Probe(const Check& check) {
  HEDDLE_DEFER(check.group->Done());
  const bool healthy = check.service->probe();
  std::printf("%s is %s\n", check.service->name.c_str(), healthy ? "up" : "down");
}

void CheckAll(const std::vector<Service>& services) {
  heddle::WaitGroup group;
  for (const Service& service : services) {
    group.Add(1);
    heddle::go(Probe, Check{&group, &service});
  }
  group.Wait();
}

int main() {
  CheckAll({
      {"mail", [] { return true; }},
      {"web", [] { return false; }},
  });
}
