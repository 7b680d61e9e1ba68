// What: A producer sends a header and then the parts on two unbuffered channels; the consumer ranges over the parts first and asks for the header after them.
// Run: deadlock
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
    heddle::go([stream, title = title_, parts = parts_] {  // bug: leaked-task, deadlock
      stream.header.Send(title);  // bug: deadlock, leaked-task
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
  for (int part : parts) length += part;  // bug: deadlock
  return length;
}

Message Assemble(const Stream& stream) {
  Message message;
  message.length = Length(stream.parts);  // bug: deadlock
  message.title = stream.header.Recv().value_or("untitled");  // bug: deadlock
  return message;
}

int main() {
  Producer producer("minutes", {12, 30, 7});
  const Message message = Assemble(producer.Open());
  std::printf("%s: %d\n", message.title.c_str(), message.length);
}
