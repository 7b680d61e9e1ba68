// One execution of a scenario: its threads, and the turn from one to the next.
//
// Simulated threads are fibers of one OS thread; who runs is the Search's choice, made
// before each step. The state of the whole program (variables, heap) is put back before
// each execution.
#ifndef HEDDLE_MODEL_EXECUTION_H_
#define HEDDLE_MODEL_EXECUTION_H_

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "fiber.h"
#include "memory.h"
#include "races.h"
#include "scenario.h"
#include "search.h"

namespace heddle::model {

struct SimThread {
  enum Status : std::uint8_t { kAbsent, kReady, kFutex, kJoining, kFinished };
  Status status = kAbsent;
  bool daemon = false;
  bool paused = false;         // until somebody writes, or nobody else can run
  const void* word = nullptr;  // kFutex: what it sleeps on
  unsigned parent = 0;
  Site site{"", 0};  // of its last step
  void (*main)(void*) = nullptr;
  void* argument = nullptr;
  internal::Fiber fiber;
  internal::Stack stack{};
  internal::EhGlobals eh;
  ThreadMemory memory;
  std::uint64_t hash = 0;                  // of all that it has done and seen
  std::vector<unsigned> read_since_pause;  // locations
};

struct Settings {
  std::uint32_t max_steps = 4000;
  unsigned planted = 0;                     // bit set of Plant
  bool trace = false;                       // keeps what happens, step by step
  const void* watch = nullptr;              // with it the plain accesses to this byte
  std::string weaken;                       // FILE:LINE whose orders count as relaxed
  std::set<std::string>* strong = nullptr;  // collects those that are not relaxed
};

enum class Outcome { kPassed, kCut, kFailed };

class Execution {
 public:
  explicit Execution(const Settings& settings) : settings_(settings) {}

  // Runs `scenario` once under `search`. After kFailed: failure() and picks().
  Outcome Run(const Scenario& scenario, Search* search);
  const std::string& failure() const { return failure_; }
  const std::vector<std::string>& trace() const { return trace_; }
  // The memory that a data race was about, or null.
  const void* raced() const { return raced_; }
  const std::vector<Picked>& picks() const { return picks_; }
  std::uint32_t steps() const { return step_; }

  // What contention has been seen decides where preemptions are tried (Search::Sparse).
  // Takes over what was learned since; returns whether it was anything.
  bool TakeOverContention();
  void ForgetContention() { uses_.clear(); }

  // --- for the steps ---
  unsigned self() const { return self_; }
  SimThread& current() { return threads_[self_]; }
  SimThread& thread(unsigned i) { return threads_[i]; }
  Memory& memory() { return memory_; }
  const Settings& settings() const { return settings_; }

  // The step that follows is about to be made; others may come first.
  void Step(Site site, const void* at = nullptr, bool writes = false);
  // The current thread cannot go on now (its status says why): another does.
  void Block();
  void Wrote();  // wakes those that paused
  unsigned Pick(PickKind kind, unsigned n, const unsigned* who = nullptr);
  unsigned Start(void (*main)(void*), void* argument, bool daemon);
  void Plain(const void* at, std::size_t size, Races::Kind kind, const void* pc);
  [[noreturn]] void Fail(const std::string& what);
  void Trace(const char* format, ...) __attribute__((format(printf, 2, 3)));
  bool calm = false;  // nobody else comes in between
  std::int64_t now = 1'000'000'000;
  std::memory_order Effective(const Access& access) const;

 private:
  struct Use {
    unsigned threads = 0;  // bit set
    bool written = false;
    bool contended = false;  // as taken over
  };
  static void ThreadMain(void* execution);
  bool Contended(const void* at, bool writes);
  void Turn();
  std::string Where(const void* pc);  // null: at the last step
  void SwitchTo(unsigned next);
  [[noreturn]] void Leave(Outcome outcome);
  std::uint64_t StateHash();
  void EndOrDeadlock();

  const Settings& settings_;
  Search* search_ = nullptr;
  SimThread threads_[kMaxThreads];
  bool prepares_ = true;
  unsigned count_ = 0;
  unsigned self_ = 0;
  Memory memory_;
  Races races_;
  std::uint32_t step_ = 0;
  std::uint32_t highest_clock_ = 0;
  std::unordered_map<const void*, Use> uses_;
  std::vector<Picked> picks_;
  std::string failure_;
  const void* raced_ = nullptr;
  std::vector<std::string> trace_;
  Outcome outcome_ = Outcome::kPassed;
  internal::Fiber home_;  // of Run
};

// The one execution; null before main.
extern Execution* execution;
// Whether simulated code is running now, not the checker.
extern bool simulating;

// The checker's own code, called from simulated code.
class Inside {
 public:
  Inside();
  ~Inside();
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_EXECUTION_H_
