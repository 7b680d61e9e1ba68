// What: A spooler's purge takes the lock and returns without letting it go when no job was cancelled; the next job that is handed in waits for ever.
// Run: deadlock
#include <cstddef>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

class Chore {
 public:
  virtual ~Chore() = default;
  virtual bool Run() = 0;  // true when there was something to do
};

class Spooler {
 public:
  void HandIn(std::string job) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: deadlock, missing-unlock
    jobs_.push_back({std::move(job), false});
  }

  void Cancel(const std::string& job) {
    std::lock_guard<std::mutex> lock(mu_);
    for (Job& queued : jobs_) {
      if (queued.name != job || queued.cancelled) continue;
      queued.cancelled = true;
      ++cancelled_;
    }
  }

  // Drops the cancelled jobs; false when there are none.
  bool Purge() {
    mu_.lock();  // bug: missing-unlock, deadlock
    if (cancelled_ == 0) {
      return false;  // bug: missing-unlock, deadlock
    }
    std::erase_if(jobs_, [](const Job& job) { return job.cancelled; });
    cancelled_ = 0;
    mu_.unlock();
    return true;
  }

  std::size_t Count() {
    std::lock_guard<std::mutex> lock(mu_);
    return jobs_.size();
  }

 private:
  struct Job {
    std::string name;
    bool cancelled;
  };
  std::mutex mu_;
  std::vector<Job> jobs_;
  int cancelled_ = 0;
};

class PurgeChore : public Chore {
 public:
  explicit PurgeChore(Spooler& spooler) : spooler_(spooler) {}
  bool Run() override { return spooler_.Purge(); }

 private:
  Spooler& spooler_;
};

// Runs every chore until none of them has anything left to do.
void RunChores(const std::vector<std::unique_ptr<Chore>>& chores) {
  for (bool busy = true; busy;) {
    busy = false;
    for (const auto& chore : chores) busy = chore->Run() || busy;  // bug: missing-unlock, deadlock
  }
}

int main() {
  Spooler spooler;
  spooler.HandIn("letter");
  spooler.HandIn("poster");

  std::vector<std::unique_ptr<Chore>> chores;
  chores.push_back(std::make_unique<PurgeChore>(spooler));
  std::thread janitor([&] { RunChores(chores); });
  janitor.join();

  std::thread clerk([&] {
    spooler.HandIn("ticket");  // bug: deadlock, missing-unlock
  });
  clerk.join();
  std::printf("%zu jobs\n", spooler.Count());
}
