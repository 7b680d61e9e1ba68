// What: A benchmark starts a load generator per client and closes its stop channel only when the warm-up went well; a failed warm-up leaves the generators.
// Run: leak
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

struct Plan {
  int clients;
  bool warm_up_fails;
};

class Benchmark {
 public:
  explicit Benchmark(Plan plan) : plan_(plan) {}

  std::optional<std::string> Run() {
    StartGenerators();
    if (plan_.warm_up_fails) return "warm-up failed";  // bug: leaked-task
    for (int round = 0; round < 10; ++round) served_ += Serve();
    StopGenerators();
    return std::nullopt;
  }

  int served() const { return served_; }

 private:
  void StartGenerators() {
    for (int client = 0; client < plan_.clients; ++client) {
      generators_.Go([this, client] { Generate(client); });  // bug: leaked-task
    }
  }

  void Generate(int client) {
    for (int request = client;; ++request) {
      const int chosen = heddle::Select(heddle::OnSend(requests_, request), heddle::OnRecv(stop_));  // bug: leaked-task
      if (chosen == 1) return;
    }
  }

  int Serve() { return requests_.Recv().has_value() ? 1 : 0; }

  void StopGenerators() {
    stop_.Close();
    generators_.Wait();
  }

  const Plan plan_;
  heddle::Channel<int> requests_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup generators_;
  int served_ = 0;
};

int main() {
  static Benchmark smooth({2, false});
  static Benchmark rough({2, true});
  for (Benchmark* benchmark : {&smooth, &rough}) {
    const std::optional<std::string> error = benchmark->Run();
    std::printf("%d served, %s\n", benchmark->served(), error.value_or("ok").c_str());
  }
}
