// What: A planner starts a survey as an asynchronous call and waits a moment for it; it takes its lock only to note the answer, after the future is gone.
// Run: clean
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
    std::optional<int> cost = SurveyWithin(1ms, site);
    std::lock_guard<std::mutex> guard(mu_);
    if (cost) costs_[site] = *cost;
    return costs_[site];
  }

  int surveys() {
    std::lock_guard<std::mutex> guard(mu_);
    return surveys_;
  }

 private:
  std::optional<int> SurveyWithin(std::chrono::milliseconds limit, const std::string& site) {
    std::future<int> answer = std::async(std::launch::async, [this, site] { return Visit(site); });
    if (answer.wait_for(limit) == std::future_status::timeout) return std::nullopt;
    return answer.get();
  }

  int Visit(const std::string& site) {
    const int cost = survey_(site);
    std::lock_guard<std::mutex> guard(mu_);
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
