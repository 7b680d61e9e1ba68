// The same as in maps.cpp, where it goes well, and keys that are not known.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

class Library {
 public:
  void Return(const std::string& genre) { shelves_.at(genre).Send(1); }

 private:
  std::map<std::string, heddle::Channel<int>> shelves_ = {{"poems", heddle::Channel<int>(1)},
                                                          {"novels", heddle::Channel<int>(1)}};
};

void ReturnBooks() {
  Library library;
  library.Return("poems");
  library.Return("novels");
}

void Reshelve() {
  std::unordered_map<int, heddle::Channel<int>> rows;
  rows.emplace(1, heddle::Channel<int>(2));
  rows.insert({1, heddle::Channel<int>(0)});
  rows.try_emplace(1, 0);
  rows[1].Send(1);
  rows[1].Send(2);
}

void RemindAll() {
  const std::map<std::string, int> due{{"atlas", 3}, {"primer", 9}};
  const std::vector<std::string> lent = {"atlas", "primer"};
  heddle::WaitGroup reminders;
  std::atomic<int> sum = 0;
  for (const std::string& book : lent) {
    reminders.Add(1);
    heddle::go([&due, &book, &sum, &reminders] {
      sum += due.at(book);
      reminders.Done();
    });
  }
  reminders.Wait();
}

// Who asks with at knows that it is there.
void RemindOne(const std::string& book) {
  const std::map<std::string, int> due{{"atlas", 3}, {"primer", 9}};
  heddle::WaitGroup reminder;
  std::atomic<int> days = 0;
  reminder.Add(1);
  heddle::go([&] {
    days = due.at(book);
    reminder.Done();
  });
  reminder.Wait();
}

// The addresses of two things are two keys.
void ByAddress() {
  int upstairs = 0, downstairs = 0;
  std::map<int*, heddle::Channel<int>> rooms;
  rooms.emplace(&upstairs, heddle::Channel<int>(1));
  rooms.emplace(&downstairs, heddle::Channel<int>(1));
  rooms[&upstairs].Send(1);
  rooms[&downstairs].Send(1);
}

int main(int, char** argv) {
  ReturnBooks();
  Reshelve();
  RemindAll();
  RemindOne(argv[1]);
  ByAddress();
}
