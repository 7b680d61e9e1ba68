// What: An upload sends the error of every part on a channel of capacity one and returns at the first; the parts that fail later block and the upload waits for them.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Part {
  int number;
  std::size_t bytes;
};

class Bucket {
 public:
  explicit Bucket(std::size_t limit) : limit_(limit) {}
  heddle::Error Put(const Part& part) const {
    if (part.bytes <= limit_) return std::nullopt;
    return "part " + std::to_string(part.number) + " is too large";
  }

 private:
  std::size_t limit_;
};

class Upload {
 public:
  explicit Upload(const Bucket& bucket) : bucket_(bucket) {}
  ~Upload() { parts_.Wait(); }  // bug: deadlock

  heddle::Error Run(const std::vector<Part>& parts) {
    heddle::Channel<heddle::Error> results(1);  // bug: leaked-task, deadlock
    for (const Part& part : parts) {
      parts_.Go([this, part, results] {  // bug: leaked-task, deadlock
        results.Send(bucket_.Put(part));  // bug: leaked-task, deadlock
      });
    }
    for (std::size_t left = parts.size(); left > 0; --left) {
      heddle::Error error = results.Recv().value_or(std::nullopt);
      if (error) return error;  // bug: leaked-task, deadlock
    }
    return std::nullopt;
  }

 private:
  const Bucket& bucket_;
  heddle::WaitGroup parts_;
};

heddle::Error UploadAll(const Bucket& bucket, std::vector<Part> parts) {
  Upload upload(bucket);
  return upload.Run(parts);
}  // bug: deadlock

int main() {
  const Bucket bucket(1000);
  const heddle::Error error =
      UploadAll(bucket, {{1, 4000}, {2, 5000}, {3, 6000}, {4, 7000}, {5, 8000}});
  std::printf("%s\n", error.value_or("uploaded").c_str());
}
