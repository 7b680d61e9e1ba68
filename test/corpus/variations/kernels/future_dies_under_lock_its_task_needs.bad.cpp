// What: A planner starts a survey as an asynchronous call and waits a moment for it, all with its lock held; the future's destructor waits for the survey, which needs that lock.
// Run: deadlock
#include <chrono>
#include <cstdio>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Planner {
 public:
  using Survey = std::function<int(const std::string&)>;

  explicit Planner(Survey survey) : survey_(std::move(survey)) {}

  // The cost of `site`, or what is known of it when the survey takes too long.
  int CostOf(const std::string& site) {
    std::lock_guard<std::mutex> guard(mu_);  // bug: blocking-under-lock, deadlock
    if (std::optional<int> cost = SurveyWithin(1ms, site)) costs_[site] = *cost;  // bug: blocking-under-lock, deadlock
    return costs_[site];
  }

  int surveys() {
    std::lock_guard<std::mutex> guard(mu_);
    return surveys_;
  }

 private:
  std::optional<int> SurveyWithin(std::chrono::milliseconds limit, const std::string& site) {
    std::future<int> answer = std::async(std::launch::async, [this, site] { return Visit(site); });  // bug: deadlock, blocking-under-lock
    if (answer.wait_for(limit) == std::future_status::timeout) return std::nullopt;  // bug: deadlock, blocking-under-lock
    return answer.get();
  }  // bug: deadlock, blocking-under-lock

  int Visit(const std::string& site) {
    const int cost = survey_(site);
    std::lock_guard<std::mutex> guard(mu_);  // bug: blocking-under-lock, deadlock
    ++surveys_;
    return cost;
  }

  Survey survey_;
  std::mutex mu_;
  std::map<std::string, int> costs_;
  int surveys_ = 0;
};

int main() {
  Planner planner([](const std::string& site) { return static_cast<int>(site.size()) * 1000; });
  for (const char* site : {"harbour", "old mill", "harbour"}) {
    std::printf("%s: %d\n", site, planner.CostOf(site));
  }
  std::printf("%d surveys\n", planner.surveys());
}
