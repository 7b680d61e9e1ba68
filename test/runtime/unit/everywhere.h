// The fixture of the runtime's unit tests: every test runs with 1, 2 and 8 workers, its
// body in a goroutine and on an OS thread, and ends with no goroutine, stack or timer left.
#ifndef HEDDLE_TEST_RUNTIME_UNIT_EVERYWHERE_H_
#define HEDDLE_TEST_RUNTIME_UNIT_EVERYWHERE_H_

#include <gtest/gtest.h>
#include <heddle/heddle.h>

#include <functional>
#include <string>
#include <thread>
#include <tuple>

#include "unit/inside.h"

namespace heddle {

enum class Caller { kGoroutine, kThread };

class Everywhere : public testing::TestWithParam<std::tuple<int, Caller>> {
 protected:
  void SetUp() override { MaxProcs(std::get<0>(GetParam())); }

  void TearDown() override {
    EXPECT_EQ(AwaitNothingLeft(), "");
    MaxProcs(2);
  }

  bool OnThread() const { return std::get<1>(GetParam()) == Caller::kThread; }

  // Runs the test's body as the parameter says; gtest's assertions work in it.
  void Body(const std::function<void()>& body) {
    if (OnThread()) {
      std::thread(body).join();
    } else {
      EXPECT_EQ(heddle::Run([&] { body(); }), 0);
    }
  }
};

inline std::string EverywhereName(const testing::TestParamInfo<std::tuple<int, Caller>>& info) {
  return std::to_string(std::get<0>(info.param)) +
         (std::get<1>(info.param) == Caller::kThread ? "WorkersThread" : "WorkersGoroutine");
}

// Declares the parameters for the fixture `name`, derived from Everywhere.
#define HEDDLE_EVERYWHERE(name)                                                                    \
  class name : public Everywhere {};                                                               \
  INSTANTIATE_TEST_SUITE_P(All, name,                                                              \
                           testing::Combine(testing::Values(1, 2, 8),                              \
                                            testing::Values(Caller::kGoroutine, Caller::kThread)), \
                           EverywhereName)

// Expects that `statement` throws a Panic whose text is exactly `text`.
#define EXPECT_PANIC(statement, text)          \
  do {                                         \
    try {                                      \
      statement;                               \
      ADD_FAILURE() << "no panic: " << (text); \
    } catch (const ::heddle::Panic& p) {       \
      EXPECT_STREQ(p.what(), text);            \
    }                                          \
  } while (false)

}  // namespace heddle

#endif  // HEDDLE_TEST_RUNTIME_UNIT_EVERYWHERE_H_
