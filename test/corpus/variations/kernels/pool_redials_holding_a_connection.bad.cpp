// What: A pool drops its lock while it dials a broken connection again and retakes it with that connection still locked; a second user holds the pool and waits for the connection.
// Run: hang-some
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
    std::unique_lock<heddle::Mutex> pool(mu_);  // bug: lock-order, deadlock
    std::shared_ptr<Connection> connection = Lookup(host);
    std::unique_lock<heddle::Mutex> own(connection->mu);  // bug: lock-order, deadlock
    if (connection->broken) {
      pool.unlock();
      connection->Dial();
      pool.lock();  // bug: lock-order, deadlock
    }
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
      for (int i = 0; i < 100; ++i) pool.Ping("db-1");  // bug: lock-order, deadlock
    });
  }
  tasks.Wait();
  std::printf("%d pings\n", pool.pings());
}
