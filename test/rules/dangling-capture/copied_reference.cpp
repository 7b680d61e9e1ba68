// RUN: %expect %s
// A lambda that captures a reference by value has a copy of what that refers
// to; one that captures it by reference has the object itself.
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

class Office {
 public:
  void Later(std::function<void()> work) { heddle::go(std::move(work)); }  // want: dangling-capture "uses 'label'"
};

void Copies(Office& office, const std::string& text) {
  office.Later([text] { std::puts(text.c_str()); });
}

void Refers(Office& office, const std::string& text) {
  office.Later([&text] { std::puts(text.c_str()); });
}

void Both(Office& office, int n) {
  const std::string title = std::to_string(n);
  const std::string label = title + "!";
  Copies(office, title);
  Refers(office, label);
}
