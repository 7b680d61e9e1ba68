// What: Three shards are flushed in tasks that report on a channel with room for all of them; the collector may return at the first failure, and the tasks are waited for.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

struct Shard {
  int id;
  bool writable;
};

struct Report {
  int shard;
  std::optional<std::string> error;
};

Report FlushShard(const Shard& shard) {
  if (!shard.writable) return {shard.id, "read-only"};
  return {shard.id, std::nullopt};
}

class Flusher {
 public:
  std::optional<std::string> FlushAll(const std::vector<Shard>& shards) {
    heddle::Channel<Report> reports(shards.size());
    for (const Shard& shard : shards) {
      tasks_.Go([reports, shard] { reports.Send(FlushShard(shard)); });
    }
    for (std::size_t i = 0; i < shards.size(); ++i) {
      std::optional<Report> report = reports.Recv();
      if (report->error) return report->error;
    }
    return std::nullopt;
  }

  ~Flusher() { tasks_.Wait(); }

 private:
  heddle::WaitGroup tasks_;
};

int main() {
  const std::vector<Shard> shards = {{1, false}, {2, false}, {3, false}};
  std::optional<std::string> error;
  {
    Flusher flusher;
    error = flusher.FlushAll(shards);
  }
  std::printf("flush: %s\n", error ? error->c_str() : "ok");
}
