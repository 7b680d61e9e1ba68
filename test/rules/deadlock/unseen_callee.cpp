// RUN: %expect %s
// The thread leaves without a word when what it asked of unseen code failed.
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

struct Archive;
int OpenVolume(const Archive& archive);
long CountPages(int volume);

long PagesOf(const Archive& archive) {
  std::mutex mutex;
  std::condition_variable counted;
  bool is_counted = false;
  long pages = 0;
  std::thread clerk([&] {
    const int volume = OpenVolume(archive);
    if (volume == 0) return;
    const long found = CountPages(volume);
    std::lock_guard<std::mutex> lock(mutex);
    pages = found;
    is_counted = true;
    counted.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    counted.wait(lock, [&] { return is_counted; });  // want: deadlock "can wait for ever"
  }
  clerk.join();
  return pages;
}

long PagesOrNone(const Archive& archive) {
  std::mutex mutex;
  std::condition_variable counted;
  bool is_counted = false;
  long pages = 0;
  std::thread clerk([&] {
    const int volume = OpenVolume(archive);
    const long found = volume == 0 ? 0 : CountPages(volume);
    std::lock_guard<std::mutex> lock(mutex);
    pages = found;
    is_counted = true;
    counted.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    counted.wait(lock, [&] { return is_counted; });
  }
  clerk.join();
  return pages;
}
