// What: Three shards are flushed in tasks that report on an unbuffered channel; the collector returns at the first failure and the other reports have no reader.
// Run: leak
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
    heddle::Channel<Report> reports;
    for (const Shard& shard : shards) {
      heddle::go([reports, shard] { reports.Send(FlushShard(shard)); });  // bug: leaked-task
    }
    for (std::size_t i = 0; i < shards.size(); ++i) {
      std::optional<Report> report = reports.Recv();
      if (report->error) return report->error;  // bug: leaked-task
    }
    return std::nullopt;
  }

};

int main() {
  const std::vector<Shard> shards = {{1, false}, {2, false}, {3, false}};
  Flusher flusher;
  const std::optional<std::string> error = flusher.FlushAll(shards);
  std::printf("flush: %s\n", error ? error->c_str() : "ok");
}
