// fork, in a goroutine and on main's thread, while others run:
//   exec   the child runs another program, or ends with _exit: both as without a runtime
//   use    the child goes on to use goroutines: it is told, and does not hang
//   park   the same, where the forking goroutine parks in the child
#include <heddle/heddle.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

int StatusOf(pid_t child) {
  int status = -1;
  heddle::Blocking([&] { return waitpid(child, &status, 0); });
  return status;
}

void ExecAndExit() {
  pid_t child = fork();
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", "exit 5", static_cast<char*>(nullptr));
    _exit(1);
  }
  int status = StatusOf(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 5) std::abort();
  child = fork();
  if (child == 0) _exit(6);
  status = StatusOf(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 6) std::abort();
}

}  // namespace

int main(int, char** argv) {
  heddle::Channel<int> c;
  for (int i = 0; i < 4; ++i) {
    heddle::go([c] {
      for (;;) {
        c.Send(1);
        heddle::Yield();
      }
    });
    heddle::go([c] {
      for (;;) c.Recv();
    });
  }
  heddle::WaitGroup wg;
  if (std::strcmp(argv[1], "exec") == 0) {
    for (int i = 0; i < 5; ++i) {
      wg.Go(ExecAndExit);
      ExecAndExit();
    }
    wg.Wait();
  } else if (std::strcmp(argv[1], "use") == 0) {
    const pid_t child = fork();
    if (child == 0) {
      heddle::go([] {});
      _exit(0);
    }
    if (!WIFSIGNALED(StatusOf(child))) return 1;
  } else {
    wg.Go([] {
      const pid_t child = fork();
      if (child == 0) {
        heddle::Yield();
        _exit(0);
      }
      if (!WIFSIGNALED(StatusOf(child))) std::abort();
    });
    wg.Wait();
  }
  std::printf("done\n");
}
