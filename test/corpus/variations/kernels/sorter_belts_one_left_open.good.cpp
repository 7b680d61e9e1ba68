// What: A sorter hands work to belts that each have a channel and closes every belt, also one that got nothing.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

struct Parcel {
  std::string town;
  int grams;
};

class Belt {
 public:
  explicit Belt(std::string label) : label_(std::move(label)) {}

  void Put(Parcel parcel) { parcels_.Send(std::move(parcel)); }
  void Close() { parcels_.Close(); }

  void Run() {
    for (const Parcel& parcel : parcels_) grams_ += parcel.grams;
    std::printf("belt %s: %d grams\n", label_.c_str(), grams_);
  }

 private:
  std::string label_;
  heddle::Channel<Parcel> parcels_;
  int grams_ = 0;
};

class Sorter {
 public:
  explicit Sorter(const std::vector<std::string>& labels) {
    for (const std::string& label : labels) belts_.emplace_back(label);
  }

  void Start() {
    for (Belt& belt : belts_) {
      crew_.Go([&belt] { belt.Run(); });
    }
  }

  void Sort(const std::vector<Parcel>& parcels) {
    std::set<std::size_t> used;
    for (const Parcel& parcel : parcels) {
      const std::size_t at = parcel.town.size() % belts_.size();
      belts_[at].Put(parcel);
      used.insert(at);
    }
    std::printf("%zu belts used\n", used.size());
    for (Belt& belt : belts_) belt.Close();
  }

  void Wait() {
    crew_.Wait();
  }

 private:
  std::vector<Belt> belts_;
  heddle::WaitGroup crew_;
};

int main() {
  Sorter sorter({"A", "B", "C"});
  sorter.Start();
  sorter.Sort({{"Ulm", 120}, {"Hof", 80}, {"Bonn", 300}, {"Gera", 45}});
  sorter.Wait();
}
