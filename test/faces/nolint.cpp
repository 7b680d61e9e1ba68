// NOLINT in all its forms silences a finding; one that names another check does not.
// RUN: %expect %s
#include <heddle/heddle.h>

heddle::Mutex mu;

void Loud() {
  mu.Lock();
  mu.Lock();  // want: double-lock "'mu'"
  mu.Unlock();
}

void Anything() {
  mu.Lock();
  mu.Lock();  // NOLINT
  mu.Unlock();
}

void ByName() {
  mu.Lock();
  mu.Lock();  // NOLINT(heddle-double-lock)
  mu.Unlock();
}

void ByGlob() {
  mu.Lock();
  mu.Lock();  // NOLINT(heddle-*)
  mu.Unlock();
}

void InAList() {
  mu.Lock();
  mu.Lock();  // NOLINT(bugprone-use-after-move, heddle-double-lock): tested
  mu.Unlock();
}

void AnotherCheck() {
  mu.Lock();
  // want@+1: double-lock "'mu'"
  mu.Lock();  // NOLINT(heddle-missing-wait)
  mu.Unlock();
}

void AnotherFamily() {
  mu.Lock();
  // want@+1: double-lock "'mu'"
  mu.Lock();  // NOLINT(bugprone-*)
  mu.Unlock();
}

void NextLine() {
  mu.Lock();
  // NOLINTNEXTLINE
  mu.Lock();
  mu.Unlock();
}

void NextLineByName() {
  mu.Lock();
  // NOLINTNEXTLINE(heddle-double-lock)
  mu.Lock();
  mu.Unlock();
}

void NextLineIsNotTheOneAfter() {
  mu.Lock();
  // NOLINTNEXTLINE(heddle-double-lock)

  mu.Lock();  // want: double-lock "'mu'"
  mu.Unlock();
}

// NOLINTBEGIN(heddle-double-lock)
void Between() {
  mu.Lock();
  mu.Lock();
  mu.Unlock();
}
// NOLINTEND(heddle-double-lock)

void After() {
  mu.Lock();
  mu.Lock();  // want: double-lock "'mu'"
  mu.Unlock();
}

// NOLINTBEGIN(heddle-*)
void BetweenByGlob() {
  mu.Lock();
  mu.Lock();
  mu.Unlock();
}
// NOLINTEND(heddle-*)

// NOLINTBEGIN
void BetweenAny() {
  mu.Lock();
  mu.Lock();
  mu.Unlock();
}
// NOLINTEND

// NOLINTBEGIN(heddle-missing-wait)
void BetweenOther() {
  mu.Lock();
  mu.Lock();  // want: double-lock "'mu'"
  mu.Unlock();
}
// NOLINTEND(heddle-missing-wait)
