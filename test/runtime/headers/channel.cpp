// What <heddle/channel.h> alone gives, as the interface names it.
#include <heddle/channel.h>

#include <concepts>
#include <memory>

using heddle::Channel;
using heddle::RecvChannel;
using heddle::SendChannel;

template <class C>
concept CanSend = requires(const C c, int v) {
  c.Send(1);
  { c.TrySend(v) } -> std::same_as<bool>;
};
template <class C>
concept CanClose = requires(const C c) {
  c.Close();
};
template <class C>
concept CanRecv = requires(const C c) {
  { c.Recv() } -> std::same_as<std::optional<int>>;
  { c.TryRecv() } -> std::same_as<heddle::TryRecvResult<int>>;
  c.begin() != c.end();
};
template <class C>
concept CanBeAsked = requires(const C c) {
  { c.Len() } -> std::same_as<std::size_t>;
  { c.Cap() } -> std::same_as<std::size_t>;
  { c == c } -> std::same_as<bool>;
  static_cast<bool>(c);
  { C::Nil() } -> std::same_as<C>;
};
using Whole = Channel<int>;
using Sends = SendChannel<int>;
using Receives = RecvChannel<int>;
static_assert(CanSend<Whole> && CanRecv<Whole> && CanClose<Whole> && CanBeAsked<Whole>);
static_assert(CanSend<Sends> && !CanRecv<Sends> && CanClose<Sends> && CanBeAsked<Sends>);
static_assert(!CanSend<Receives> && CanRecv<Receives> && !CanClose<Receives>);
static_assert(CanBeAsked<Receives>);
static_assert(std::convertible_to<Whole, Sends> && std::convertible_to<Whole, Receives>);
static_assert(!std::convertible_to<Sends, Receives> && !std::convertible_to<Receives, Whole>);
static_assert(!std::convertible_to<int, Whole> && !std::convertible_to<Whole, bool>);
static_assert(std::is_nothrow_move_constructible_v<Whole>);

int Uses() {
  Channel<std::unique_ptr<int>> c(64);
  c.Send(std::make_unique<int>(1));
  const auto result = c.TryRecv();
  int sum = result.state == result.kValue ? **result.value : 0;
  if (result.state == heddle::TryRecvResult<std::unique_ptr<int>>::kClosed) return 0;
  auto [state, value] = c.TryRecv();
  if (state == heddle::RecvState::kEmpty) c.Close();
  for (std::unique_ptr<int>& v : c) sum += *v;
  Channel<heddle::Unit> signal;
  signal.Send({});
  return sum;
}
