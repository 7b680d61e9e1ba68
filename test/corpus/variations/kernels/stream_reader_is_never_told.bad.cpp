// What: A transport fails and marks its streams broken; it closes the streams' frames only when it ends in order, so a reader waits for a frame for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

class Stream {
 public:
  void Deliver(std::string frame) { frames_.Send(std::move(frame)); }
  void End() { frames_.Close(); }
  void Break(std::string why) {
    heddle::MutexLock lock(mu_);
    error_ = std::move(why);
  }

  std::optional<std::string> Read() { return frames_.Recv(); }  // bug: deadlock, leaked-task, unclosed-range
  std::string error() {
    heddle::MutexLock lock(mu_);
    return error_;
  }

 private:
  heddle::Channel<std::string> frames_{8};
  heddle::Mutex mu_;
  std::string error_;
};

enum class Ending { kInOrder, kReset };

class Transport {
 public:
  std::shared_ptr<Stream> Open(int id) { return streams_[id] = std::make_shared<Stream>(); }

  void Receive(int id, std::string frame) { streams_.at(id)->Deliver(std::move(frame)); }

  void Finish(Ending ending) {
    for (auto& [id, stream] : streams_) {
      switch (ending) {
        case Ending::kInOrder:
          stream->End();
          break;
        case Ending::kReset:
          stream->Break("connection reset");  // bug: deadlock, leaked-task, unclosed-range
          break;
      }
    }
    streams_.clear();
  }

 private:
  std::map<int, std::shared_ptr<Stream>> streams_;
};

int main() {
  Transport transport;
  heddle::WaitGroup readers;
  for (int id = 1; id <= 2; ++id) {
    readers.Go([stream = transport.Open(id), id] {  // bug: leaked-task
      int frames = 0;
      while (stream->Read()) ++frames;  // bug: deadlock, leaked-task, unclosed-range
      std::printf("stream %d: %d frames %s\n", id, frames, stream->error().c_str());
    });
  }
  transport.Receive(1, "hello");
  transport.Receive(2, "world");
  transport.Finish(Ending::kReset);  // bug: deadlock
  readers.Wait();  // bug: deadlock
}
