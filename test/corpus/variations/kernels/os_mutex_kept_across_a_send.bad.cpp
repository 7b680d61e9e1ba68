// What: Tasks share a table under a std::mutex; one sends with it held and parks, and the others block their workers in the lock, so no worker is left for the receiver.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <string>

class Table {
 public:
  explicit Table(heddle::SendChannel<std::string> log) : log_(log) {}

  void Add(const std::string& name, int points) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: blocking-in-task, blocking-under-lock, deadlock
    points_[name] += points;
    log_.Send(name);  // bug: blocking-in-task, blocking-under-lock, deadlock
  }

  int Total() {
    std::lock_guard<std::mutex> lock(mu_);
    int total = 0;
    for (const auto& [name, points] : points_) total += points;
    return total;
  }

 private:
  heddle::SendChannel<std::string> log_;
  std::mutex mu_;
  std::map<std::string, int> points_;
};

void Print(heddle::RecvChannel<std::string> log) {
  int lines = 0;
  for (const std::string& name : log) {
    if (!name.empty()) ++lines;
  }
  std::printf("%d lines\n", lines);
}

int Play() {
  heddle::Channel<std::string> log;
  Table table(log);
  heddle::WaitGroup players;
  for (const char* name : {"ada", "ben", "cem", "dee"}) {
    players.Go([&table, name] {  // bug: blocking-in-task, deadlock
      for (int round = 0; round < 10; ++round) table.Add(name, round);  // bug: blocking-in-task, deadlock
    });
  }
  heddle::WaitGroup printer;
  printer.Go([log] { Print(log); });
  players.Wait();  // bug: deadlock
  log.Close();
  printer.Wait();
  return table.Total();
}

int main() {
  heddle::MaxProcs(2);
  heddle::Run([] { std::printf("%d points\n", Play()); });
}
