// RUN: %expect %s
// What is compared with nullptr or nullopt is there or not.
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

struct Call {
  heddle::Channel<heddle::Unit> done;
  int answer = 0;
};

void Pointers() {
  heddle::Channel<int> never;
  std::shared_ptr<Call> call;
  auto made = std::make_unique<Call>();
  if (call != nullptr) never.Recv();
  if (nullptr == made) never.Recv();
  call = std::make_shared<Call>();
  if (call == nullptr) never.Recv();
  if (made != nullptr) never.Recv();  // want: deadlock error "'Pointers' can wait for ever"
}

void Others(int n) {
  heddle::Channel<int> never;
  std::optional<int> amount;
  if (amount != std::nullopt) never.Recv();
  amount = n;
  if (amount == std::nullopt) never.Recv();
  if (std::nullopt != amount) never.Recv();  // want: deadlock "'Others' can wait for ever"
}

// The first that asks works for all who ask meanwhile.
class Desk {
 public:
  int Ask(const std::string& what, bool fails) {
    std::shared_ptr<Call> call;
    bool leads = false;
    {
      heddle::MutexLock lock(mu_);
      std::shared_ptr<Call>& slot = calls_[what];
      leads = slot == nullptr;
      if (leads) slot = std::make_shared<Call>();
      call = slot;
    }
    if (!leads) {
      call->done.Recv();  // want: leaked-task "nothing sends or closes it"
      // want@-1: deadlock "'main' never goes on either"
      return call->answer;
    }
    if (fails) return -1;
    call->answer = 1;
    call->done.Close();
    return 1;
  }

 private:
  heddle::Mutex mu_;
  std::map<std::string, std::shared_ptr<Call>> calls_;
};

int main() {
  Desk desk;
  heddle::WaitGroup askers;
  for (int i = 0; i < 2; ++i) askers.Go([&desk] { desk.Ask("map", true); });
  askers.Wait();  // note: "waits for ever"
}
