// RUN: %expect %s
// What a pointer is set to at some index of a container, or in a loop by
// reference, is there afterwards.
#include <heddle/heddle.h>

#include <array>
#include <memory>
#include <utility>

struct Parcel {
  int grams;
};

class Shelf {
 public:
  void Put(std::unique_ptr<Parcel> parcel) {
    places_[(first_ + used_) % 4] = std::move(parcel);
    ++used_;
  }
  std::unique_ptr<Parcel> Take() {
    std::unique_ptr<Parcel> parcel = std::move(places_[first_]);
    first_ = (first_ + 1) % 4;
    --used_;
    return parcel;
  }

 private:
  std::array<std::unique_ptr<Parcel>, 4> places_{};
  int first_ = 0, used_ = 0;
};

int main() {
  Shelf shelf;
  heddle::Channel<int> never;
  shelf.Put(std::make_unique<Parcel>());
  shelf.Put(nullptr);
  if (!shelf.Take()) never.Recv();
  if (!shelf.Take()) never.Recv();  // want: deadlock error "'main' can wait for ever"
}
