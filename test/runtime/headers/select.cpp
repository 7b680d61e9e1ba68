// What <heddle/select.h> alone gives, as the interface names it.
#include <heddle/select.h>

#include <memory>

int Uses(const heddle::Channel<int>& a, const heddle::SendChannel<std::unique_ptr<int>>& b,
         const heddle::RecvChannel<heddle::Unit>& done) {
  using std::chrono_literals::operator""ms;
  auto value = std::make_unique<int>(1);
  const int chosen = heddle::Select(
      heddle::OnRecv(a, [](std::optional<int>) {}), heddle::OnRecv(a),
      heddle::OnSend(b, std::move(value), [] {}), heddle::OnSend(a, 1), heddle::OnRecv(done),
      heddle::OnRecv(heddle::Channel<int>::Nil(), [](const auto&) {}),
      heddle::OnTimeout(10ms, [] {}), heddle::OnTimeout(1ms), heddle::OnDefault([] {}));
  heddle::Select(heddle::OnDefault());
  heddle::Select();
  return chosen;
}
