// What: A flow starts its consumer before it pushes the first rows of two streams into the queue.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class RowReceiver {
 public:
  virtual ~RowReceiver() = default;
  virtual void Push(std::string row) = 0;
  virtual void Finish() = 0;
};

class RowQueue : public RowReceiver {
 public:
  void Push(std::string row) override { rows_.Send(std::move(row)); }
  void Finish() override { rows_.Close(); }
  heddle::RecvChannel<std::string> Rows() const { return rows_; }

 private:
  heddle::Channel<std::string> rows_{1};
};

class Flow {
 public:
  Flow() : queue_(std::make_shared<RowQueue>()) {}

  void AddStream(std::string name) { streams_.push_back(std::move(name)); }

  void Run() {
    consumer_.Go([rows = queue_->Rows()] {
      for (const std::string& row : rows) std::printf("%s\n", row.c_str());
    });
    for (const std::string& stream : streams_) queue_->Push("header of " + stream);
    queue_->Finish();
    consumer_.Wait();
  }

 private:
  std::shared_ptr<RowQueue> queue_;
  std::vector<std::string> streams_;
  heddle::WaitGroup consumer_;
};

int main() {
  Flow flow;
  flow.AddStream("orders");
  flow.AddStream("customers");
  flow.Run();
}
