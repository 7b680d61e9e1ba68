// A server needs a descriptor per connection, and the usual limit is 1024:
// raises the soft limit to the hard one, as Go programs do by themselves.
#ifndef HEDDLE_EXAMPLES_FILE_LIMIT_H_
#define HEDDLE_EXAMPLES_FILE_LIMIT_H_

#include <sys/resource.h>

// Returns how many descriptors there may be.
inline rlim_t RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

#endif  // HEDDLE_EXAMPLES_FILE_LIMIT_H_
