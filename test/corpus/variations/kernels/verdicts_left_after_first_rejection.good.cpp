// What: An order is checked by all rules at once; the first rejection decides, and there is room for the verdicts of the others.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct Order {
  int quantity;
  int cents;
  std::string country;
};

class Rule {
 public:
  virtual ~Rule() = default;
  virtual heddle::Error Check(const Order& order) const = 0;
};

class QuantityRule : public Rule {
 public:
  heddle::Error Check(const Order& order) const override {
    if (order.quantity > 10) return "too many";
    return {};
  }
};

class LimitRule : public Rule {
 public:
  explicit LimitRule(int cents) : cents_(cents) {}
  heddle::Error Check(const Order& order) const override {
    if (order.cents > cents_) return "too dear";
    return {};
  }

 private:
  const int cents_;
};

class CountryRule : public Rule {
 public:
  heddle::Error Check(const Order& order) const override {
    if (order.country.size() != 2) return "no such country";
    return {};
  }
};

class Checkout {
 public:
  void Add(std::shared_ptr<const Rule> rule) { rules_.push_back(std::move(rule)); }

  heddle::Error Validate(const Order& order) const {
    heddle::Channel<heddle::Error> verdicts(rules_.size());
    for (const auto& rule : rules_) {
      heddle::go([rule, order, verdicts] { verdicts.Send(rule->Check(order)); });
    }
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (std::optional<heddle::Error> verdict = verdicts.Recv(); verdict && *verdict) return *verdict;
    }
    return {};
  }

 private:
  std::vector<std::shared_ptr<const Rule>> rules_;
};

int main() {
  Checkout checkout;
  checkout.Add(std::make_shared<QuantityRule>());
  checkout.Add(std::make_shared<LimitRule>(50000));
  checkout.Add(std::make_shared<CountryRule>());
  std::printf("%s\n", checkout.Validate({2, 900, "NL"}).value_or("accepted").c_str());
  std::printf("%s\n", checkout.Validate({99, 99000, "NL"}).value_or("accepted").c_str());
}
