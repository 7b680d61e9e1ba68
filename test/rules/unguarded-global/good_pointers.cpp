// RUN: %expect %s
// A pointer is one thing and what it points to another; what a thread's own
// pointer leads to is its own; whoever passes a once finds its work done.
#include <heddle/heddle.h>

#include <mutex>
#include <thread>

struct Stats {
  std::mutex mu;
  int count = 0;
  void Add() {
    std::lock_guard<std::mutex> lock(mu);
    ++count;
  }
};

// Set before anything starts; what it points to has a lock of its own.
Stats *shared = nullptr;

void Guarded() {
  shared = new Stats;
  heddle::WaitGroup wg;
  wg.Go([] { shared->Add(); });
  wg.Go([] { shared->Add(); });
  wg.Wait();
}

// Each thread has its own.
struct Worker {
  int jobs = 0;
  void Run() { ++jobs; }
};
thread_local Worker *current = nullptr;
void RunCurrent() { current->Run(); }

void PerThread() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i)
    wg.Go([] {
      RunCurrent();
      Worker mine;
      current = &mine;
      RunCurrent();
      current = nullptr;
    });
  wg.Wait();
}

// A constant table that members point to: they are set, not it.
struct Table {
  int (*call)();
};
int One() { return 1; }
constexpr Table kOne{One};
struct Task {
  const Table *table = &kOne;
  void Clear() { table = nullptr; }
};

void Members() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i)
    wg.Go([] {
      Task t;
      t.Clear();
    });
  wg.Wait();
}

// Made on first use.
std::once_flag made;
int squares[4];
int Square(int n) {
  std::call_once(made, [] {
    for (int i = 0; i < 4; ++i)
      squares[i] = i * i;
  });
  return squares[n];
}

void OnFirstUse() {
  heddle::WaitGroup wg;
  wg.Go([] { Square(2); });
  Square(3);
  wg.Wait();
}

// A list by a pointer to its end: `*end = n` sets whatever that is.
struct Node {
  Node *next = nullptr;
  bool ready = false;
};
Node sentinel;

void Collect(Node *from) {
  Node *list = &sentinel;
  Node **end = &list;
  for (; from; from = from->next)
    if (from->ready) {
      *end = from;
      end = &from->next;
    }
  while (list != &sentinel) {
    Node *next = list->next;
    list->next = nullptr;
    list = next;
  }
}

void Terminate(Node *n) { n->next = nullptr; }
void CollectAndEnd(Node *from) {
  Node *list = &sentinel;
  Node **end = &list;
  *end = from;
  Terminate(list);
}

void Lists() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i)
    wg.Go([] {
      Node mine;
      Collect(&mine);
      CollectAndEnd(&mine);
    });
  wg.Wait();
}

int main() {
  Guarded();
  PerThread();
  Members();
  OnFirstUse();
  Lists();
}
