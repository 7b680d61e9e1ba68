// What: Parcels go from desk to desk as unique pointers through channels; whoever holds one may change it without a lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Parcel {
  std::string to;
  std::vector<std::string> stamps;
};
using ParcelPtr = std::unique_ptr<Parcel>;

class Desk {
 public:
  Desk(std::string stamp, heddle::RecvChannel<ParcelPtr> in, heddle::SendChannel<ParcelPtr> out)
      : stamp_(std::move(stamp)), in_(std::move(in)), out_(std::move(out)) {}

  void operator()() {
    for (ParcelPtr& parcel : in_) {
      parcel->stamps.push_back(stamp_);
      out_.Send(std::move(parcel));
    }
    out_.Close();
  }

 private:
  std::string stamp_;
  heddle::RecvChannel<ParcelPtr> in_;
  heddle::SendChannel<ParcelPtr> out_;
};

// A chain of desks between `in` and the channel that is returned.
heddle::RecvChannel<ParcelPtr> Chain(heddle::WaitGroup& staff, heddle::RecvChannel<ParcelPtr> in,
                                     const std::vector<std::string>& stamps) {
  for (const std::string& stamp : stamps) {
    heddle::Channel<ParcelPtr> out;
    staff.Go(Desk(stamp, std::move(in), out));
    in = out;
  }
  return in;
}

int main() {
  heddle::WaitGroup staff;
  heddle::Channel<ParcelPtr> counter;
  heddle::RecvChannel<ParcelPtr> truck = Chain(staff, counter, {"weighed", "paid", "sorted"});
  staff.Go([counter] {
    for (const char* to : {"rome", "oslo", "kyiv"}) {
      auto parcel = std::make_unique<Parcel>();
      parcel->to = to;
      counter.Send(std::move(parcel));
    }
    counter.Close();
  });
  std::size_t stamps = 0;
  for (const ParcelPtr& parcel : truck) stamps += parcel->stamps.size();
  staff.Wait();
  std::printf("%zu stamps\n", stamps);
}
