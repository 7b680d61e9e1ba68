// RUN: %expect %s
#include <heddle/heddle.h>

class Feed {
 public:
  ~Feed() { Stop(); }
  void Stop() { items_.Close(); }  // want: double-close "'items_' is closed a second time"
  void Put(int item) { items_.Send(item); }

 private:
  heddle::Channel<int> items_{4};
};

void Use() {
  Feed feed;
  feed.Put(1);
  feed.Stop();  // and again as it is destroyed
}
