// The results of POSIX calls: 0 is good, whatever it is called on.
// RUN: %expect %s
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t map = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t counter;
static int cars;

int Enter(int most) {
  if (pthread_mutex_lock(&gate) != 0) return -1;  // note: "acquired here"
  if (cars >= most) return cars;  // want: missing-unlock "still held"
  int n = ++cars;
  pthread_mutex_unlock(&gate);
  return n;
}

int Leave(const timespec* until) {
  int failed = pthread_mutex_timedlock(&gate, until);
  if (failed == ETIMEDOUT) return 0;
  --cars;
  pthread_mutex_unlock(&gate);
  if (pthread_mutex_trylock(&gate) == EBUSY) return 1;
  pthread_mutex_unlock(&gate);
  return 2;
}

int Look(bool twice) {
  pthread_rwlock_rdlock(&map);  // note: "acquired here"
  int seen = cars;
  if (twice && seen > 2) return seen;  // want: missing-unlock "still held"
  pthread_rwlock_unlock(&map);
  return 0;
}

int Count() {
  if (pthread_spin_trylock(&counter)) return 0;
  int n = cars;
  pthread_spin_unlock(&counter);
  return n;
}
