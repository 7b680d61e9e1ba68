// RUN: %expect %s
#include <heddle/heddle.h>

#include <stdexcept>
#include <string>

bool Parse(const std::string& line);

void Deferred(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    heddle::Defer done([&] { parsing.Done(); });
    if (line.empty()) return;
    if (!Parse(line)) throw std::runtime_error("bad line");
  });
  parsing.Wait();
}

// Every branch has its own.
void EveryBranch(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    if (line.empty()) {
      parsing.Done();
      return;
    }
    Parse(line);
    parsing.Done();  // want: done-not-deferred "calls Done on 'parsing'"
  });
  parsing.Wait();
}

// The exception is caught before the Done.
void Caught(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    try {
      if (!Parse(line)) throw std::runtime_error("bad line");
    } catch (...) {
    }
    parsing.Done();
  });
  parsing.Wait();
}

// The runtime counts.
void ByGo(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Go([&] {
    if (line.empty()) return;
    Parse(line);
  });
  parsing.Wait();
}

// One Done for each message: the group counts messages, not the task.
void CountsMessages(heddle::Channel<std::string> lines, heddle::WaitGroup& pending) {
  heddle::go([lines, &pending] {
    for (const std::string& line : lines) {
      Parse(line);
      pending.Done();
    }
  });
}

// Handed on: on one way another task does it.
void HandedOn(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    if (!line.empty()) {
      heddle::go([&] {
        Parse(line);
        parsing.Done();  // want: done-not-deferred "calls Done on 'parsing'"
      });
      return;
    }
    parsing.Done();
  });
  parsing.Wait();
}

// The flag that decides is the same one twice.
void SameFlag(bool counted) {
  heddle::WaitGroup parsing;
  if (counted) parsing.Add(1);
  heddle::go([&parsing] { Parse("x"); (void)parsing; });
  if (counted) parsing.Done();
  parsing.Wait();
}

// Given to code that the unit does not show.
void FinishElsewhere(heddle::WaitGroup& group);
void Elsewhere() {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  FinishElsewhere(parsing);
  parsing.Wait();
}
