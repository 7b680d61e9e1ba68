// What: A query goes to three replicas and takes the first answer; the channel has room for the answers of all.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using Replica = std::function<std::string(const std::string& key)>;

// Waits at the end of its scope for the tasks that it has started.
class TaskScope {
 public:
  ~TaskScope() { tasks_.Wait(); }
  template <class Body>
  void Start(Body body) {
    tasks_.Go(std::move(body));
  }

 private:
  heddle::WaitGroup tasks_;
};

class ReplicaSet {
 public:
  void Add(Replica replica) { replicas_.push_back(std::move(replica)); }

  std::string Get(const std::string& key) {
    TaskScope scope;
    heddle::Channel<std::string> answers(replicas_.size());
    for (const Replica& replica : replicas_) {
      scope.Start([&replica, answers, key]() mutable {
        answers.Send(replica(key));
      });
    }
    return answers.Recv().value_or("");
  }

 private:
  std::vector<Replica> replicas_;
};

int main() {
  ReplicaSet set;
  for (const char* site : {"north", "south", "west"}) {
    set.Add([site](const std::string& key) { return key + " from " + site; });
  }
  std::printf("%s\n", set.Get("colour").c_str());
}
