// RUN: %expect %s
// Whether a function is linked at all is asked twice, with one answer.
#include <pthread.h>

extern "C" int trace_lock(pthread_mutex_t*) __attribute__((weak));

pthread_mutex_t board = PTHREAD_MUTEX_INITIALIZER;
int notes = 0;

int Note(int limit) {
  if (trace_lock && pthread_self) pthread_mutex_lock(&board);
  ++notes;
  if (notes > limit) {
    if (trace_lock && pthread_self) pthread_mutex_unlock(&board);
    return limit;
  }
  if (trace_lock && pthread_self) pthread_mutex_unlock(&board);
  return notes;
}
