// What: A producer sends a header and then the parts on two unbuffered channels, and the consumer receives them in that order.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

struct Stream {
  heddle::Channel<std::string> header;
  heddle::Channel<int> parts;
};

class Producer {
 public:
  Producer(std::string title, std::vector<int> parts) : title_(std::move(title)), parts_(std::move(parts)) {}

  Stream Open() {
    Stream stream;
    heddle::go([stream, title = title_, parts = parts_] {
      stream.header.Send(title);
      for (int part : parts) stream.parts.Send(part);
      stream.parts.Close();
    });
    return stream;
  }

 private:
  const std::string title_;
  const std::vector<int> parts_;
};

struct Message {
  std::string title;
  int length = 0;
};

int Length(const heddle::RecvChannel<int>& parts) {
  int length = 0;
  for (int part : parts) length += part;
  return length;
}

Message Assemble(const Stream& stream) {
  Message message;
  message.title = stream.header.Recv().value_or("untitled");
  message.length = Length(stream.parts);
  return message;
}

int main() {
  Producer producer("minutes", {12, 30, 7});
  const Message message = Assemble(producer.Open());
  std::printf("%s: %d\n", message.title.c_str(), message.length);
}
