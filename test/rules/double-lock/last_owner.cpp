// RUN: %expect %s
// What only the last owner does: not every owner who goes while the lock is held is the last.
#include <atomic>
#include <mutex>

struct Page {
  std::atomic<int> readers{0};
  Page* next = nullptr;
};

class Library {
 public:
  void PutBack(Page* page) {
    std::lock_guard<std::mutex> lock(mu);  // want: double-lock "'mu' is acquired again while it is held since line 19"
    page->next = spare;
    spare = page;
  }
  void PutBackNow(Page* page) {
    std::lock_guard<std::mutex> lock(mu);
    if (page->readers.fetch_sub(1) == 1) PutBack(page);
  }
  std::mutex mu;
  Page* spare = nullptr;
};

class Reading {
 public:
  Reading(Page* page, Library* library) : page_(page), library_(library) { ++page_->readers; }
  ~Reading() {
    if (page_ == nullptr) return;
    const int left = --page_->readers;
    if (left == 0) library_->PutBack(page_);
  }

 private:
  Page* page_;
  Library* library_;
};

void Look(Library& library) {
  std::lock_guard<std::mutex> lock(library.mu);
  Reading first(library.spare, &library);
  Reading second(library.spare, &library);
}
