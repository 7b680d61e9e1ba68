// Who decides: at every step of an execution, which thread goes on and which of several
// possible values it sees.
//
// Exhaustive: iterative context bounding (Musuvathi and Qadeer, PLDI 2007). All
// executions with at most so many preemptions and at most so many `deviations`: loads
// that do not see the newest store, compare-exchanges that fail for no reason, jumps of
// the clock. Executions that reach a state (the partial order of what has happened)
// reached before with no less left to spend are cut off.
// Random: every other execution by PCT (Burckhardt et al., ASPLOS 2010), which finds a
// bug of depth d with a known probability; the others uniformly.
// Replay: the picks of one execution, as printed with a failure.
//
// A pick is named by the step at which it is made; those not listed are zero, so a
// schedule is short and survives another bound.
#ifndef HEDDLE_MODEL_SEARCH_H_
#define HEDDLE_MODEL_SEARCH_H_

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace heddle::model {

enum class PickKind : std::uint8_t {
  kSwitch,   // the running thread cannot go on: who does? Free.
  kPreempt,  // 0: the running thread goes on; else a preemption
  kValue,    // 0: the newest value; else a deviation
  kFree,     // the scenario asks
};

class Search {
 public:
  virtual ~Search() = default;
  // Prepares another execution; false when there is none. `steps`: of the one before.
  virtual bool Next(std::uint32_t steps) = 0;
  // Of `n` > 1 possibilities. `who`: the threads meant, for the first two kinds.
  virtual unsigned Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned* who) = 0;
  // Whether all that can follow this state is or will be explored.
  virtual bool Seen(std::uint64_t) { return false; }
  // Whether steps on locations that threads do not contend for are left out.
  virtual bool Sparse() const { return false; }
};

class Exhaustive : public Search {
 public:
  // `both`: at most so many preemptions and deviations together.
  Exhaustive(int preemptions, int deviations, int both)
      : limit_{preemptions, deviations}, both_(both) {}
  bool Next(std::uint32_t steps) override;
  unsigned Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned* who) override;
  bool Seen(std::uint64_t state) override;
  bool Sparse() const override { return true; }

 private:
  struct Spent {
    int preemptions = 0;
    int deviations = 0;
  };
  struct Node {
    unsigned chosen;
    unsigned n;
  };
  const Spent limit_;
  const int both_;
  Spent spent_;
  bool first_ = true;
  std::size_t depth_ = 0;  // in path_
  std::vector<Node> path_;
  struct AsIs {
    std::size_t operator()(std::uint64_t hash) const { return hash; }
  };
  std::unordered_map<std::uint64_t, Spent, AsIs> seen_;
};

class Random : public Search {
 public:
  Random(std::uint64_t seed, std::uint32_t executions, int changes)
      : seed_(seed), left_(executions), changes_(changes) {}
  bool Next(std::uint32_t steps) override;
  unsigned Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned* who) override;

 private:
  std::uint64_t seed_;
  std::uint32_t left_;
  const int changes_;
  std::mt19937_64 random_;
  bool uniform_ = true;
  std::map<unsigned, std::int64_t> priorities_;  // by thread; larger goes first
  std::vector<std::uint32_t> change_at_;
  std::int64_t lowest_ = 0;
};

struct Picked {
  PickKind kind;
  std::uint32_t step;
  unsigned choice;
};
std::string ToText(const std::vector<Picked>& picks);
// Returns false when `text` is malformed.
bool FromText(const std::string& text, std::vector<Picked>* picks);

class Replay : public Search {
 public:
  explicit Replay(std::vector<Picked> picks) : picks_(std::move(picks)) {}
  bool Next(std::uint32_t) override { return !std::exchange(done_, true); }
  unsigned Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned* who) override;

 private:
  const std::vector<Picked> picks_;
  bool done_ = false;
};

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_SEARCH_H_
