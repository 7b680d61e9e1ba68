// RUN: %expect %s
#include <heddle/heddle.h>

class Post {
 public:
  void Put(int n) {
    letters_.Send(n);  // want: deadlock "sending on 'letters_'"
  }
  int Take() { return letters_.Recv().value_or(0); }

 private:
  heddle::Channel<int> letters_;
};

void Deliver(Post& post) { post.Put(1); }

int Alone() {
  Post post;
  Deliver(post);
  return post.Take();
}

// A task that waits for a context that nobody cancels, and a wait for the task.
void Watch(const heddle::Context& ctx) {
  ctx.Done().Recv();  // want: deadlock "receiving from 'ctx'" want: leaked-task "receiving from 'ctx'"
}

void Guard() {
  heddle::WaitGroup wg;
  wg.Go([] { Watch(heddle::Background()); });
  wg.Wait();
}
