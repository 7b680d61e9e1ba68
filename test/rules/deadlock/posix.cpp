// Threads, semaphores and conditions of POSIX.
// RUN: %expect %s
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct Kitchen {
  pthread_mutex_t oven;
  pthread_mutex_t fridge;
  int dishes;
};

static void* Bake(void* argument) {
  Kitchen* kitchen = static_cast<Kitchen*>(argument);
  pthread_mutex_lock(&kitchen->oven);
  pthread_mutex_lock(&kitchen->fridge);  // want: lock-order "", deadlock "can wait for ever"
  kitchen->dishes++;
  pthread_mutex_unlock(&kitchen->fridge);
  pthread_mutex_unlock(&kitchen->oven);
  return nullptr;
}

static void* Chill(void* argument) {
  Kitchen* kitchen = static_cast<Kitchen*>(argument);
  pthread_mutex_lock(&kitchen->fridge);
  pthread_mutex_lock(&kitchen->oven);
  kitchen->dishes--;
  pthread_mutex_unlock(&kitchen->oven);
  pthread_mutex_unlock(&kitchen->fridge);
  return nullptr;
}

// Both ways of the branch on a result are not free: the call goes well.
int Cook() {
  Kitchen kitchen = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, 0};
  pthread_t baker, chiller;
  if (pthread_create(&baker, nullptr, Bake, &kitchen) != 0) return 1;
  if (pthread_create(&chiller, nullptr, Chill, &kitchen) != 0) {
    pthread_join(baker, nullptr);
    return 1;
  }
  pthread_join(baker, nullptr);
  pthread_join(chiller, nullptr);
  return 0;
}

int main() { return Cook(); }
