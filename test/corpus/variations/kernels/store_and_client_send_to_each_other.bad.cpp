// What: A store sends its events to a client and the client sends its requests to the store, each without an alternative.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>

class Store {
 public:
  void Run() {
    for (int step = 0; step < 6; ++step) {
      if (step % 2 == 0) {
        events_.Send(step);  // bug: deadlock, leaked-task
      } else {
        requests_.Recv();  // bug: deadlock, leaked-task
      }
    }
    events_.Close();
  }
  heddle::RecvChannel<int> Events() const { return events_; }
  heddle::SendChannel<int> Requests() const { return requests_; }

 private:
  heddle::Channel<int> events_;
  heddle::Channel<int> requests_;
};

class Client {
 public:
  explicit Client(const Store& store) : events_(store.Events()), requests_(store.Requests()) {}

  void Run() {
    for (int request = 0; request < 3; ++request) {
      requests_.Send(request);  // bug: deadlock, leaked-task
      Handle(events_.Recv());
    }
    while (events_.Recv()) {
    }
  }

 private:
  static void Handle(std::optional<int> event) {
    if (event) std::printf("event %d\n", *event);
  }
  heddle::RecvChannel<int> events_;
  heddle::SendChannel<int> requests_;
};

int main() {
  Store store;
  Client client(store);
  heddle::WaitGroup tasks;
  tasks.Go(&Store::Run, &store);  // bug: deadlock, leaked-task
  tasks.Go(&Client::Run, &client);  // bug: deadlock, leaked-task
  tasks.Wait();  // bug: deadlock
}
