// Starting work: what <heddle/go.h> alone gives, as the interface names it.
#include <heddle/go.h>

#include <concepts>
#include <memory>

using heddle::Panic;

static_assert(std::is_base_of_v<std::runtime_error, Panic>);
static_assert(std::same_as<decltype(heddle::MaxProcs()), int>);
static_assert(std::same_as<decltype(heddle::NumGoroutines()), std::size_t>);
static_assert(std::same_as<decltype(heddle::GoroutineId()), std::uint64_t>);
static_assert(std::same_as<decltype(heddle::Run([] {})), int>);
static_assert(std::same_as<decltype(heddle::Blocking([] { return 1L; })), long>);
static_assert(std::same_as<decltype(heddle::Blocking([]() -> int& { throw 1; })), int&>);

struct Worker {
  void Work(int) {}
};

void Uses(Worker* worker) {
  int n = 0;
  heddle::go([](int& i) { ++i; }, std::ref(n));
  heddle::go(&Worker::Work, worker, 1);
  heddle::go([](std::unique_ptr<int>) {}, std::make_unique<int>(1));
  heddle::go([p = std::make_unique<int>(1)] {});
  heddle::go(heddle::GoOptions{.stack_bytes = 1 << 20}, [] {});
  heddle::go(
      {.stack_bytes = 1 << 20}, [](int) {}, 1);
  heddle::Yield();
  heddle::Sleep(std::chrono::milliseconds(1));
  heddle::SetPanicPolicy(heddle::PanicPolicy::kCrash);
  heddle::SetPanicPolicy(heddle::PanicPolicy::kIsolate);
  heddle::panic("text");
}
