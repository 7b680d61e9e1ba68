// RUN: %expect %s
#include <heddle/heddle.h>

#include <memory>
#include <utility>

// The function goes into an object; whoever has that has to call it.
class Draft {
 public:
  Draft(heddle::Context ctx, heddle::CancelFunc cancel) : ctx_(std::move(ctx)), cancel_(std::move(cancel)) {}
  void Discard() { cancel_(); }
  void Hold() { ctx_.Done().Recv(); }

 private:
  heddle::Context ctx_;
  heddle::CancelFunc cancel_;
};

std::shared_ptr<Draft> Open(const heddle::Context& parent) {
  auto [ctx, cancel] = heddle::WithCancel(parent);  // want: lost-cancel "when 'Forget' returns"
  return std::make_shared<Draft>(ctx, cancel);
}

void Forget(const heddle::Context& parent, int lines) {
  std::shared_ptr<Draft> draft = Open(parent);  // note: "called here"
  if (lines == 0) return;  // note: "the function is lost here"
  draft->Discard();
}

void Discard(Draft& draft) { draft.Discard(); }

void Remember(const heddle::Context& parent, int lines) {
  std::shared_ptr<Draft> draft = Open(parent);
  if (lines > 0) draft->Hold();
  Discard(*draft);
}

// A callee cancels on one of its ways only.
void CancelIf(heddle::CancelFunc cancel, bool really) {
  if (really) cancel();
}

void Maybe(const heddle::Context& parent, bool really) {
  auto [ctx, cancel] = heddle::WithCancel(parent);  // want: lost-cancel "when 'Maybe' returns"
  ctx.Err();
  CancelIf(cancel, really);
}

void Surely(const heddle::Context& parent) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  ctx.Err();
  CancelIf(cancel, true);
}
