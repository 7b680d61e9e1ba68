// What: An audit trail is written by a task; dropping the trail closes its channel and does not wait, so main may return before the last entries are written.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

class AuditTrail {
 public:
  AuditTrail() {
    heddle::go([entries = entries_] { Write(entries); });  // bug: unawaited-task
  }
  ~AuditTrail() {
    entries_.Close();
  }
  AuditTrail(const AuditTrail&) = delete;
  AuditTrail& operator=(const AuditTrail&) = delete;

  void Add(std::string entry) { entries_.Send(std::move(entry)); }

 private:
  static void Write(heddle::RecvChannel<std::string> entries) {
    int number = 0;
    for (const std::string& entry : entries) std::printf("%d %s\n", ++number, entry.c_str());
  }

  heddle::Channel<std::string> entries_{32};
};

class Vault {
 public:
  explicit Vault(std::shared_ptr<AuditTrail> trail) : trail_(std::move(trail)) {}

  bool Open(const std::string& who, int code) {
    const bool right = code == kCode;
    trail_->Add(who + (right ? " opened the vault" : " was refused"));
    return right;
  }

 private:
  static constexpr int kCode = 4711;
  std::shared_ptr<AuditTrail> trail_;
};

int main() {
  auto trail = std::make_shared<AuditTrail>();  // bug: unawaited-task
  Vault vault(trail);
  int opened = 0;
  for (int code = 4709; code < 4713; ++code) opened += vault.Open("night guard", code);
  std::printf("opened %d times\n", opened);
}  // bug: unawaited-task
