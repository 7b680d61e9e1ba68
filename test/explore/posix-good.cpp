// Stations and workers in arrays of the language, each with its own objects:
// who waits is woken by whoever shares them.
// RUN: %expect %s
#include <pthread.h>
#include <stdlib.h>





struct Bench {
  pthread_mutex_t mutex;
  pthread_cond_t space;
  pthread_cond_t work;
  int parts;
  bool over;
};

struct Fitter {
  Bench* bench;
  int fitted;
};

static void* Fit(void* argument) {
  Fitter* fitter = static_cast<Fitter*>(argument);
  Bench* bench = fitter->bench;
  for (;;) {
    pthread_mutex_lock(&bench->mutex);
    while (bench->parts == 0 && !bench->over)
      pthread_cond_wait(&bench->work, &bench->mutex);
    if (bench->parts == 0) {
      pthread_mutex_unlock(&bench->mutex);
      return nullptr;
    }
    bench->parts--;
    fitter->fitted++;
    pthread_cond_signal(&bench->space);
    pthread_mutex_unlock(&bench->mutex);
  }
}

static void Place(Bench* bench) {
  pthread_mutex_lock(&bench->mutex);
  while (bench->parts == 3) pthread_cond_wait(&bench->space, &bench->mutex);
  bench->parts++;
  pthread_cond_signal(&bench->work);
  pthread_mutex_unlock(&bench->mutex);
}

static void* Supply(void* argument) {
  Bench* bench = static_cast<Bench*>(argument);
  for (int i = 0; i < 50; ++i) Place(bench);
  pthread_mutex_lock(&bench->mutex);
  bench->over = true;
  pthread_cond_broadcast(&bench->work);
  pthread_mutex_unlock(&bench->mutex);
  return nullptr;
}

int main() {
  Bench bench = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER,
                 PTHREAD_COND_INITIALIZER, 0, false};
  Fitter fitters[2] = {{&bench, 0}, {&bench, 0}};
  pthread_t supplier;
  pthread_t threads[2];
  if (pthread_create(&supplier, nullptr, Supply, &bench) != 0) abort();
  for (int i = 0; i < 2; ++i)
    if (pthread_create(&threads[i], nullptr, Fit, &fitters[i]) != 0) abort();
  pthread_join(supplier, nullptr);
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
}
