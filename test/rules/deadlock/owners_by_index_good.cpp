// RUN: %expect %s
// As owners_by_index.cpp.
#include <heddle/heddle.h>

#include <memory>
#include <vector>

struct Parcel {
  int grams;
};

int main() {
  heddle::Channel<int> never;
  std::vector<std::unique_ptr<Parcel>> owned(4);
  std::vector<std::shared_ptr<Parcel>> shared(4);
  std::vector<Parcel*> plain(4);
  Parcel parcel;
  owned[1] = std::make_unique<Parcel>();
  shared[1] = std::make_shared<Parcel>();
  plain[1] = &parcel;
  if (!owned[1]) never.Recv();
  if (!shared[1]) never.Recv();
  if (!plain[1]) never.Recv();
  for (auto& one : owned) one = std::make_unique<Parcel>();
  for (auto& one : owned)
    if (!one) never.Recv();
  owned[2].reset();
  if (owned[2]) never.Recv();
  if (!owned[3]) never.Recv();
  shared[1] = nullptr;
  if (shared[1]) never.Recv();
}
