// What is in a map by its key, from braces, insert, emplace and their like.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

// The shelf for novels has room for none.
class Library {
 public:
  void Return(const std::string& genre) { shelves_.at(genre).Send(1); }  // want: deadlock "sending on"

 private:
  std::map<std::string, heddle::Channel<int>> shelves_ = {{"poems", heddle::Channel<int>(1)},
                                                          {"novels", heddle::Channel<int>(0)}};
};

void ReturnBooks() {
  Library library;
  library.Return("poems");
  library.Return("novels");
}

// What is there stays, but for insert_or_assign.
void Reshelve() {
  std::unordered_map<int, heddle::Channel<int>> rows;
  rows.emplace(1, heddle::Channel<int>(1));
  rows.insert({1, heddle::Channel<int>(0)});
  rows.try_emplace(1, 0);
  rows[1].Send(1);
  rows.insert_or_assign(1, heddle::Channel<int>(0));
  rows[1].Send(2);  // want: deadlock "sending on"
}

// A due date that nobody set throws before Done.
void RemindAll() {
  const std::map<std::string, int> due{{"atlas", 3}, {"primer", 9}};
  const std::vector<std::string> lent = {"atlas", "score"};
  heddle::WaitGroup reminders;
  int sum = 0;
  for (const std::string& book : lent) {
    reminders.Add(1);
    heddle::go([&, book] {
      sum += due.at(book);
      reminders.Done();
    });
  }
  reminders.Wait();  // want: counter-mismatch "never ends"
}

// What insert gives says where it is.
void LendAgain() {
  std::map<int, heddle::Channel<int>> desks;
  auto [desk, fresh] = desks.insert({4, heddle::Channel<int>(1)});
  if (fresh) desk->second.Send(1);
  auto again = desks.emplace(4, heddle::Channel<int>(9));
  if (!again.second) again.first->second.Send(2);  // want: deadlock "sending on"
}

int main() {
  ReturnBooks();
  Reshelve();
  RemindAll();
  LendAgain();
}
