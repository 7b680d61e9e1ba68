// RUN: %expect %s
// Wait groups that go out of scope with their tasks still running.
#include <heddle/heddle.h>

#include <latch>
#include <string>
#include <thread>
#include <vector>

void Save(int page);
bool Ready();

// Nobody waits at all.
void SaveAll() {
  heddle::WaitGroup saves;
  for (int page = 0; page < 3; ++page) {
    saves.Add(1);  // want: missing-wait "'saves' counts the task but is not waited for before it goes out of scope"
    heddle::go([&saves, page] {  // note: "started here"
      HEDDLE_DEFER(saves.Done());
      Save(page);
    });
  }
}

// An early return passes the wait by.
bool SaveIfReady() {
  heddle::WaitGroup saves;
  saves.Go(Save, 1);  // want: missing-wait warning "'saves' counts task 'Save'"
  if (!Ready()) return false;  // note: "goes out of scope here without a wait"
  saves.Wait();
  return true;
}

// The wait is for another group.
void SaveTwice() {
  heddle::WaitGroup first, second;
  first.Go(Save, 1);
  second.Go(Save, 2);  // want: missing-wait error "'second' counts"
  first.Wait();
}

// Waited for once, then used again.
void SaveAgain() {
  heddle::WaitGroup saves;
  saves.Go(Save, 1);
  saves.Wait();
  saves.Go(Save, 2);  // want: missing-wait "'saves'"
}

// A standard latch counts in the same way.
void CountDown() {
  std::latch arrived(1);
  std::thread worker([&] {  // want: missing-wait "'arrived' counts the task"
    Save(1);
    arrived.count_down();
  });
  worker.detach();
}

// Only one way of the switch waits.
void SaveByMode(int mode) {
  heddle::WaitGroup saves;
  saves.Go(Save, mode);  // want: missing-wait "'saves'"
  switch (mode) {
    case 0:
      saves.Wait();
      break;
    default:
      break;
  }
}

// An exception leaves before the wait.
void SaveOrThrow() {
  heddle::WaitGroup saves;
  saves.Go(Save, 1);  // want: missing-wait "'saves'"
  if (!Ready()) throw std::string("not ready");
  saves.Wait();
}
void Save(int page) { (void)page; }

// What holds of one element says nothing of the next.
class Sheet {
 public:
  bool IsBlank() const { return lines_ == 0; }

 private:
  const int lines_ = 1;
};
bool SaveSheets(const std::vector<Sheet>& sheets) {
  heddle::WaitGroup saves;
  for (const Sheet& sheet : sheets) {
    if (sheet.IsBlank()) return false;
    saves.Go(Save, 1);  // want: missing-wait warning "'saves' counts task 'Save'"
  }
  saves.Wait();
  return true;
}
