// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <future>
#include <latch>
#include <optional>
#include <string>

std::optional<std::string> Page(int number);
void Print(const std::string& page);
void Log(int number) noexcept;

void CalleeMayThrow(int pages) {
  heddle::WaitGroup printers;
  for (int page = 0; page < pages; ++page) {
    printers.Add(1);
    heddle::go([&printers, page] {  // note: "the task is started here"
      if (auto text = Page(page)) Print(*text);  // note: "'Page' may throw here"
      printers.Done();  // want: done-not-deferred advice "only the way that ends here calls Done on 'printers'"
    });
  }
  printers.Wait();
}

void ReturnsInTheMiddle(int page) {
  heddle::WaitGroup one;
  one.Add(1);
  heddle::go([&one, page] {
    if (page < 0) {
      one.Done();  // note: "the task ends here too, with a Done of its own"
      return;
    }
    Log(page);
    one.Done();  // want: done-not-deferred "calls Done on 'one'"
  });
  one.Wait();
}

void StoredCallable(const std::function<void()>& job) {
  heddle::WaitGroup jobs;
  jobs.Add(1);
  heddle::go([&jobs, &job] {
    job();  // note: "'job' may throw here"
    jobs.Done();  // want: done-not-deferred "calls Done on 'jobs'"
  });
  jobs.Wait();
}

// The handler lets go on what it cannot deal with.
void Rethrows(int page) {
  heddle::WaitGroup one;
  one.Add(1);
  heddle::go([&one, page] {
    try {
      Page(page);
    } catch (const std::string&) {
      Log(page);
    }
    one.Done();  // want: done-not-deferred "calls Done on 'one'"
  });
  one.Wait();
}

void OfAFuture() {
  std::latch printed(1);
  std::future<void> job = std::async(std::launch::async, [&printed] {
    Print("title");
    printed.count_down();  // want: done-not-deferred "calls Done on 'printed'"
  });
  printed.wait();
  job.get();
}
