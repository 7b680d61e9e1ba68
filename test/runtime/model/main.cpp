// The model checker's command line. See README.md.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "execution.h"
#include "heap.h"

namespace heddle::model {

namespace {

Scenario* scenarios = nullptr;

constexpr char kUsage[] =
    "usage: runtime_model [OPTIONS] [SCENARIO...]   (default: all)\n"
    "  --list               names the scenarios\n"
    "  --preemptions=N --deviations=N --both=N --random=N   instead of the scenario's own\n"
    "  --thorough           3 preemptions and 2 deviations, 50000 random; takes long\n"
    "  --seed=N             of the random executions\n"
    "  --executions=N       give up on a scenario after so many exhaustive executions\n"
    "  --replay=SCHEDULE    one execution, as a failure printed it, step by step\n"
    "  --plant=NAME         lost-wake-up, missing-fence or double-resume\n"
    "  --weaken=FILE:LINE   the atomics in that line are relaxed\n"
    "  --strong             lists the lines with atomics that are not, of what is run\n"
    "  --first              ends with the first scenario that fails\n";

struct Options {
  int preemptions = -1;
  int deviations = -1;
  int both = -1;
  long random = -1;
  std::uint64_t seed = 1;
  std::uint64_t executions = 3'000'000;
  std::string replay;
  std::string plant;
  bool first = false;
  std::vector<std::string> names;
};

constexpr const char* kPlants[] = {"lost-wake-up", "missing-fence", "double-resume"};

// How many steps of a failure are shown where it is found; --replay shows all.
constexpr std::size_t kShown = 120;

// Runs the execution that `picks` describes, and prints how it goes, step by step, and
// how to see it again. Returns whether it fails.
bool Explain(const Scenario& scenario, Settings* settings, const Options& options,
             const std::vector<Picked>& picks) {
  const auto run = [&] {
    Replay replay(picks);
    replay.Next(0);
    return execution->Run(scenario, &replay);
  };
  settings->trace = true;
  run();
  settings->watch = execution->raced();  // who else has been there?
  const Outcome outcome = run();
  settings->trace = false;
  settings->watch = nullptr;
  const std::vector<std::string>& trace = execution->trace();
  std::size_t i = options.replay.empty() && trace.size() > kShown ? trace.size() - kShown : 0;
  if (i > 0) std::printf("  (%zu steps before)\n", i);
  for (; i < trace.size(); ++i) std::printf("%s\n", trace[i].c_str());
  if (outcome != Outcome::kFailed) {
    std::printf("%s does not fail in this schedule\n", scenario.name);
    return false;
  }
  std::printf("\n%s fails: %s\nreplay: runtime_model", scenario.name, execution->failure().c_str());
  if (!options.plant.empty()) std::printf(" --plant=%s", options.plant.c_str());
  if (!settings->weaken.empty()) std::printf(" --weaken=%s", settings->weaken.c_str());
  std::printf(" --replay=%s %s\n", ToText(picks).c_str(), scenario.name);
  return true;
}

struct Tally {
  std::uint64_t executions = 0;
  std::uint64_t cut = 0;
  std::uint64_t steps = 0;
  bool failed = false;
  bool exhausted = true;
  std::vector<Picked> picks;
};

// Returns false when `tally` is not to be added to any more.
bool Explore(const Scenario& scenario, Search* search, std::uint64_t most, Tally* tally) {
  while (search->Next(execution->steps())) {
    if (tally->executions == most) {
      tally->exhausted = false;
      return false;
    }
    ++tally->executions;
    switch (execution->Run(scenario, search)) {
      case Outcome::kPassed:
        break;
      case Outcome::kCut:
        ++tally->cut;
        break;
      case Outcome::kFailed:
        tally->failed = true;
        tally->picks = execution->picks();
        return false;
    }
    tally->steps += execution->steps();
  }
  return true;
}

// Fewest preemptions first, so that a failure's schedule is short.
Tally ExploreExhaustively(const Scenario& scenario, int preemptions, int deviations, int both,
                          std::uint64_t most) {
  Tally tally;
  execution->ForgetContention();
  {
    Tally ignored;
    Random learning(1, 20, 3);
    Explore(scenario, &learning, 20, &ignored);
    execution->TakeOverContention();
  }
  for (int p = 0; p <= preemptions; ++p) {
    const int d = p < deviations && p < preemptions ? p : deviations;
    do {
      Exhaustive search(p, d, both);
      if (!Explore(scenario, &search, most, &tally)) return tally;
    } while (execution->TakeOverContention());
  }
  return tally;
}

bool Check(const Scenario& scenario, Settings* settings, const Options& options) {
  const int preemptions =
      options.preemptions >= 0 ? options.preemptions : scenario.bounds.preemptions;
  const int deviations = options.deviations >= 0 ? options.deviations : scenario.bounds.deviations;
  const int both = options.both >= 0 ? options.both : scenario.bounds.both;
  const auto random = static_cast<std::uint32_t>(
      options.random >= 0 ? options.random : static_cast<long>(scenario.bounds.random));
  Tally exhaustive =
      ExploreExhaustively(scenario, preemptions, deviations, both, options.executions);
  std::printf("%-28s %d preemptions, %d deviations, %d together: %llu executions (%llu cut off)%s",
              scenario.name, preemptions, deviations, std::min(both, preemptions + deviations),
              static_cast<unsigned long long>(exhaustive.executions),
              static_cast<unsigned long long>(exhaustive.cut),
              exhaustive.exhausted ? "" : ", NOT ALL");
  bool failed = exhaustive.failed;
  std::vector<Picked> picks = exhaustive.picks;
  if (!failed) {
    Tally tally;
    Random search(options.seed, random, 3);
    Explore(scenario, &search, random, &tally);
    std::printf("; %llu random (seed %llu)", static_cast<unsigned long long>(tally.executions),
                static_cast<unsigned long long>(options.seed));
    failed = tally.failed;
    picks = tally.picks;
  }
  if (scenario.must_say != nullptr) {
    const bool found = failed && execution->failure().find(scenario.must_say) != std::string::npos;
    std::printf(": %s (%s)\n", found ? "ok, found" : "FAILS: not found", scenario.must_say);
    return found;
  }
  std::printf(": %s\n", failed ? "FAILS" : "ok");
  if (failed) Explain(scenario, settings, options, picks);
  return !failed && exhaustive.exhausted;
}

bool Flag(const char* argument, const char* name, std::string* value) {
  const std::size_t length = std::strlen(name);
  if (std::strncmp(argument, name, length) != 0 || argument[length] != '=') return false;
  *value = argument + length + 1;
  return true;
}

void OnCrash(int signal) {
  if (execution == nullptr || execution->steps() == 0) _exit(128 + signal);
  Fail(signal == SIGABRT ? "crash: abort or std::terminate" : "crash: a bad memory access");
}

void CatchCrashes() {
  constexpr std::size_t kBytes = 64 << 10;
  stack_t stack{};
  stack.ss_sp = std::malloc(kBytes);
  stack.ss_size = kBytes;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = OnCrash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    sigaction(signal, &action, nullptr);
  }
}

int Main(int argc, char** argv) {
  Options options;
  auto& settings = *new Settings;
  for (int i = 1; i < argc; ++i) {
    std::string value;
    const char* argument = argv[i];
    if (std::strcmp(argument, "--list") == 0) {
      for (const Scenario* s = scenarios; s != nullptr; s = s->next) std::printf("%s\n", s->name);
      return 0;
    }
    if (Flag(argument, "--preemptions", &value)) {
      options.preemptions = std::atoi(value.c_str());
    } else if (Flag(argument, "--deviations", &value)) {
      options.deviations = std::atoi(value.c_str());
    } else if (std::strcmp(argument, "--strong") == 0) {
      settings.strong = new std::set<std::string>;
    } else if (std::strcmp(argument, "--first") == 0) {
      options.first = true;
    } else if (Flag(argument, "--both", &value)) {
      options.both = std::atoi(value.c_str());
    } else if (std::strcmp(argument, "--thorough") == 0) {
      options.preemptions = 3;
      options.deviations = 2;
      options.both = 4;
      options.random = 50'000;
      options.executions = 2'000'000'000;
    } else if (Flag(argument, "--random", &value)) {
      options.random = std::atol(value.c_str());
    } else if (Flag(argument, "--seed", &value)) {
      options.seed = std::strtoull(value.c_str(), nullptr, 10);
    } else if (Flag(argument, "--executions", &value)) {
      options.executions = std::strtoull(value.c_str(), nullptr, 10);
    } else if (Flag(argument, "--replay", &value)) {
      options.replay = value;
    } else if (Flag(argument, "--weaken", &value)) {
      settings.weaken = value;
    } else if (Flag(argument, "--plant", &value)) {
      options.plant = value;
      for (unsigned p = 0; p < 3; ++p) {
        if (value == kPlants[p]) settings.planted |= 1u << p;
      }
      if (settings.planted == 0) {
        std::fprintf(stderr, "runtime_model: no plant '%s'\n%s", value.c_str(), kUsage);
        return 2;
      }
    } else if (argument[0] == '-') {
      std::fprintf(stderr, "runtime_model: unknown option '%s'\n%s", argument, kUsage);
      return 2;
    } else {
      options.names.push_back(argument);
    }
  }
  for (const std::string& name : options.names) {
    const Scenario* s = scenarios;
    while (s != nullptr && name != s->name) s = s->next;
    if (s != nullptr) continue;
    std::fprintf(stderr, "runtime_model: no scenario '%s'\n", name.c_str());
    return 2;
  }
  if (!options.replay.empty() && options.names.size() != 1) {
    std::fprintf(stderr, "runtime_model: --replay wants one scenario\n");
    return 2;
  }
  std::vector<Picked> picks;
  if (!options.replay.empty() && !FromText(options.replay, &picks)) {
    std::fprintf(stderr, "runtime_model: malformed schedule '%s'\n", options.replay.c_str());
    return 2;
  }

  execution = new Execution(settings);
  CatchCrashes();
  SaveProgram();
  bool passed = true;
  for (const Scenario* s = scenarios; s != nullptr; s = s->next) {
    bool wanted = options.names.empty();
    for (const std::string& name : options.names) wanted |= name == s->name;
    if (!wanted) continue;
    if (!options.replay.empty()) {
      return Explain(*s, &settings, options, picks) ? 1 : 0;
    }
    passed &= Check(*s, &settings, options);
    std::fflush(stdout);
    if (!passed && options.first) break;
  }
  if (settings.strong != nullptr) {
    for (const std::string& site : *settings.strong) std::printf("strong %s\n", site.c_str());
  }
  return passed ? 0 : 1;
}

}  // namespace

Scenario::Scenario(const char* name, const Bounds& bounds, void (*body)())
    : name(name), bounds(bounds), body(body) {
  Scenario** end = &scenarios;
  while (*end != nullptr) end = &(*end)->next;
  *end = this;
}

Scenario* AllScenarios() { return scenarios; }

}  // namespace heddle::model

int main(int argc, char** argv) {
  heddle::model::UseSimulatedHeap(false);
  const int status = heddle::model::Main(argc, argv);
  std::fflush(stdout);
  // Without destructors: what they would clean up has been put back many times.
  _exit(status);
}
