// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

using namespace std::chrono_literals;

void Upload(const std::string& name) { std::printf("%s\n", name.c_str()); }

struct Mailer {
  void Send(int id) { std::printf("mail %d\n", id); }
};

struct Greeter {
  void operator()() const { std::puts("hello"); }
};

void StartUpload(const std::string& name) {
  heddle::go(Upload, name);  // want: unawaited-task "nothing waits for task 'Upload'"
}

int main(int argc, char**) {
  Mailer mailer;
  heddle::go(Upload, "a");                       // want: unawaited-task "nothing waits for task 'Upload'"
  heddle::go([] { Upload("b"); });               // want: unawaited-task "nothing waits for the task"
  heddle::go(&Mailer::Send, &mailer, 3);         // want: unawaited-task "task 'Mailer::Send'"
  heddle::go(Greeter{});                         // want: unawaited-task "task 'Greeter::operator"
  void (*upload)(const std::string&) = &Upload;
  heddle::go(upload, "c");                       // want: unawaited-task "task 'Upload'"
  std::thread([] { Upload("d"); }).detach();     // want: unawaited-task "nothing waits for the task"
  StartUpload("e");                              // note: "called here"
  heddle::WaitGroup unrelated;
  unrelated.Go(Upload, "f");
  unrelated.Wait();
  if (argc > 1) return 1;
  heddle::Sleep(10ms);  // want: sleep-as-sync "a sleep stands where a wait"
}
