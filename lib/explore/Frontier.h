//===- Frontier.h - The states that a search has yet to go on from -*- C++ -*-//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the order of a search. Breadth first, so that what is found is found by
// the shortest way; after dive(), where few tasks can still go on first, and
// of those the latest: that way lie the states where all are blocked, which
// breadth comes to last. (Directed model checking; Groce and Visser, "Model
// checking Java programs using structural heuristics", 2002.)
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_FRONTIER_H
#define HEDDLE_EXPLORE_FRONTIER_H

#include "explore/State.h"
#include <algorithm>
#include <bit>
#include <deque>

namespace heddle::explore {

class Frontier {
public:
  struct Item {
    uint32_t Node; ///< later ones have greater numbers
    uint16_t CanMove;
    State S;
  };

  bool empty() const { return Items.empty(); }

  void push(Item I) {
    Items.push_back(std::move(I));
    if (Dives)
      std::push_heap(Items.begin(), Items.end(), isLater);
  }

  /// Requires: not empty.
  Item pop() {
    if (Dives) {
      std::pop_heap(Items.begin(), Items.end(), isLater);
      Item Last = std::move(Items.back());
      Items.pop_back();
      return Last;
    }
    Item First = std::move(Items.front());
    Items.pop_front();
    return First;
  }

  /// From here on what is blocked comes first.
  void dive() {
    if (Dives)
      return;
    Dives = true;
    std::make_heap(Items.begin(), Items.end(), isLater);
  }

private:
  static bool isLater(const Item &A, const Item &B) {
    int Moves = std::popcount(A.CanMove), Others = std::popcount(B.CanMove);
    return Moves != Others ? Moves > Others : A.Node < B.Node;
  }

  std::deque<Item> Items; ///< a heap once it dives
  bool Dives = false;
};

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_FRONTIER_H
