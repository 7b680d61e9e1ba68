// What: A caller waits until a renderer is idle before it reads the results, for which the renderer's channel has room.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

class Renderer {
 public:
  explicit Renderer(std::size_t pages) : todo_(pages), rendered_(pages) {}

  void Start() {
    task_.Go([this] {
      for (int page : todo_) Render(page);
      rendered_.Close();
    });
  }

  void Submit(int page) {
    {
      heddle::MutexLock lock(mu_);
      ++pending_;
    }
    todo_.Send(page);
  }

  // Waits until every page that was submitted has been rendered.
  void Drain() {
    heddle::MutexLock lock(mu_);
    idle_.Wait([this] { return pending_ == 0; });
    todo_.Close();
  }

  heddle::RecvChannel<std::string> Rendered() const { return rendered_; }
  void Wait() { task_.Wait(); }

 private:
  void Render(int page) {
    rendered_.Send("<p>" + std::to_string(page) + "</p>");
    heddle::MutexLock lock(mu_);
    if (--pending_ == 0) idle_.Broadcast();
  }

  heddle::Channel<int> todo_;
  heddle::Channel<std::string> rendered_;
  heddle::WaitGroup task_;
  heddle::Mutex mu_;
  heddle::Cond idle_{mu_};
  int pending_ = 0;
};

int main() {
  constexpr int kPages = 3;
  Renderer renderer(kPages);
  renderer.Start();
  for (int page = 1; page <= kPages; ++page) renderer.Submit(page);
  renderer.Drain();
  for (const std::string& html : renderer.Rendered()) std::printf("%s\n", html.c_str());
  renderer.Wait();
}
