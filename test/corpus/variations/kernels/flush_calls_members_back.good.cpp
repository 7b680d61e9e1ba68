// What: A greenhouse hub takes its coalesced alarms out under the outbox lock and acknowledges the sensors after it has dropped it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <utility>
#include <vector>

struct Alarm {
  int sensor;
  int celsius;
};

class Hub;

class Sensor {
 public:
  Sensor(int id, Hub& hub) : id_(id), hub_(hub) {}

  void Sample(int celsius) {
    heddle::MutexLock lock(mu_);
    ++samples_;
    RecordLocked(celsius);
  }

  void Acknowledge() {
    heddle::MutexLock lock(mu_);
    ++acknowledged_;
  }

 private:
  void RecordLocked(int celsius) {
    heddle::MutexLock lock(history_mu_);
    history_.push_back(celsius);
    for (int step = 1; step <= 2; ++step) {
      if (!CoalesceAlarm(celsius - step)) return;
    }
  }

  bool CoalesceAlarm(int excess);

  const int id_;
  Hub& hub_;
  heddle::Mutex mu_;
  int samples_ = 0;
  int acknowledged_ = 0;
  heddle::Mutex history_mu_;
  std::vector<int> history_;
};

class Hub {
 public:
  Sensor& Add(int id) {
    return *sensors_.emplace(id, std::make_unique<Sensor>(id, *this)).first->second;
  }

  void Queue(const Alarm& alarm) {
    heddle::MutexLock lock(outbox_mu_);
    outbox_.push_back(alarm);
  }

  // Sends what has come together since the last flush.
  int Flush() {
    std::vector<Alarm> outbox;
    {
      heddle::MutexLock lock(outbox_mu_);
      outbox.swap(outbox_);
    }
    int sent = 0;
    for (const Alarm& alarm : outbox) sent += Send(alarm);
    return sent;
  }

 private:
  int Send(const Alarm& alarm) {
    for (auto& [id, sensor] : sensors_) {
      if (id <= alarm.sensor) sensor->Acknowledge();
    }
    return 1;
  }

  std::map<int, std::unique_ptr<Sensor>> sensors_;  // filled before the first task runs
  heddle::Mutex outbox_mu_;
  std::vector<Alarm> outbox_;
};

bool Sensor::CoalesceAlarm(int excess) {
  if (excess < 30) return false;
  hub_.Queue({id_, excess});
  return true;
}

int main() {
  Hub hub;
  Sensor& door = hub.Add(1);
  Sensor& roof = hub.Add(2);
  int sent = 0;

  heddle::WaitGroup tasks;
  for (Sensor* sensor : {&door, &roof}) {
    tasks.Go([sensor] {
      for (int i = 0; i < 5000; ++i) sensor->Sample(25 + i % 20);
    });
  }
  tasks.Go([&] {
    for (int i = 0; i < 2000; ++i) sent += hub.Flush();
  });
  tasks.Wait();
  std::printf("%d alarms sent\n", sent + hub.Flush());
}
