// Code that once broke the extraction or the walk: it must come to an end.
// RUN: %check %s -- %runtime_flags
#include <heddle/heddle.h>

#include <cstdint>
#include <limits>
#include <mutex>

// A constant that no int64_t holds.
static const std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
std::uint64_t Deadline(bool forever) {
  std::uint64_t end = kNever;
  switch (end) {
    case kNever:
      return forever ? kNever : 0;
    default:
      return end;
  }
}

// A walk along a list: each turn names one part more.
struct Node {
  Node* next = nullptr;
  std::mutex mu;
  int value = 0;
};
int Sum(Node* head) {
  int sum = 0;
  for (Node* at = head; at; at = at->next) {
    std::lock_guard<std::mutex> lock(at->mu);
    sum += at->value;
  }
  return sum;
}
void Append(Node*& list, Node* n) {
  Node** at = &list;
  while (*at) at = &(*at)->next;
  *at = n;
}

// Functions that call each other.
bool Odd(unsigned n);
bool Even(unsigned n) { return n == 0 || Odd(n - 1); }
bool Odd(unsigned n) { return n != 0 && Even(n - 1); }

// Operators, conversions, labels.
struct Flag {
  explicit operator bool() const { return on; }
  Flag& operator()(int) { return *this; }
  bool on = false;
};
int Jump(Flag f, int n) {
again:
  if (f(n) && n-- > 0) goto again;
  return f ? n : -n;
}

template <class T>
T Twice(T t) {
  auto twice = [](auto x) { return x + x; };
  return twice(t);
}
int Uses() { return Twice(2) + static_cast<int>(Twice(2.0)); }
