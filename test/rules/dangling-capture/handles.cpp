// RUN: %expect %s
// A pointer, handle or callable that is captured by reference is looked at
// itself, however long what it refers to lives.
#include <heddle/heddle.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct Parcel {
  int weight = 0;
};

void Weigh(int weight);

void WeighAll(const std::vector<Parcel*>& parcels) {
  heddle::WaitGroup scales;
  for (Parcel* parcel : parcels) {
    scales.Go([&] { Weigh(parcel->weight); });  // want: dangling-capture "uses 'parcel'"
  }
  scales.Wait();
}

void WeighShared(const std::vector<std::shared_ptr<Parcel>>& parcels) {
  heddle::WaitGroup scales;
  for (auto parcel : parcels) {  // note: "'parcel' is declared here"
    scales.Go([&parcel] { Weigh(parcel->weight); });  // want: dangling-capture "uses 'parcel'"
  }
  scales.Wait();
}

void WeighByNumber(std::vector<Parcel>& parcels, int count) {
  heddle::WaitGroup scales;
  for (int number = 0; number < count; ++number) {
    Parcel* const parcel = &parcels[number];
    scales.Go([&parcel] { Weigh(parcel->weight); });  // want: dangling-capture "uses 'parcel'"
  }
  scales.Wait();
}

void Announce(heddle::Channel<int> arrivals) {
  heddle::go([&] { arrivals.Send(1); });  // want: dangling-capture "uses 'arrivals'"
}

void Keep(std::shared_ptr<Parcel> parcel) {
  heddle::go([&] { Weigh(parcel->weight); });  // want: dangling-capture "uses 'parcel'"
}

void Each(heddle::WaitGroup& scales, std::function<void(int)> weigh) {
  for (int number = 0; number < 3; ++number) {
    scales.Go([&weigh, number] { weigh(number); });  // want: dangling-capture "uses 'weigh'"
  }
}

// Copies of the pointer and of the handle.
void WeighCopies(const std::vector<Parcel*>& parcels,
                 const std::vector<std::shared_ptr<Parcel>>& shared) {
  heddle::WaitGroup scales;
  for (Parcel* parcel : parcels) {
    scales.Go([parcel] { Weigh(parcel->weight); });
    scales.Go([=] { Weigh(parcel->weight); });
    scales.Go([mine = parcel] { Weigh(mine->weight); });
  }
  for (const auto& parcel : shared) scales.Go([parcel] { Weigh(parcel->weight); });
  scales.Wait();
}
void AnnounceByCopy(heddle::Channel<int> arrivals) {
  heddle::go([arrivals]() mutable { arrivals.Send(1); });
}

// References to what stays.
void WeighReferences(std::vector<std::shared_ptr<Parcel>>& shared, heddle::Channel<int>& arrivals) {
  heddle::WaitGroup scales;
  for (auto& parcel : shared) scales.Go([&] { Weigh(parcel->weight); });
  scales.Wait();
  heddle::go([&] { arrivals.Send(1); });
}

// Waited for in time.
void WeighOne(std::shared_ptr<Parcel> parcel) {
  heddle::Channel<int> weighed;
  heddle::go([&] {
    Weigh(parcel->weight);
    weighed.Send(1);
  });
  weighed.Recv();
}
void WeighInTurn(const std::vector<Parcel*>& parcels) {
  for (Parcel* parcel : parcels) {
    heddle::WaitGroup scales;
    scales.Go([&] { Weigh(parcel->weight); });
    scales.Wait();
  }
}
void WeighBehind(Parcel* parcel) {
  heddle::WaitGroup scales;
  for (int turn = 0; turn < 3; ++turn) scales.Go([&] { Weigh(parcel->weight); });
  scales.Wait();
}

// A lambda that nobody spawns.
int Total(const std::vector<Parcel*>& parcels) {
  int sum = 0;
  for (Parcel* parcel : parcels) {
    auto add = [&] { sum += parcel->weight; };
    add();
  }
  return sum;
}
