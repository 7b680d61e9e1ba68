// What: A pool gives its lock up for good before it dials a broken connection again, so it never takes it with the connection locked.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>

class Connection {
 public:
  heddle::Mutex mu;
  bool broken = true;
  void Dial() {
    heddle::Yield();
    broken = false;
  }
};

class Pool {
 public:
  void Ping(const std::string& host) {
    std::unique_lock<heddle::Mutex> pool(mu_);
    std::shared_ptr<Connection> connection = Lookup(host);
    pool.unlock();
    std::unique_lock<heddle::Mutex> own(connection->mu);
    if (connection->broken) {
      connection->Dial();
    }
    own.unlock();
    pool.lock();
    ++pings_;
  }

  int pings() {
    std::lock_guard<heddle::Mutex> lock(mu_);
    return pings_;
  }

 private:
  std::shared_ptr<Connection> Lookup(const std::string& host) {
    std::shared_ptr<Connection>& connection = connections_[host];
    if (!connection) connection = std::make_shared<Connection>();
    return connection;
  }

  heddle::Mutex mu_;
  std::map<std::string, std::shared_ptr<Connection>> connections_;
  int pings_ = 0;
};

int main() {
  Pool pool;
  heddle::WaitGroup tasks;
  for (int user = 0; user < 2; ++user) {
    tasks.Go([&pool] {
      for (int i = 0; i < 100; ++i) pool.Ping("db-1");
    });
  }
  tasks.Wait();
  std::printf("%d pings\n", pool.pings());
}
