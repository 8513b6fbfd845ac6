#include "par/processes/process_body.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "par/processes/codec.h"
#include "par/processes/connection.h"
#include "par/processes/process.h"

namespace par {
namespace {

int sum_of(const std::vector<int>& numbers, int more) {
  int sum = more;
  for (const int each : numbers) sum += each;
  return sum;
}
int length_of(std::string text) noexcept {
  return static_cast<int>(text.size());
}
void send_three(connection end) {
  end.send(3);
}
int seven() {
  return 7;
}

struct counter {
  int from = 0;
  int run() { return from + 1; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(from);
  }
};

// As it arrives in another process.
template <class Body>
int run_there(const Body& body) {
  auto there = decode<Body>(encode(body));
  return detail::run_body(there);
}

TEST(process_body, goes_as_a_function_with_its_arguments) {
  EXPECT_EQ(run_there(bound<&sum_of>(std::vector{1, 2}, 4)), 7);
  EXPECT_EQ(run_there(bound<&length_of>("text")), 4) << "kept as what the function takes";
  EXPECT_EQ(run_there(bound<&seven>()), 7);
  auto [in, out] = pipe(false);
  EXPECT_EQ(run_there(bound<&send_three>(std::move(out))), 0);
  EXPECT_EQ(in.recv<int>(), 3);
}

TEST(process_body, goes_as_an_object) {
  EXPECT_EQ(run_there(counter{.from = 4}), 5);
  EXPECT_EQ(run_there([] { return 6; }), 6);
  EXPECT_EQ(run_there(detail::called_function<int>{&seven}), 7);
}

TEST(process_body, is_sendable_only_without_the_memory_of_its_process) {
  static_assert(sendable_body<int (*)()> && sendable_body<counter>);
  static_assert(sendable_body<decltype(bound<&sum_of>(std::vector{1}, 1))>);
  int here = 1;
  const auto refers = [&here] { return here; };
  const auto copies = [here] { return here; };
  static_assert(process_body<decltype(refers)> && !sendable_body<decltype(refers)>);
  static_assert(!sendable_body<decltype(copies)>, "nothing makes one to decode into");
  using takes_pointer = void(const int*);
  static_assert(!sendable_body<detail::bound_call<static_cast<takes_pointer*>(nullptr)>>);
  EXPECT_EQ(refers() + copies(), 2);
}

TEST(process_body, runs_in_a_child) {
  process child(bound<&sum_of>(std::vector{1, 2}, 3));
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(6));
  process named("seven", seven);
  named.join();
  EXPECT_EQ(named.status(), exit_status::exited(7));
}

}  // namespace
}  // namespace par
