// RUN: %expect %s
#include <heddle/heddle.h>

class Log {
 public:
  void Write(int line) { lines_.Send(line); }  // want: send-on-closed "send on 'lines_' after it was closed"
  void Stop() { lines_.Close(); }  // note: "closes 'lines_' here"

 private:
  heddle::Channel<int> lines_{8};
};

void Shut(Log& log) { log.Stop(); }

void Serve() {
  Log log;
  log.Write(1);
  Shut(log);
  log.Write(2);
}
