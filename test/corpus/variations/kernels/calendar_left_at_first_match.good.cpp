// What: A function hands the dates of a calendar out on a channel, from a task that ends with its context; the caller cancels it and waits until it has closed the channel.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>

struct Date {
  int day;
  int month;
};

class Calendar {
 public:
  virtual ~Calendar() = default;
  virtual bool IsFree(const Date& date) const = 0;

  // The free dates of a year, until `ctx` is done.
  heddle::RecvChannel<Date> FreeDates(const heddle::Context& ctx) const {
    heddle::Channel<Date> dates;
    heddle::go([this, ctx, dates] {
      HEDDLE_DEFER(dates.Close());
      for (Date date{1, 1}; date.month <= 12; ++date.month) {
        for (date.day = 1; date.day <= 30; ++date.day) {
          if (!IsFree(date)) continue;
          if (heddle::Select(heddle::OnSend(dates, date), heddle::OnRecv(ctx.Done())) == 1) return;
        }
      }
    });
    return dates;
  }
};

class ChapelCalendar : public Calendar {
 public:
  bool IsFree(const Date& date) const override { return date.day % 7 != 0; }
};

std::optional<Date> FindDate(const Calendar& calendar, const std::function<bool(const Date&)>& fits) {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  const heddle::RecvChannel<Date> dates = calendar.FreeDates(ctx);
  std::optional<Date> found;
  for (const Date& date : dates) {
    if (found || !fits(date)) continue;
    found = date;
    cancel();
  }
  cancel();
  return found;
}

int main() {
  auto calendar = std::make_unique<ChapelCalendar>();
  std::optional<Date> date =
      FindDate(*calendar, [](const Date& date) { return date.day == 12 && date.month > 3; });
  if (date) std::printf("%d.%d.\n", date->day, date->month);
}
