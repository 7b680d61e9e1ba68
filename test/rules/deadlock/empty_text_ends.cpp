// RUN: %expect %s
#include <heddle/heddle.h>

#include <string>

// The reader leaves at an empty line, which the writer sends last.
void Good() {
  heddle::Channel<std::string> lines;
  heddle::WaitGroup reader;
  reader.Go([lines] {
    while (auto line = lines.Recv()) {
      if (line->empty()) return;
    }
  });
  lines.Send("first");
  lines.Send("");
  reader.Wait();
}

// The writer goes on after it.
void Bad() {
  heddle::Channel<std::string> lines;
  heddle::WaitGroup reader;
  reader.Go([lines] {
    while (auto line = lines.Recv()) {
      if (line->empty()) return;
    }
  });
  lines.Send("");
  lines.Send("late");  // want: deadlock "'Bad' can wait for ever sending on 'lines'"
  reader.Wait();
}

// Of a text that is not known, both ways are; the same way twice.
void Either(const std::string& line) {
  heddle::Channel<std::string> lines(1);
  if (!line.empty()) lines.Send(line);
  if (!line.empty()) lines.Recv();
}
