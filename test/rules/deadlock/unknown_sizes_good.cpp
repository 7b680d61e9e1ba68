// RUN: %expect %s
// As unknown_sizes.cpp; with code between the loops that is not seen, which is
// not given the container, and with a callback, which may do anything to it.
#include <heddle/heddle.h>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

void Note(const std::string& text);

struct Probe {
  std::string name;
  std::function<int()> read;
};

int Sum(const std::vector<int>& readings) {
  heddle::Channel<int> checked;
  for (int reading : readings) heddle::go([=] { checked.Send(reading); });
  int sum = 0;
  for (std::size_t left = readings.size(); left > 0; --left) sum += *checked.Recv();
  return sum;
}

std::vector<int> ReadAll(const std::vector<Probe>& probes) {
  heddle::Channel<int> read;
  for (const Probe& probe : probes) {
    Note(probe.name);
    heddle::go([&probe, read] { read.Send(probe.read()); });
  }
  std::vector<int> out;
  for (std::size_t i = 0; i < probes.size(); ++i) out.push_back(*read.Recv());
  return out;
}

class Station {
 public:
  int Poll() {
    heddle::Channel<int> read(probes_.size());
    for (const auto& [name, probe] : probes_) Launch(read, name);
    int sum = 0;
    for (std::size_t running = probes_.size(); running > 0;) {
      sum += *read.Recv();
      --running;
    }
    return sum;
  }

  void Work() {
    busy_.Go([this] {
      while (!steps_.empty()) step_();
    });
    busy_.Wait();
  }

 private:
  void Launch(const heddle::Channel<int>& read, const std::string& name) {
    heddle::go([read, name, probe = probes_.at(name)] {
      Note(name);
      read.Send(probe());
    });
  }

  std::map<std::string, std::function<int()>> probes_;
  std::deque<int> steps_;
  std::function<void()> step_;
  heddle::WaitGroup busy_;
};

// Without workers it would hang; nobody asks for none.
template <class Body>
void ForEach(std::size_t n, int workers, Body body) {
  heddle::WaitGroup running;
  heddle::Channel<std::size_t> next;
  for (int worker = 0; worker < workers; ++worker)
    running.Go([&] {
      for (std::size_t i : next) body(i);
    });
  for (std::size_t i = 0; i < n; ++i) next.Send(i);
  next.Close();
  running.Wait();
}

void Double(std::vector<int>& readings, int workers) {
  ForEach(readings.size(), workers, [&](std::size_t i) { readings[i] *= 2; });
}

// What a method that is not seen does to others, it does not to what is const.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual bool Store(int term) = 0;
};

class Group {
 public:
  explicit Group(std::vector<Peer*> peers) : peers_(std::move(peers)) {}
  bool Store(int term) {
    heddle::Channel<bool> stored(peers_.size());
    for (Peer* peer : peers_) heddle::go([=] { stored.Send(peer->Store(term)); });
    std::size_t yes = 0, no = 0;
    while (yes + no < peers_.size() && yes <= peers_.size() / 2) ++(*stored.Recv() ? yes : no);
    for (std::size_t missing = peers_.size() - yes - no; missing > 0; --missing) stored.Recv();
    return yes > no;
  }

 private:
  const std::vector<Peer*> peers_;
};
