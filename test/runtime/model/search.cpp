// See search.h.
#include "search.h"

#include <cstdio>
#include <cstdlib>

namespace heddle::model {

bool Exhaustive::Next(std::uint32_t) {
  spent_ = {};
  depth_ = 0;
  if (std::exchange(first_, false)) return true;
  while (!path_.empty() && path_.back().chosen + 1 == path_.back().n) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().chosen;
  return true;
}

unsigned Exhaustive::Pick(PickKind kind, std::uint32_t, unsigned n, const unsigned*) {
  if (kind != PickKind::kSwitch && kind != PickKind::kFree) {
    if (spent_.preemptions + spent_.deviations == both_) return 0;
    if (kind == PickKind::kPreempt && spent_.preemptions == limit_.preemptions) return 0;
    if (kind == PickKind::kValue && spent_.deviations == limit_.deviations) return 0;
  }
  if (depth_ == path_.size()) path_.push_back({0, n});
  const unsigned chosen = path_[depth_++].chosen;
  if (chosen != 0 && kind == PickKind::kPreempt) ++spent_.preemptions;
  if (chosen != 0 && kind == PickKind::kValue) ++spent_.deviations;
  return chosen;
}

bool Exhaustive::Seen(std::uint64_t state) {
  if (depth_ < path_.size()) return false;  // on a way taken before
  const auto [place, fresh] = seen_.try_emplace(state, spent_);
  if (fresh) return false;
  Spent& before = place->second;
  if (before.preemptions <= spent_.preemptions && before.deviations <= spent_.deviations) {
    return true;
  }
  if (spent_.preemptions <= before.preemptions && spent_.deviations <= before.deviations) {
    before = spent_;
  }
  return false;
}

bool Random::Next(std::uint32_t steps) {
  if (left_ == 0) return false;
  --left_;
  random_.seed(seed_++);
  uniform_ = !uniform_;
  priorities_.clear();
  lowest_ = 0;
  change_at_.clear();
  for (int i = 0; i < changes_; ++i) {
    change_at_.push_back(static_cast<std::uint32_t>(random_() % (steps > 0 ? steps : 100)));
  }
  return true;
}

unsigned Random::Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned* who) {
  if (kind == PickKind::kFree) return static_cast<unsigned>(random_() % n);
  if (kind == PickKind::kValue) {
    return random_() % 4 != 0 ? 0 : static_cast<unsigned>(random_() % n);
  }
  if (uniform_) {
    // Mostly go on: else a thread hardly gets anywhere at a stretch.
    if (kind == PickKind::kPreempt && random_() % 4 != 0) return 0;
    return static_cast<unsigned>(random_() % n);
  }
  for (unsigned i = 0; i < n; ++i) {
    priorities_.try_emplace(who[i], static_cast<std::int64_t>(random_() >> 2));
  }
  if (kind == PickKind::kPreempt) {
    for (const std::uint32_t at : change_at_) {
      if (at == step) priorities_[who[0]] = --lowest_;
    }
  }
  unsigned best = 0;
  for (unsigned i = 1; i < n; ++i) {
    if (priorities_[who[i]] > priorities_[who[best]]) best = i;
  }
  return best;
}

unsigned Replay::Pick(PickKind kind, std::uint32_t step, unsigned n, const unsigned*) {
  for (const Picked& pick : picks_) {
    if (pick.step == step && pick.kind == kind) return pick.choice < n ? pick.choice : 0;
  }
  return 0;
}

namespace {
constexpr char kLetters[] = "wpvf";  // by PickKind
}

std::string ToText(const std::vector<Picked>& picks) {
  std::string text;
  for (const Picked& pick : picks) {
    if (!text.empty()) text += '.';
    text += kLetters[static_cast<int>(pick.kind)] + std::to_string(pick.step);
    if (pick.choice != 1) text += '=' + std::to_string(pick.choice);
  }
  return text.empty() ? "-" : text;
}

bool FromText(const std::string& text, std::vector<Picked>* picks) {
  if (text == "-") return true;
  const char* at = text.c_str();
  for (;;) {
    Picked pick{PickKind::kSwitch, 0, 1};
    int kind = 0;
    while (kind < 4 && kLetters[kind] != *at) ++kind;
    if (kind == 4) return false;
    pick.kind = static_cast<PickKind>(kind);
    char* end;
    pick.step = static_cast<std::uint32_t>(std::strtoul(at + 1, &end, 10));
    if (end == at + 1) return false;
    if (*end == '=') {
      at = end + 1;
      pick.choice = static_cast<unsigned>(std::strtoul(at, &end, 10));
      if (end == at) return false;
    }
    picks->push_back(pick);
    if (*end == '\0') return true;
    if (*end != '.') return false;
    at = end + 1;
  }
}

}  // namespace heddle::model
