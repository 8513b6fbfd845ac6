// How chains of generators end before they are through: closed or dropped.
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/iterators/generator.h"
#include "small_stack.h"

namespace {

using par::elements_of;
using par::generator;
using par::generator_exit;
using par::stop_iteration;
using names = std::vector<std::string>;

class on_exit {
 public:
  on_exit(names& log, std::string what) : log_(log), what_(std::move(what)) {}
  on_exit(const on_exit&) = delete;
  on_exit& operator=(const on_exit&) = delete;
  ~on_exit() { log_.push_back(what_); }

 private:
  names& log_;
  std::string what_;
};

generator<int> innermost(names& log) {
  const on_exit at_end(log, "inner");
  co_yield 1;
  co_yield 2;
}

generator<int> delegates_to_closed_while_closing(names& log) {
  generator<int> closed = innermost(log);
  closed.next();
  closed.close();
  try {
    co_yield 0;
  } catch (const generator_exit&) {
    log.push_back("tidies up");
  }
  co_yield elements_of(closed);
  log.push_back("goes on");
}

TEST(generator_close, of_one_before_is_none_of_those_it_delegates_to_later) {
  names log;
  generator<int> body = delegates_to_closed_while_closing(log);
  body.next();
  body.close();
  EXPECT_EQ(log, (names{"inner", "tidies up", "goes on"}));
}

TEST(generator_close, needs_an_error_to_throw_in) {
  names log;
  generator<int> body = innermost(log);
  body.next();
  EXPECT_THROW(body.throw_in(std::exception_ptr()), std::logic_error);
  EXPECT_EQ(body.next(), 2);
}

generator<int> around_temporary(names& log) {
  const on_exit at_end(log, "outer");
  co_yield elements_of(innermost(log));
}

generator<int> around_local(names& log) {
  const on_exit at_end(log, "outer");
  auto items = innermost(log);
  co_yield elements_of(items);
}

generator<int> around_range(names& log) {
  const on_exit at_end(log, "outer");
  const std::vector<int> items = {1, 2};
  const on_exit inner(log, "inner");
  co_yield elements_of(items);
}

using body = generator<int> (*)(names&);
constexpr body bodies[] = {around_temporary, around_local, around_range};

TEST(generator_chain, ends_from_the_inside_out) {
  for (const body make : bodies) {
    for (const bool close : {true, false}) {
      names log;
      {
        auto items = make(log);
        EXPECT_EQ(items.next(), 1);
        if (close) items.close();
      }
      EXPECT_EQ(log, (names{"inner", "outer"}));
    }
  }
}

// What a generator makes of being closed.
enum class manner { dies, returns, throws, yields };

generator<int> with_manner(manner how) {
  bool closed = false;
  try {
    co_yield 1;
  } catch (const generator_exit&) {
    if (how == manner::dies) throw;
    if (how == manner::throws) throw std::out_of_range("inner");
    closed = how == manner::yields;
  }
  if (closed) co_yield 2;
}

// Logs how it learns that it is closed while it delegates, and goes on after it.
generator<int> watching(generator<int> inner, names& log) {
  try {
    co_yield elements_of(inner);
    log.emplace_back("went on");
  } catch (const generator_exit&) {
    log.emplace_back("exit");
    throw;
  } catch (const std::out_of_range&) {
    log.emplace_back("error");
  }
}

struct close_case {
  const char* name;
  manner innermost;
  names want;  // Of two that delegate, the inner first.
  bool misuse;
};

const close_case close_cases[] = {
    {"dies", manner::dies, {"exit", "exit"}, false},
    {"returns: those around are closed all the same", manner::returns, {"exit", "exit"}, false},
    {"throws: handled by the next, the rest is closed", manner::throws, {"error", "exit"}, false},
    {"yields: nobody around hears of it", manner::yields, {}, true},
};

TEST(generator_chain, is_closed_one_after_the_other) {
  for (const close_case& c : close_cases) {
    SCOPED_TRACE(c.name);
    names log;
    auto items = watching(watching(with_manner(c.innermost), log), log);
    EXPECT_EQ(items.next(), 1);
    if (c.misuse) {
      EXPECT_THROW(items.close(), std::logic_error);
    } else {
      items.close();
      EXPECT_TRUE(items.done());
    }
    EXPECT_EQ(log, c.want);
  }
}

TEST(generator_chain, that_ignored_being_closed_goes_on_as_before) {
  names log;
  auto items = watching(watching(with_manner(manner::yields), log), log);
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(items.close(), std::logic_error);
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_EQ(log, (names{"went on", "went on"}));
}

TEST(generator_chain, a_thrown_generator_exit_closes_as_well) {
  names log;
  auto items = watching(with_manner(manner::returns), log);
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(items.throw_in(generator_exit()), generator_exit);
  EXPECT_EQ(log, names{"exit"});
}

// Caught, then delegates to a fresh one, which is no part of what was closed.
generator<int> tidies_up(generator<int> inner, names& log) {
  bool closed = false;
  try {
    co_yield elements_of(inner);
  } catch (const generator_exit&) {
    closed = true;
  }
  if (closed) {
    co_yield elements_of(generator<int>(with_manner(manner::dies)));
    log.emplace_back("tidied up");
  }
}

TEST(generator_chain, new_generators_are_not_closed) {
  names log;
  auto items = watching(tidies_up(with_manner(manner::dies), log), log);
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(items.close(), std::logic_error);  // The fresh one has yielded.
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_EQ(log, (names{"tidied up", "went on"}));
}

constexpr int deep = 100'000;

struct counted {
  int& alive;
  explicit counted(int& count) : alive(count) { ++alive; }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  ~counted() { --alive; }
};

generator<int> nest_temporaries(int n, int& alive) {
  const counted here(alive);
  if (n > 0) co_yield elements_of(nest_temporaries(n - 1, alive));
  co_yield n;
}

generator<int> nest_locals(int n, int& alive) {
  const counted here(alive);
  if (n > 0) {
    auto inner = nest_locals(n - 1, alive);
    co_yield elements_of(inner);
  }
  co_yield n;
}

using nest = generator<int> (*)(int, int&);
constexpr nest nests[] = {nest_temporaries, nest_locals};

TEST(generator_chain, deeper_than_the_stack_is_dropped) {
  on_small_stack([] {
    for (const nest make : nests) {
      int alive = 0;
      {
        auto items = make(deep, alive);
        EXPECT_EQ(items.next(), 0);
        EXPECT_EQ(alive, deep + 1);
      }
      EXPECT_EQ(alive, 0);
    }
  });
}

TEST(generator_chain, deeper_than_the_stack_is_dropped_half_way) {
  on_small_stack([] {
    for (const nest make : nests) {
      int alive = 0;
      {
        auto items = make(deep, alive);
        for (int i = 0; i < deep / 2; ++i) items.next();
      }
      EXPECT_EQ(alive, 0);
    }
  });
}

TEST(generator_chain, deeper_than_the_stack_is_closed) {
  on_small_stack([] {
    for (const nest make : nests) {
      int alive = 0;
      auto items = make(deep, alive);
      EXPECT_EQ(items.next(), 0);
      items.close();
      EXPECT_TRUE(items.done());
      EXPECT_EQ(alive, 0);
    }
  });
}

}  // namespace
