// That the fixture sees what a test leaves.
#include "large_stack.h"
#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(InsideTest);

TEST_P(InsideTest, SeesWhatIsLeft) {
  EXPECT_EQ(AwaitNothingLeft(), "");
  Channel<Unit> stop;
  go([=] { stop.Recv(); });
  AwaitParked(WaitReason::kChanReceive, 1);
  EXPECT_EQ(CountParked(WaitReason::kChanReceive), 1);
  EXPECT_EQ(CountParked(WaitReason::kChanSend), 0);
  EXPECT_EQ(Left(), "1 goroutine(s)");
  stop.Close();
  EXPECT_EQ(AwaitNothingLeft(), "");
  Timer timer(1h);
  EXPECT_EQ(Left(), "timer(s)");
  timer.Stop();
  internal::Stack* large = internal::MakeLargeStack(1 << 20);
  EXPECT_EQ(Left(), "1 large stack(s), ");
  internal::FreeLargeStack(large);
  EXPECT_EQ(AwaitNothingLeft(), "");
}

}  // namespace
}  // namespace heddle
