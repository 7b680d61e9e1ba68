// RUN: %expect %s
// A pointer that has led to a lock is not null afterwards, nor is one that was set
// to an object, whatever it was before.
#include <memory>
#include <mutex>

struct Chest {
  std::mutex lid;
  int coins = 0;
};

Chest hold;

void SetToAnObject() {
  Chest* chest = nullptr;
  chest = &hold;
  chest->lid.lock();
  if (chest) chest->lid.unlock();
}

void SetToANewOne() {
  Chest* chest = nullptr;
  chest = new Chest;
  chest->lid.lock();
  if (chest != nullptr) chest->lid.unlock();
}

void OwnsANewOne() {
  std::unique_ptr<Chest> chest;
  chest = std::make_unique<Chest>();
  chest->lid.lock();
  if (chest) chest->lid.unlock();
}

void OwnsOneEachTurn(int turns) {
  for (int i = 0; i < turns; ++i) {
    auto chest = std::make_unique<Chest>();
    chest->lid.lock();
    if (chest) chest->lid.unlock();
  }
}

void TakesOver(std::unique_ptr<Chest> other) {
  std::unique_ptr<Chest> chest;
  chest = std::move(other);
  chest->lid.lock();
  if (chest) chest->lid.unlock();
}

void IsGivenOne(Chest* chest) {
  chest->lid.lock();
  if (!chest) return;
  ++chest->coins;
  chest->lid.unlock();
}

void IsGivenAMutex(std::mutex* lid) {
  lid->lock();
  if (lid) lid->unlock();
}

// The same question twice.
void PerhapsOne(bool open) {
  Chest* chest = nullptr;
  if (open) chest = &hold;
  if (chest) chest->lid.lock();
  if (chest) chest->lid.unlock();
}

// A lock that need not be there.
void Counts(Chest& chest, std::mutex* lid) {
  if (lid) lid->lock();
  ++chest.coins;
  if (lid) lid->unlock();
}

class Purse {
 public:
  explicit Purse(std::mutex* lid) : lid_(lid) {}
  void Add(int coins) {
    if (lid_ != nullptr) lid_->lock();
    coins_ += coins;
    if (lid_ != nullptr) lid_->unlock();
  }

 private:
  std::mutex* lid_;
  int coins_ = 0;
};

void Returns(std::mutex* lid, bool open) {
  if (lid) lid->lock();
  if (open) return;  // want: missing-unlock "'lid' is still held"
  if (lid) lid->unlock();
}

// It may well be another question.
void OtherQuestion(Chest* chest, bool open) {
  chest->lid.lock();
  if (open) chest->lid.unlock();
}  // want: missing-unlock "'chest.lid' is still held"
