// What: A getter waits for the first load before it takes the lock; the loader takes that lock to store what it loaded.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

struct Settings {
  std::string host = "localhost";
  int port = 0;
};

class SettingsStore {
 public:
  Settings Get() {
    loaded_.Recv();
    heddle::MutexLock lock(mu_);
    return settings_;
  }

  void Load() {
    Settings fresh;
    fresh.port = 8080;
    {
      heddle::MutexLock lock(mu_);
      settings_ = fresh;
    }
    loaded_.Close();
  }

 private:
  heddle::Mutex mu_;
  Settings settings_;
  heddle::Channel<heddle::Unit> loaded_;
};

class Server {
 public:
  explicit Server(SettingsStore& store) : store_(store) {}
  void Start() {
    loader_.Go([this] { store_.Load(); });
  }
  void Listen() {
    const Settings settings = store_.Get();
    std::printf("%s:%d\n", settings.host.c_str(), settings.port);
  }
  void Stop() { loader_.Wait(); }

 private:
  SettingsStore& store_;
  heddle::WaitGroup loader_;
};

int main() {
  SettingsStore store;
  Server server(store);
  server.Start();
  server.Listen();
  server.Stop();
}
