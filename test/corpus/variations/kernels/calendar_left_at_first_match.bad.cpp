// What: A function hands the dates of a calendar out on a channel, from a task; the caller stops at the first date that fits and the task stays in its send.
// Run: leak
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

  // The free dates of a year.
  heddle::RecvChannel<Date> FreeDates() const {
    heddle::Channel<Date> dates;
    heddle::go([this, dates] {  // bug: leaked-task, dangling-capture
      HEDDLE_DEFER(dates.Close());
      for (Date date{1, 1}; date.month <= 12; ++date.month) {
        for (date.day = 1; date.day <= 30; ++date.day) {
          if (!IsFree(date)) continue;
          dates.Send(date);  // bug: leaked-task
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
  for (const Date& date : calendar.FreeDates()) {  // bug: leaked-task
    if (fits(date)) return date;  // bug: leaked-task
  }
  return std::nullopt;
}

int main() {
  auto calendar = std::make_unique<ChapelCalendar>();
  std::optional<Date> date =
      FindDate(*calendar, [](const Date& date) { return date.day == 12 && date.month > 3; });  // bug: leaked-task
  if (date) std::printf("%d.%d.\n", date->day, date->month);
}
