// What: A check collects one checksum per replica; a replica that is down sends an empty one.
// Run: clean
#include <heddle/heddle.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

using Checksum = std::optional<std::uint32_t>;

class Replica {
 public:
  virtual ~Replica() = default;
  virtual Checksum Compute() = 0;
};

class Healthy : public Replica {
 public:
  explicit Healthy(std::uint32_t state) : state_(state) {}
  Checksum Compute() override { return state_ * 2654435761u; }

 private:
  std::uint32_t state_;
};

class Down : public Replica {
 public:
  Checksum Compute() override { return std::nullopt; }
};

class ConsistencyCheck {
 public:
  void Add(std::unique_ptr<Replica> replica) { replicas_.push_back(std::move(replica)); }

  // Whether all replicas that are up have the same checksum.
  bool Run() {
    for (auto& replica : replicas_) {
      tasks_.Go([this, &replica = *replica] { Collect(replica); });
    }
    const bool same = Compare();
    tasks_.Wait();
    return same;
  }

 private:
  void Collect(Replica& replica) {
    Checksum checksum = replica.Compute();
    results_.Send(checksum);
  }

  bool Compare() {
    Checksum first;
    bool same = true;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
      const Checksum next = results_.Recv().value_or(std::nullopt);
      if (!next) continue;
      if (first) same = same && first == next;
      first = next;
    }
    return same;
  }

  std::vector<std::unique_ptr<Replica>> replicas_;
  heddle::Channel<Checksum> results_;
  heddle::WaitGroup tasks_;
};

int main() {
  ConsistencyCheck check;
  check.Add(std::make_unique<Healthy>(7));
  check.Add(std::make_unique<Down>());
  check.Add(std::make_unique<Healthy>(7));
  std::printf("same: %d\n", check.Run());
}
