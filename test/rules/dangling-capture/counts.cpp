// RUN: %expect %s
// What a task counts in an atomic tells its starter nothing while that neither
// looks at it nor waits.
#include <heddle/heddle.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

struct Recipe {
  std::vector<std::string> steps;
};

Recipe Read(const std::string& dish) {
  Recipe recipe;
  recipe.steps.push_back(dish);
  return recipe;
}

class Kitchen {
 public:
  void Cook(const std::string& dish) {
    Recipe recipe = Read(dish);  // note: "'recipe' is declared here"
    cooks_.Go([this, &recipe] {  // want: dangling-capture "the task uses 'recipe'"
      steps_ += recipe.steps.size();
    });
  }

  void Taste(int spoons) {
    Recipe recipe;
    for (int spoon = 0; spoon < spoons; ++spoon) {
      cooks_.Go([this, &recipe] {  // want: dangling-capture "uses 'recipe'"
        steps_.fetch_add(recipe.steps.size());
      });
    }
  }

  std::size_t Close() {
    cooks_.Wait();
    return steps_;
  }

  // It looks until the task has counted.
  void CookAndLook(const std::string& dish) {
    Recipe recipe = Read(dish);
    const std::size_t before = steps_;
    cooks_.Go([this, &recipe] { steps_ += recipe.steps.size(); });
    while (steps_ == before) heddle::Yield();
  }

  // So does what it calls.
  void CookAndAsk(const std::string& dish) {
    Recipe recipe = Read(dish);
    cooks_.Go([this, &recipe] {
      steps_ += recipe.steps.size();
      ++cooked_;
    });
    AwaitCooked();
  }

  // Somebody else may look, and tell.
  void CookAndHear(const std::string& dish) {
    Recipe recipe = Read(dish);
    cooks_.Go([this, &recipe] {
      steps_ += recipe.steps.size();
      ++cooked_;
    });
    served_.Recv();
  }

  // The task has a copy, or another object.
  void CookFromCopy(const std::string& dish) {
    Recipe recipe = Read(dish);
    cooks_.Go([this, recipe] { steps_ += recipe.steps.size(); });
  }
  void CookFromBook(const std::string& dish) {
    Recipe recipe = Read(dish);
    auto kept = std::make_shared<Recipe>(recipe);
    cooks_.Go([this, kept] { steps_ += kept->steps.size(); });
  }
  void CookFromShelf() {
    Recipe& recipe = Shelf();
    Recipe copy = recipe;
    cooks_.Go([this, &recipe] { steps_ += recipe.steps.size(); });
    Print(copy);
  }

 private:
  static Recipe& Shelf() {
    static Recipe recipe;
    return recipe;
  }
  static void Print(const Recipe& recipe);
  void AwaitCooked() {
    while (cooked_ == 0) heddle::Yield();
  }

  heddle::WaitGroup cooks_;
  std::atomic<std::size_t> steps_{0};
  std::atomic<int> cooked_{0};
  heddle::Channel<int> served_;
};
