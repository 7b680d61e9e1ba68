// RUN: %expect %s
#include <heddle/heddle.h>

#include <stdexcept>
#include <string>

bool Parse(const std::string& line);

// An early return.
void EarlyReturn(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    if (line.empty()) return;  // want: missing-done warning "returns here without calling Done on 'parsing'"
    Parse(line);
    parsing.Done();  // note: "Done is called here on other paths"
  });
  parsing.Wait();
}

// The same with options in front of the callable.
void WithOptions(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go(heddle::GoOptions{.stack_bytes = 1 << 20}, [&] {
    if (line.empty()) return;  // want: missing-done "returns here without calling Done on 'parsing'"
    Parse(line);
    parsing.Done();
  });
  parsing.Wait();
}

// An exception.
void Throws(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    if (!Parse(line)) throw std::runtime_error("bad line");  // want: missing-done "left by this exception without calling Done"
    parsing.Done();
  });
  parsing.Wait();
}

// Only one branch.
void OneBranch(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    if (Parse(line)) {
      parsing.Done();
    } else {
      Parse("default");
    }
  });  // want: missing-done "returns here without calling Done"
  parsing.Wait();
}

// Forgotten altogether.
void Forgotten(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);  // note: "added to here"
  heddle::go([line] { Parse(line); });
  parsing.Wait();  // want: missing-done error "this wait for 'parsing' never ends: nothing calls Done"
}

// A catch that swallows skips the Done behind the try.
void Swallows(const std::string& line) {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go([&] {
    try {
      if (!Parse(line)) throw std::runtime_error("bad line");
      parsing.Done();
    } catch (const std::exception&) {
    }
  });  // want: missing-done "returns here without calling Done"
  parsing.Wait();
}

// A switch with a way out.
void ParseKind(int kind, heddle::WaitGroup& group) {
  switch (kind) {
    case 0:
      return;  // want: missing-done "task 'ParseKind' returns here"
    default:
      Parse("x");
  }
  group.Done();
}
void BySwitch() {
  heddle::WaitGroup parsing;
  parsing.Add(1);
  heddle::go(ParseKind, 0, std::ref(parsing));
  parsing.Wait();
}
