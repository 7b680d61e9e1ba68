// RUN: %expect %s
// Functions that call each other do what they do in the end.
#include <heddle/heddle.h>

struct Branch {
  Branch* left = nullptr;
  int leaves = 0;
};

void Prune(heddle::WaitGroup& gardeners, Branch* at);

void Descend(heddle::WaitGroup& gardeners, Branch* at) { Prune(gardeners, at->left); }

void Prune(heddle::WaitGroup& gardeners, Branch* at) {
  if (at->leaves > 7) return;
  if (at->left) {
    Descend(gardeners, at);
  } else {
    gardeners.Done();
  }
}

void Garden(Branch* root) {
  heddle::WaitGroup gardeners;
  gardeners.Add(1);
  heddle::go([&gardeners, root] { Prune(gardeners, root); });
  gardeners.Wait();  // want: counter-mismatch "counted down less often"
}
