// A task that has nothing to do returns without its Done, and Wait never ends.
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>

void Send(const std::string& mail, heddle::WaitGroup& wg) {
  if (mail.empty()) return;
  std::printf("sent %s\n", mail.c_str());
  wg.Done();
}

int main(int argc, char** argv) {
  heddle::WaitGroup wg;
  wg.Add(2);
  heddle::go(Send, "hello", std::ref(wg));
  heddle::go(Send, argc > 1 ? argv[1] : "", std::ref(wg));
  wg.Wait();
}
