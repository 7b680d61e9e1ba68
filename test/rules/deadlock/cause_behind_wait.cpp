// RUN: %expect %s
// Long before the two are blocked nothing can end main's wait any more; what is
// told is why they do not end.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> salt, pepper;
  heddle::Mutex table;
  int seated = 0;
  heddle::WaitGroup guests;
  auto sit = [&] {
    heddle::MutexLock lock(table);
    ++seated;
  };
  guests.Go([&] {
    sit();
    salt.Send(1);  // want: deadlock "and so 'main' never goes on either" want: leaked-task "sending on 'salt'"
    pepper.Recv();
  });
  guests.Go([&] {
    sit();
    pepper.Send(1);  // want: leaked-task "sending on 'pepper'"
    salt.Recv();
  });
  guests.Wait();
}
