// What: A vent that is shut down stops its probe with a send while it holds the vent's lock; the probe may be waiting for that lock to store a reading.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

using Stop = heddle::Channel<heddle::Unit>;

// The probe of one vent, as far as its owner sees it.
class Health {
 public:
  Stop Open() {
    stop_ = std::make_unique<Stop>();
    return *stop_;
  }

  void Shut() {
    if (!stop_) return;
    stop_->Send(heddle::Unit{});  // bug: blocking-under-lock, deadlock
    stop_.reset();
  }

 private:
  std::unique_ptr<Stop> stop_;
};

struct Vent {
  heddle::Mutex mu;
  Health health;
  int degrees = 0;
};

class Greenhouse {
 public:
  std::shared_ptr<Vent> Find(const std::string& name) {
    heddle::MutexLock lock(mu_);
    std::shared_ptr<Vent>& vent = vents_[name];
    if (!vent) vent = std::make_shared<Vent>();
    return vent;
  }

  void VentChanged(const std::string& name, bool open) {
    std::shared_ptr<Vent> vent = Find(name);
    heddle::MutexLock lock(vent->mu);  // bug: blocking-under-lock, deadlock
    UpdateProbe(vent, open);  // bug: blocking-under-lock, deadlock
  }

  void Wait() { probes_.Wait(); }

 private:
  void UpdateProbe(const std::shared_ptr<Vent>& vent, bool open) {
    if (open) {
      Stop stop = vent->health.Open();
      probes_.Go([vent, stop] { Probe(*vent, stop); });  // bug: deadlock, leaked-task
    } else {
      vent->health.Shut();
    }
  }

  static void Probe(Vent& vent, const heddle::RecvChannel<heddle::Unit>& stop) {
    for (bool stopped = false; !stopped;) {
      heddle::Select(heddle::OnRecv(stop, [&](auto) { stopped = true; }),
                     heddle::OnDefault([&] { Store(vent); }));
      heddle::Yield();
    }
  }

  static void Store(Vent& vent) {
    heddle::MutexLock lock(vent.mu);  // bug: blocking-under-lock, deadlock
    ++vent.degrees;
  }

  heddle::Mutex mu_;
  std::map<std::string, std::shared_ptr<Vent>> vents_;
  heddle::WaitGroup probes_;
};

int main() {
  Greenhouse house;
  for (int day = 0; day < 50; ++day) {
    house.VentChanged("roof", true);
    heddle::Yield();
    house.VentChanged("roof", false);
  }
  house.Wait();
  std::printf("probes are gone\n");
}
