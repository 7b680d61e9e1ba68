// Every turn of a loop looks up another key: that the first was there says
// nothing of the next.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <string>
#include <vector>

class Orchard {
 public:
  void Plant(const std::string& row, int trees) { rows_[row] = trees; }

  bool PickAll(const std::vector<std::string>& wanted) {
    heddle::WaitGroup pickers;
    for (const std::string& row : wanted) {
      auto found = rows_.find(row);
      if (found == rows_.end()) return false;  // note: "goes out of scope here without a wait"
      pickers.Go([trees = found->second] { Pick(trees); });  // want: missing-wait "'pickers'"
    }
    pickers.Wait();
    return true;
  }

  // One row, looked up again and again: it is there each time or never.
  bool PickOften(const std::string& row, int times) {
    heddle::WaitGroup pickers;
    for (int i = 0; i < times; ++i) {
      auto found = rows_.find(row);
      if (found == rows_.end()) return false;
      pickers.Go([trees = found->second] { Pick(trees); });
    }
    pickers.Wait();
    return true;
  }

 private:
  static void Pick(int trees) {
    for (int i = 0; i < trees; ++i) heddle::Yield();
  }

  std::map<std::string, int> rows_;
};

// The second look-up may find nothing where the first did.
bool PickTwo(std::map<std::string, int>& rows, const std::string& a,
             const std::string& b) {
  heddle::WaitGroup pickers;
  auto found = rows.find(a);
  if (found == rows.end()) return false;
  pickers.Go([trees = found->second] {  // want: missing-wait "'pickers'"
    for (int i = 0; i < trees; ++i) heddle::Yield();
  });
  found = rows.find(b);
  if (found == rows.end()) return false;
  pickers.Wait();
  return true;
}

int main(int argc, char**) {
  Orchard orchard;
  orchard.Plant("plums", argc);
  bool all = orchard.PickAll({"plums", "pears"});
  return orchard.PickOften("plums", 3) && all;
}
