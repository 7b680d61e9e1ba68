// What: Workers read a static log level on every message; an operator's thread changes it meanwhile.
// Run: race
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

enum class Level { kDebug, kInfo, kError };

class Log {
 public:
  static void SetLevel(Level level) { level_ = level; }  // bug: unguarded-global
  static bool Enabled(Level level) { return level >= level_; }  // bug: unguarded-global
  static void Write(Level level, const std::string& text) {
    if (!Enabled(level)) return;  // bug: unguarded-global
    lines_.fetch_add(1);
    std::puts(text.c_str());
  }
  static int lines() { return lines_.load(); }

 private:
  static Level level_;  // bug: unguarded-global
  static std::atomic<int> lines_;
};

Level Log::level_ = Level::kInfo;  // bug: unguarded-global
std::atomic<int> Log::lines_{0};

void Serve(int worker) {
  for (int request = 0; request < 100; ++request) {
    Log::Write(Level::kDebug, "request " + std::to_string(request));
    if (request % 50 == 49) Log::Write(Level::kInfo, "worker " + std::to_string(worker));
  }
}

void Operate() {
  Log::SetLevel(Level::kDebug);  // bug: unguarded-global
  std::this_thread::yield();
  Log::SetLevel(Level::kError);  // bug: unguarded-global
}

int main() {
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 2; ++worker) threads.emplace_back(Serve, worker);
  threads.emplace_back(Operate);
  for (std::thread& thread : threads) thread.join();
  std::printf("%d lines\n", Log::lines());
}
