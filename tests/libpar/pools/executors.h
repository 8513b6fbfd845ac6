// Every kind of executor, for tests that must hold over each.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "par/pools/executor.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef TEST_TBB
#include "par/tbb/tbb_executor.h"
#endif

struct executor_kind {
  const char* name;
  std::unique_ptr<par::executor> (*make)();
};

// For the names of the tests.
inline void PrintTo(const executor_kind& kind, std::ostream* out) {
  *out << kind.name;
}

inline std::vector<executor_kind> executor_kinds() {
  return {
      {"serial",
       []() -> std::unique_ptr<par::executor> { return std::make_unique<par::serial_executor>(); }},
      {"threads1",
       []() -> std::unique_ptr<par::executor> {
         return std::make_unique<par::thread_pool>(1, "test");
       }},
      {"threads4",
       []() -> std::unique_ptr<par::executor> {
         return std::make_unique<par::thread_pool>(4, "test");
       }},
#ifdef TEST_TBB
      {"tbb1",
       []() -> std::unique_ptr<par::executor> { return std::make_unique<par::tbb_executor>(1); }},
      {"tbb4",
       []() -> std::unique_ptr<par::executor> { return std::make_unique<par::tbb_executor>(4); }},
#endif
  };
}

class over_executors : public testing::TestWithParam<executor_kind> {
 protected:
  std::unique_ptr<par::executor> on = GetParam().make();
};

#define OVER_EXECUTORS(suite)                                                \
  INSTANTIATE_TEST_SUITE_P(each, suite, testing::ValuesIn(executor_kinds()), \
                           [](const auto& kind) { return std::string(kind.param.name); })
