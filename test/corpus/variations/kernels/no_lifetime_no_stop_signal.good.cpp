// What: A pump may run with or without a lifetime; without one its stop signal is the nil channel, and draining the pump waits for it only when there is one.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <utility>

class Lifetime {
 public:
  heddle::RecvChannel<heddle::Unit> Stopping() const { return stop_; }
  void Stop() { stop_.Close(); }

 private:
  heddle::Channel<heddle::Unit> stop_;
};

class Pump {
 public:
  explicit Pump(std::shared_ptr<const Lifetime> lifetime) : lifetime_(std::move(lifetime)) {}

  void Put(int litres) { tank_.Send(litres); }
  void Seal() { tank_.Close(); }

  // Pumps until the tank is sealed and empty, then waits for the end of the lifetime.
  void Run() {
    for (int litres : tank_) pumped_ += litres;
    const heddle::RecvChannel<heddle::Unit> stopping = Stopping();
    if (stopping) stopping.Recv();
  }

  int pumped() const { return pumped_; }

 private:
  heddle::RecvChannel<heddle::Unit> Stopping() const {
    if (!lifetime_) return {};
    return lifetime_->Stopping();
  }

  std::shared_ptr<const Lifetime> lifetime_;
  heddle::Channel<int> tank_{2};
  int pumped_ = 0;
};

int RunPump(const std::shared_ptr<Lifetime>& lifetime) {
  Pump pump(lifetime);
  heddle::WaitGroup tasks;
  tasks.Go([&pump] { pump.Run(); });
  for (int litres = 1; litres <= 4; ++litres) pump.Put(litres);
  pump.Seal();
  if (lifetime) lifetime->Stop();
  tasks.Wait();
  return pump.pumped();
}

int main() {
  const int with = RunPump(std::make_shared<Lifetime>());
  const int without = RunPump(nullptr);
  std::printf("%d and %d litres\n", with, without);
}
