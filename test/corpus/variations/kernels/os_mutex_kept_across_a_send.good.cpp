// What: Tasks share a table under a heddle::Mutex, at which a task parks and leaves its worker to others, and nobody sends with it held.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>

class Table {
 public:
  explicit Table(heddle::SendChannel<std::string> log) : log_(log) {}

  void Add(const std::string& name, int points) {
    {
      heddle::MutexLock lock(mu_);
      points_[name] += points;
    }
    log_.Send(name);
  }

  int Total() {
    heddle::MutexLock lock(mu_);
    int total = 0;
    for (const auto& [name, points] : points_) total += points;
    return total;
  }

 private:
  heddle::SendChannel<std::string> log_;
  heddle::Mutex mu_;
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
    players.Go([&table, name] {
      for (int round = 0; round < 10; ++round) table.Add(name, round);
    });
  }
  heddle::WaitGroup printer;
  printer.Go([log] { Print(log); });
  players.Wait();
  log.Close();
  printer.Wait();
  return table.Total();
}

int main() {
  heddle::MaxProcs(2);
  heddle::Run([] { std::printf("%d points\n", Play()); });
}
