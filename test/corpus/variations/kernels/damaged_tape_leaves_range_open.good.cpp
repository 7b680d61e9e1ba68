// What: A tape reader closes its channel however it leaves, also at a damaged block, so the copy that ranges over the channel ends.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Block {
  std::string bytes;
  bool damaged = false;
};

class Tape {
 public:
  virtual ~Tape() = default;
  virtual std::size_t Length() const = 0;
  virtual heddle::Error Read(std::size_t index, Block& block) const = 0;
};

class MemoryTape : public Tape {
 public:
  explicit MemoryTape(std::vector<Block> blocks) : blocks_(std::move(blocks)) {}
  std::size_t Length() const override { return blocks_.size(); }
  heddle::Error Read(std::size_t index, Block& block) const override {
    block = blocks_[index];
    if (block.damaged) return "block " + std::to_string(index) + " is damaged";
    return std::nullopt;
  }

 private:
  std::vector<Block> blocks_;
};

heddle::Error ReadAll(const Tape& tape, heddle::SendChannel<Block> out) {
  HEDDLE_DEFER(out.Close());
  for (std::size_t index = 0; index < tape.Length(); ++index) {
    Block block;
    if (heddle::Error error = tape.Read(index, block)) return error;
    out.Send(std::move(block));
  }
  return std::nullopt;
}

// Copies `tape`; returns how many bytes were good.
std::size_t Copy(const Tape& tape) {
  heddle::Channel<Block> blocks(2);
  heddle::TaskGroup group;
  group.Go([&tape, blocks] { return ReadAll(tape, blocks); });
  std::size_t copied = 0;
  group.Go([&copied, blocks] {
    for (const Block& block : blocks) copied += block.bytes.size();
  });
  const heddle::Error error = group.Wait();
  if (error) std::printf("%s\n", error->c_str());
  return copied;
}

int main() {
  auto good = std::make_unique<MemoryTape>(std::vector<Block>{{"abc"}, {"def"}, {"gh"}});
  auto bad = std::make_unique<MemoryTape>(std::vector<Block>{{"abc"}, {"d?f", true}, {"gh"}});
  for (const Tape* tape : {good.get(), bad.get()}) std::printf("%zu bytes\n", Copy(*tape));
}
