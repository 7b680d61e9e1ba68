// What: A console calls the handler of a command with its table locked; the handler of "alias" adds a command to the table, which takes the lock again.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

using Handler = std::function<void(const std::string& argument)>;

class Console {
 public:
  void Register(const std::string& command, Handler handler) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    handlers_[command] = std::move(handler);
  }

  // True when `line` is a known command.
  bool Execute(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string command = line.substr(0, space);
    const std::string argument = space == std::string::npos ? "" : line.substr(space + 1);

    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    auto it = handlers_.find(command);
    if (it == handlers_.end()) return false;
    it->second(argument);  // bug: double-lock, deadlock
    return true;
  }

 private:
  heddle::Mutex mu_;
  std::map<std::string, Handler> handlers_;
};

class Shell {
 public:
  Shell() {
    console_.Register("echo", [](const std::string& text) { std::printf("%s\n", text.c_str()); });
    console_.Register("alias", [this](const std::string& name) { Alias(name); });  // bug: double-lock, deadlock
  }

  void Run(const heddle::RecvChannel<std::string>& lines) {
    for (const std::string& line : lines) {
      if (!console_.Execute(line)) std::printf("what is %s?\n", line.c_str());  // bug: double-lock, deadlock
    }
  }

 private:
  void Alias(const std::string& name) {
    console_.Register(name, [name](const std::string& text) {  // bug: double-lock, deadlock
      std::printf("(%s) %s\n", name.c_str(), text.c_str());
    });
  }

  Console console_;
};

int main() {
  heddle::Channel<std::string> lines(8);
  for (const char* line : {"echo hello", "shout hello", "alias shout", "shout hello"}) {
    lines.Send(line);
  }
  lines.Close();

  Shell shell;
  heddle::WaitGroup task;
  task.Go([&] { shell.Run(lines); });
  task.Wait();  // bug: deadlock
}
