// RUN: %expect %s
// Of a container of which nothing is known each turn of a loop says more: as
// many turns as one loop makes, so many makes the next.
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

void Note(const std::string& text);

int FirstPositive(const std::vector<int>& readings) {
  heddle::Channel<int> checked;
  for (int reading : readings)
    heddle::go([reading, checked] { checked.Send(reading); });  // want: leaked-task "nothing receives after"
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (int reading = *checked.Recv(); reading > 0) return reading;
  return 0;
}

int OneTooMany(const std::map<std::string, int>& readings) {
  heddle::Channel<int> checked;
  for (const auto& [name, reading] : readings) {
    Note(name);
    heddle::go([reading = reading, checked] { checked.Send(reading); });
  }
  int sum = 0;
  for (std::size_t i = 0; i <= readings.size(); ++i)
    sum += *checked.Recv();  // want: deadlock "'OneTooMany' can wait for ever receiving"
  return sum;
}
