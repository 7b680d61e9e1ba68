// Places in the source, as reports print them.
#ifndef HEDDLE_MODEL_DESCRIBE_H_
#define HEDDLE_MODEL_DESCRIBE_H_

#include <string>

#include "engine.h"

namespace heddle::model {

// `src/mutex.cpp:41`.
std::string Describe(const Site& site);
// The function and line of a return address, by addr2line if there is one. Slow.
std::string DescribeCode(const void* pc);

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_DESCRIBE_H_
