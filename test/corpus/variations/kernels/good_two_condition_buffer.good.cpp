// What: A ring buffer with one condition for room and one for data, each signalled by the other side; a poison value that each consumer puts back ends them all.
// Run: clean
#include <array>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace {

template <class T, std::size_t N>
class RingBuffer {
 public:
  void Put(T value) {
    std::unique_lock lock(mu_);
    while (size_ == N) has_room_.wait(lock);
    slots_[(first_ + size_) % N] = std::move(value);
    ++size_;
    lock.unlock();
    has_data_.notify_one();
  }

  T Take() {
    std::unique_lock lock(mu_);
    has_data_.wait(lock, [this] { return size_ > 0; });
    T value = std::move(slots_[first_]);
    first_ = (first_ + 1) % N;
    --size_;
    lock.unlock();
    has_room_.notify_one();
    return value;
  }

 private:
  std::mutex mu_;
  std::condition_variable has_room_;
  std::condition_variable has_data_;
  std::array<T, N> slots_{};
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

struct Parcel {
  int weight = 0;
};
using ParcelPtr = std::unique_ptr<Parcel>;
using Belt = RingBuffer<ParcelPtr, 4>;

// Takes parcels until the empty one, which it leaves for the next consumer.
int Weigh(Belt& belt) {
  int total = 0;
  while (ParcelPtr parcel = belt.Take()) total += parcel->weight;
  belt.Put(nullptr);
  return total;
}

}  // namespace

int main() {
  Belt belt;
  std::vector<int> totals(3);
  std::vector<std::thread> scales;
  for (int& total : totals) {
    scales.emplace_back([&belt, &total] { total = Weigh(belt); });
  }
  std::vector<std::thread> loaders;
  for (int loader = 0; loader < 2; ++loader) {
    loaders.emplace_back([&belt, loader] {
      for (int i = 0; i < 60; ++i) belt.Put(std::make_unique<Parcel>(Parcel{i % 7 + loader}));
    });
  }
  for (std::thread& thread : loaders) thread.join();
  belt.Put(nullptr);
  for (std::thread& thread : scales) thread.join();
  std::printf("%d\n", std::accumulate(totals.begin(), totals.end(), 0));
}
