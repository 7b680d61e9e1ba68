// What: A bus offers an event to its subscribers' queues under its lock and drops it for one whose queue is full.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>

class EventBus {
 public:
  struct Subscription {
    int id;
    heddle::RecvChannel<int> events;
  };

  Subscription Subscribe() {
    heddle::MutexLock lock(mu_);
    heddle::Channel<int> events(1);
    queues_.emplace(++last_, events);
    return {last_, events};
  }

  void Unsubscribe(int id) {
    heddle::MutexLock lock(mu_);
    queues_.erase(id);
  }

  void Publish(int event) {
    heddle::MutexLock lock(mu_);
    for (auto& [id, queue] : queues_) {
      queue.TrySend(event);
    }
  }

 private:
  heddle::Mutex mu_;
  int last_ = 0;
  std::map<int, heddle::Channel<int>> queues_;
};

void WatchOnce(EventBus& bus) {
  EventBus::Subscription subscription = bus.Subscribe();
  heddle::Select(heddle::OnRecv(subscription.events), heddle::OnDefault());
  bus.Unsubscribe(subscription.id);
}

int main() {
  EventBus bus;
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int round = 0; round < 100; ++round) WatchOnce(bus);
  });
  tasks.Go([&] {
    for (int event = 0; event < 100; ++event) bus.Publish(event);
  });
  tasks.Wait();
}
