// What: A downloader locks one mutex per address, made on demand in a registry; it lets the registry go before it waits for the address's mutex.
// Run: clean
#include <atomic>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// One mutex for every address that is being fetched.
class AddressLocks {
 public:
  void Lock(const std::string& address) {
    std::unique_lock<std::shared_mutex> registry(mu_);
    std::unique_ptr<std::mutex>& entry = entries_[address];
    if (!entry) entry = std::make_unique<std::mutex>();
    std::mutex& wanted = *entry;
    registry.unlock();
    wanted.lock();
  }

  void Unlock(const std::string& address) {
    std::shared_lock<std::shared_mutex> registry(mu_);
    auto it = entries_.find(address);
    if (it != entries_.end()) it->second->unlock();
  }

 private:
  std::shared_mutex mu_;
  std::map<std::string, std::unique_ptr<std::mutex>> entries_;
};

class AddressGuard {
 public:
  AddressGuard(AddressLocks& locks, std::string address)
      : locks_(locks), address_(std::move(address)) {
    locks_.Lock(address_);
  }
  ~AddressGuard() { locks_.Unlock(address_); }
  AddressGuard(const AddressGuard&) = delete;
  AddressGuard& operator=(const AddressGuard&) = delete;

 private:
  AddressLocks& locks_;
  const std::string address_;
};

class Downloader {
 public:
  int Fetch(const std::string& address) {
    AddressGuard guard(locks_, address);
    fetched_ += static_cast<int>(address.size());
    std::this_thread::yield();
    return fetched_;
  }

 private:
  AddressLocks locks_;
  std::atomic<int> fetched_{0};
};

int main() {
  Downloader downloader;
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 200; ++turn) most = downloader.Fetch("maps/north");
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%d bytes\n", most.load());
}
