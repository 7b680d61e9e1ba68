// What: A lift is a state machine that listens for calls only while it stands, by selecting on the nil channel while it moves.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <optional>

enum class LiftState { kStanding, kMoving, kOff };

class Lift {
 public:
  heddle::SendChannel<int> Calls() const { return calls_; }
  heddle::SendChannel<heddle::Unit> Power() const { return power_; }

  void Run() {
    while (state_ != LiftState::kOff) {
      heddle::RecvChannel<int> calls = heddle::RecvChannel<int>::Nil();
      heddle::RecvChannel<heddle::TimePoint> arrival;
      if (state_ == LiftState::kStanding) {
        calls = calls_;
      } else {
        arrival = heddle::After(std::chrono::microseconds(50));
      }
      heddle::Select(heddle::OnRecv(calls, [this](std::optional<int> floor) { Depart(*floor); }),
                     heddle::OnRecv(arrival, [this](auto) { Arrive(); }),
                     heddle::OnRecv(power_, [this](auto) { off_ = true; }));
      if (off_ && state_ == LiftState::kStanding) state_ = LiftState::kOff;
    }
    gone_.Close();
  }

  // Whether the call was taken; false when the lift is out of order.
  bool Call(int floor) {
    return heddle::Select(heddle::OnSend(calls_, floor), heddle::OnRecv(gone_)) == 0;
  }

  int rides() const { return rides_; }

 private:
  void Depart(int floor) {
    target_ = floor;
    state_ = LiftState::kMoving;
  }
  void Arrive() {
    at_ = target_;
    ++rides_;
    state_ = LiftState::kStanding;
  }

  LiftState state_ = LiftState::kStanding;
  heddle::Channel<int> calls_;
  heddle::Channel<heddle::Unit> power_{1};
  heddle::Channel<heddle::Unit> gone_;
  bool off_ = false;
  int at_ = 0;
  int target_ = 0;
  int rides_ = 0;
};

int main() {
  Lift lift;
  heddle::WaitGroup house;
  house.Go(&Lift::Run, &lift);
  int taken = 0;
  for (int floor : {3, 1, 5}) taken += lift.Call(floor);
  lift.Power().Send({});
  taken += lift.Call(9);
  house.Wait();
  std::printf("every call was a ride: %d\n", taken == lift.rides());
}
