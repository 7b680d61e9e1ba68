// All of heddle: goroutines, channels and what goes with them, in C++20.
#ifndef HEDDLE_HEDDLE_H_
#define HEDDLE_HEDDLE_H_

#include "heddle/channel.h"
#include "heddle/cond.h"
#include "heddle/context.h"
#include "heddle/defer.h"
#include "heddle/go.h"
#include "heddle/mutex.h"
#include "heddle/net.h"
#include "heddle/once.h"
#include "heddle/panic.h"
#include "heddle/rw_mutex.h"
#include "heddle/select.h"
#include "heddle/semaphore.h"
#include "heddle/task_group.h"
#include "heddle/time.h"
#include "heddle/wait_group.h"

#endif  // HEDDLE_HEDDLE_H_
