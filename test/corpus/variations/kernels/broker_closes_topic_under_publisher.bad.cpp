// What: A broker drops a topic and closes its channel; a publisher that had looked the topic up before sends on the closed channel.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

struct Topic {
  heddle::Channel<int> messages{1};
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
    topic->messages.Close();  // bug: send-on-closed
  }

  void Wait() { readers_.Wait(); }

 private:
  static void Read(const Topic& topic) {
    long sum = 0;
    for (int message : topic.messages) sum += message;
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
    topic->messages.Send(message);  // bug: send-on-closed
  }

 private:
  Broker& broker_;
};

int main() {
  Broker broker;
  heddle::WaitGroup tasks;
  tasks.Go([&broker] {
    Publisher publisher(broker);
    for (int i = 0; i < 500; ++i) publisher.Publish(i);  // bug: send-on-closed
  });
  tasks.Go([&broker] {
    for (int i = 0; i < 200; ++i) {
      broker.Drop("weather");  // bug: send-on-closed
      heddle::Yield();
    }
  });
  tasks.Wait();
  broker.Drop("weather");
  broker.Wait();
}
