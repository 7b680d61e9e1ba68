// A goroutine ends the process with exit(7), while main waits for it and others run. A
// static destructor, which then runs on that goroutine, waits for another one.
#include <heddle/heddle.h>

#include <cstdio>
#include <cstdlib>

class Service {
 public:
  void Start() {
    tasks_.Go([this] { stop_.Recv(); });
  }
  ~Service() {
    stop_.Close();
    tasks_.Wait();
    std::printf("stopped\n");
  }

 private:
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup tasks_;
};

Service service;

int main() {
  service.Start();
  heddle::WaitGroup wg;
  wg.Go([] {
    for (;;) heddle::Yield();
  });
  wg.Go([] { std::exit(7); });
  wg.Wait();
}
