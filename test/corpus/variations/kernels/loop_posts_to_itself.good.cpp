// What: A window posts its events to its own loop; what the handler of a resize posts from inside the loop is kept in a list.
// Run: clean
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
  void Post(std::string event) { events_.Send(std::move(event)); }
  void PostFromHandler(std::string event) { own_.push_back(std::move(event)); }

  void Run() {
    for (const std::string& event : events_) {
      Dispatch(event);
      for (; !own_.empty(); own_.pop_front()) Dispatch(own_.front());
    }
  }

  void Close() { events_.Close(); }

 private:
  void Dispatch(const std::string& event) {
    auto it = handlers_.find(event);
    if (it != handlers_.end()) it->second();
  }

  heddle::Channel<std::string> events_;
  std::map<std::string, Handler> handlers_;
  std::deque<std::string> own_;
};

int main() {
  Window window;
  int paints = 0;
  window.On("paint", [&paints] { ++paints; });
  window.On("resize", [&window] {
    std::printf("resized\n");
    window.PostFromHandler("paint");
  });
  heddle::WaitGroup loop;
  loop.Go([&window] { window.Run(); });
  for (const char* event : {"paint", "resize", "paint"}) window.Post(event);
  window.Close();
  loop.Wait();
  std::printf("%d paints\n", paints);
}
