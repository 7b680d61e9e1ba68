// The destructor of a static object stops a goroutine and waits for it, after main.
#include <heddle/heddle.h>

#include <cstdio>

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

int main() { service.Start(); }
