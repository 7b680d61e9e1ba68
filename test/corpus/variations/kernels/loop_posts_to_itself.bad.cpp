// What: A window posts its events to its own unbuffered loop; the handler of a resize posts a repaint from inside the loop, which is the only receiver.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Window {
 public:
  using Handler = std::function<void()>;

  void On(const std::string& event, Handler handler) { handlers_[event] = std::move(handler); }
  void Post(std::string event) { events_.Send(std::move(event)); }  // bug: deadlock, leaked-task

  void Run() {
    for (const std::string& event : events_) {  // bug: deadlock, leaked-task
      Dispatch(event);  // bug: deadlock, leaked-task
    }
  }

  void Close() { events_.Close(); }

 private:
  void Dispatch(const std::string& event) {
    auto it = handlers_.find(event);
    if (it != handlers_.end()) it->second();  // bug: deadlock, leaked-task
  }

  heddle::Channel<std::string> events_;
  std::map<std::string, Handler> handlers_;
};

int main() {
  Window window;
  int paints = 0;
  window.On("paint", [&paints] { ++paints; });
  window.On("resize", [&window] {
    std::printf("resized\n");
    window.Post("paint");  // bug: deadlock, leaked-task
  });
  heddle::WaitGroup loop;
  loop.Go([&window] { window.Run(); });  // bug: deadlock, leaked-task
  for (const char* event : {"paint", "resize", "paint"}) window.Post(event);  // bug: deadlock
  window.Close();
  loop.Wait();
  std::printf("%d paints\n", paints);
}
