// A mutex of POSIX is of one type whether its holder may take it again or not.
// RUN: %expect %s
#include <pthread.h>

struct Stock {
  pthread_mutex_t lock;
  int pallets;
};

static void Remove(Stock* stock, int pallets) {
  pthread_mutex_lock(&stock->lock);  // want: double-lock "acquired again while it is held"
  stock->pallets -= pallets;
  pthread_mutex_unlock(&stock->lock);
}

static void Ship(Stock* stock) {
  pthread_mutex_lock(&stock->lock);  // note: "acquired here"
  Remove(stock, 2);                  // note: "called here"
  pthread_mutex_unlock(&stock->lock);
}

void InitStock(Stock* stock) {
  pthread_mutex_init(&stock->lock, nullptr);
  Ship(stock);
}

// Made with attributes: perhaps recursive.
struct Ledger {
  pthread_mutex_t lock;
  int entries;
};

static void Enter(Ledger* ledger) {
  pthread_mutex_lock(&ledger->lock);
  ledger->entries++;
  pthread_mutex_unlock(&ledger->lock);
}

void Move(Ledger* from, int n) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&from->lock, &attributes);
  pthread_mutex_lock(&from->lock);
  if (n > 0) Enter(from);
  pthread_mutex_unlock(&from->lock);
}

// Nothing here says how it was made.
struct Foreign {
  pthread_mutex_t lock;
};

void Twice(Foreign* foreign) {
  pthread_mutex_lock(&foreign->lock);
  pthread_mutex_lock(&foreign->lock);
  pthread_mutex_unlock(&foreign->lock);
  pthread_mutex_unlock(&foreign->lock);
}

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t nested = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

int Rows(int n) {
  if (pthread_mutex_trylock(&table) != 0) return 0;  // note: "acquired here"
  pthread_mutex_lock(&table);  // want: double-lock "acquired again while it is held"
  pthread_mutex_unlock(&table);
  pthread_mutex_unlock(&table);
  pthread_mutex_lock(&nested);
  pthread_mutex_lock(&nested);
  pthread_mutex_unlock(&nested);
  pthread_mutex_unlock(&nested);
  return n;
}
