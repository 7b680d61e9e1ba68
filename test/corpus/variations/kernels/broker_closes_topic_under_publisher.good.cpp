// What: A broker drops a topic by closing a separate channel that its publishers and its reader watch.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

struct Topic {
  heddle::Channel<int> messages{1};
  heddle::Channel<heddle::Unit> dropped;
};
using TopicPtr = std::shared_ptr<Topic>;

class Broker {
 public:
  TopicPtr Find(const std::string& name) {
    heddle::MutexLock lock(mu_);
    TopicPtr& topic = topics_[name];
    if (!topic) {
      topic = std::make_shared<Topic>();
      readers_.Go([topic] { Read(*topic); });
    }
    return topic;
  }

  void Drop(const std::string& name) {
    TopicPtr topic;
    {
      heddle::MutexLock lock(mu_);
      auto it = topics_.find(name);
      if (it == topics_.end()) return;
      topic = std::move(it->second);
      topics_.erase(it);
    }
    topic->dropped.Close();
  }

  void Wait() { readers_.Wait(); }

 private:
  static void Read(const Topic& topic) {
    long sum = 0;
    while (heddle::Select(
               heddle::OnRecv(topic.messages, [&](std::optional<int> message) { sum += *message; }),
               heddle::OnRecv(topic.dropped)) == 0) {
    }
    if (sum < 0) std::printf("odd sum\n");
  }

  heddle::Mutex mu_;
  std::map<std::string, TopicPtr> topics_;
  heddle::WaitGroup readers_;
};

class Publisher {
 public:
  explicit Publisher(Broker& broker) : broker_(broker) {}
  void Publish(int message) {
    TopicPtr topic = broker_.Find("weather");
    heddle::Select(heddle::OnSend(topic->messages, message), heddle::OnRecv(topic->dropped));
  }

 private:
  Broker& broker_;
};

int main() {
  Broker broker;
  heddle::WaitGroup tasks;
  tasks.Go([&broker] {
    Publisher publisher(broker);
    for (int i = 0; i < 500; ++i) publisher.Publish(i);
  });
  tasks.Go([&broker] {
    for (int i = 0; i < 200; ++i) {
      broker.Drop("weather");
      heddle::Yield();
    }
  });
  tasks.Wait();
  broker.Drop("weather");
  broker.Wait();
}
