// What: A loop starts a task per shard that captures the loop's variable by reference, which has gone on, or is gone, when the task reads it.
// Run: race
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

class Index {
 public:
  explicit Index(int shards) : shards_(shards) {}

  void Build() {
    heddle::WaitGroup builds;
    for (int shard = 0; shard < shards_; ++shard) {
      builds.Go([&] { BuildShard(shard); });  // bug: dangling-capture, unguarded-capture
    }
    builds.Wait();
  }

 private:
  static void BuildShard(int shard) {
    const std::string name = "shard-" + std::to_string(shard);
    std::printf("%s built\n", name.c_str());
  }

  int shards_;
};

int main() {
  Index index(3);
  index.Build();
}
