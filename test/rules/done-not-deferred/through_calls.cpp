// RUN: %expect %s
#include <heddle/heddle.h>

#include <string>

void Post(const std::string& letter);

// Throws what Post does.
void Stamp(const std::string& letter) {
  if (!letter.empty()) Post(letter);
}

class Office {
 public:
  void Open(int clerks) {
    for (int clerk = 0; clerk < clerks; ++clerk) {
      clerks_.Add(1);
      heddle::go([this] { Work(); });  // note: "the task is started here"
    }
  }
  void Close() { clerks_.Wait(); }

 private:
  void Work() {
    Stamp("greetings");  // note: "'Office::Work' may throw|'Stamp' may throw here"
    clerks_.Done();  // want: done-not-deferred "calls Done on 'clerks_'"
  }

  heddle::WaitGroup clerks_;
};

void Sort(heddle::WaitGroup* sorters, const std::string& letter) {
  Stamp(letter);
  sorters->Done();  // want: done-not-deferred "calls Done on 'sorters'"
}

void SortAll() {
  heddle::WaitGroup sorters;
  sorters.Add(1);
  heddle::go(Sort, &sorters, "greetings");
  sorters.Wait();
}

// What goes on behind the call is no end of the task's.
void SortAndStamp() {
  heddle::WaitGroup sorters;
  sorters.Add(1);
  heddle::Channel<int> done(1);
  heddle::go([&sorters, done]() mutable {
    Stamp("greetings");
    [&] { sorters.Done(); }();
    done.Send(1);
  });
  sorters.Wait();
  done.Recv();
}
