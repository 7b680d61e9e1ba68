// What: An import and an export both take the only database permit before the journal's lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>

class Database {
 public:
  class Session {
   public:
    explicit Session(Database& database) : database_(database) {
      database_.permits_.Acquire();
    }
    ~Session() { database_.permits_.Release(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    int Count() const { return database_.rows_; }
    void Insert(int rows) { database_.rows_ += rows; }

   private:
    Database& database_;
  };

 private:
  heddle::Semaphore permits_{1};
  int rows_ = 0;
};

class Journal {
 public:
  void Note(const std::string& line) {
    heddle::MutexLock lock(mu_);
    text_ += line + "\n";
  }

  // Calls `work`, with nobody else writing meanwhile.
  template <class F>
  void Exclusively(F work) {
    heddle::MutexLock lock(mu_);
    text_ += work() + "\n";
  }

 private:
  heddle::Mutex mu_;
  std::string text_;
};

void Import(Database& database, Journal& journal, int rows) {
  Database::Session session(database);
  session.Insert(rows);
  journal.Note("imported");
}

void Export(Database& database, Journal& journal) {
  Database::Session session(database);
  journal.Exclusively([&session] {
    return "exported " + std::to_string(session.Count());
  });
}

int main() {
  Database database;
  Journal journal;
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int i = 0; i < 5000; ++i) Import(database, journal, 2);
  });
  tasks.Go([&] {
    for (int i = 0; i < 5000; ++i) Export(database, journal);
  });
  tasks.Wait();
  std::printf("done\n");
}
