// RUN: %expect %s
// A function that sometimes receives and sometimes says no: its loop need not
// end with a close, but this one waits where nobody sends any more.
#include <heddle/heddle.h>

class Larder {
 public:
  bool Fetch(heddle::RecvChannel<heddle::Unit> shut) {
    if (heddle::Select(heddle::OnRecv(shut), heddle::OnDefault()) == 0) return false;
    return jars_.Recv().has_value();  // want: deadlock "jars_" want: leaked-task "jars_"
  }
  void Fill(int jars) {
    for (int i = 0; i < jars; ++i) jars_.Send(i);
  }

 private:
  heddle::Channel<int> jars_;
};

int main() {
  Larder larder;
  heddle::Channel<heddle::Unit> shut;
  heddle::WaitGroup cooks;
  cooks.Go([&larder, shut] {
    while (larder.Fetch(shut)) {
    }
  });
  larder.Fill(2);
  shut.Close();
  cooks.Wait();
}
