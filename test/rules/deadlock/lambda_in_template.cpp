// RUN: %expect %s
#include <heddle/heddle.h>

#include <utility>

// A lambda that a template starts, keeps or calls for its maker still uses its
// maker's variables.
class Crew {
 public:
  ~Crew() { tasks_.Wait(); }
  template <class Body>
  void Start(Body body) {
    tasks_.Go(std::move(body));  // note: "is started here"
  }

 private:
  heddle::WaitGroup tasks_;
};

int Moved() {
  heddle::Channel<int> weights;
  Crew crew;
  for (int scale = 0; scale < 2; ++scale)
    crew.Start([weights]() mutable {
      weights.Send(1);  // want: leaked-task "can block for ever sending on 'weights'" want: deadlock "can wait for ever sending on 'weights'"
    });
  return weights.Recv().value_or(0);
}

template <class Body>
void Apply(Body&& body) {
  body();
}

int Called() {
  heddle::Channel<int> weights(2);
  for (int scale = 0; scale < 2; ++scale) Apply([&] { weights.Send(1); });
  return weights.Recv().value_or(0);
}

// There is room for both.
int Good() {
  heddle::Channel<int> weights(2);
  Crew crew;
  for (int scale = 0; scale < 2; ++scale)
    crew.Start([weights]() mutable { weights.Send(1); });
  return weights.Recv().value_or(0);
}
