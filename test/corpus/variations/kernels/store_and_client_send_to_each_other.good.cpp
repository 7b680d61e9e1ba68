// What: A store sends its events to a client and the client sends its requests to the store; the client reads events while it sends.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>

class Store {
 public:
  void Run() {
    for (int step = 0; step < 6; ++step) {
      if (step % 2 == 0) {
        events_.Send(step);
      } else {
        requests_.Recv();
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
    int request = 0;
    for (bool open = true; open;) {
      heddle::Select(heddle::OnSend(requests_, request, [&] { ++request; }),
                     heddle::OnRecv(events_, [&](std::optional<int> event) {
                       open = event.has_value();
                       Handle(event);
                     }));
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
  tasks.Go(&Store::Run, &store);
  tasks.Go(&Client::Run, &client);
  tasks.Wait();
}
