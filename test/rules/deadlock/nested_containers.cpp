// RUN: %expect %s
// Containers in containers: what an element holds is followed, copies are their own, and what
// was moved or taken out is gone.
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Listener {
  heddle::Channel<int> inbox{1};
};
using ListenerPtr = std::shared_ptr<Listener>;

class Topics {
 public:
  void Put(const std::string& topic, std::vector<ListenerPtr> listeners) { by_name_[topic] = std::move(listeners); }
  void Add(const std::string& topic, ListenerPtr one) { by_name_[topic].push_back(std::move(one)); }
  std::vector<ListenerPtr> Get(const std::string& topic) {
    auto it = by_name_.find(topic);
    return it == by_name_.end() ? std::vector<ListenerPtr>() : it->second;
  }
  std::vector<ListenerPtr> Take(const std::string& topic) {
    auto node = by_name_.extract(topic);
    return node ? std::move(node.mapped()) : std::vector<ListenerPtr>();
  }

 private:
  std::map<std::string, std::vector<ListenerPtr>> by_name_;
};

void SendsTwiceToOne() {
  auto one = std::make_shared<Listener>();
  Topics topics;
  topics.Put("rain", {one});
  heddle::Channel<int> sent(1);
  for (auto& l : topics.Get("rain")) l->inbox.Send(1);
  sent.Send(1);
  for (auto& l : topics.Take("rain")) l->inbox.Send(2);  // want: deadlock "'SendsTwiceToOne' can wait for ever sending on"
}

void NobodyIsLeft() {
  auto one = std::make_shared<Listener>();
  Topics topics;
  topics.Add("rain", one);
  for (auto& l : topics.Take("rain")) l->inbox.Send(1);
  for (auto& l : topics.Get("rain")) l->inbox.Send(2);
  for (auto& l : topics.Take("snow")) l->inbox.Send(3);
}

void ACopyKeepsItsOwn() {
  auto one = std::make_shared<Listener>();
  std::vector<ListenerPtr> row;
  std::vector<std::vector<ListenerPtr>> rows;
  rows.push_back(row);
  row.push_back(one);
  one->inbox.Send(1);
  for (auto& r : rows)
    for (auto& l : r) l->inbox.Send(2);
}

void MovedIsEmpty() {
  auto one = std::make_shared<Listener>();
  std::vector<ListenerPtr> row{one};
  std::vector<std::vector<ListenerPtr>> rows;
  rows.push_back(std::move(row));
  one->inbox.Send(1);
  for (auto& l : row) l->inbox.Send(2);
}

void ChosenByCondition(bool first) {
  heddle::Channel<int> a(1), b(1);
  heddle::Channel<int> chosen = first ? a : b;
  chosen.Send(1);
  heddle::Channel<int>& other = first ? b : a;
  other.Send(2);
  a.Recv();
  b.Recv();
}

void ChosenTwice(bool first) {
  heddle::Channel<int> a(1), b(1);
  heddle::Channel<int> chosen = first ? a : b;
  chosen.Send(1);
  const int more = first ? 1 : 2;
  if (more == 1) a.Send(2);  // want: deadlock "'ChosenTwice' can wait for ever sending on 'a'"
}
