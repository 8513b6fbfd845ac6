// A generator that is spoken to: it yields the average of what it has been sent.
#include <iostream>
#include <optional>

#include "par/iterators/generator.h"

namespace {

struct start_anew {};

struct summary {
  int count;
  double sum;
};

// Sent nothing, it ends.
par::generator<double, double, summary> average() {
  summary so_far{0, 0};
  double mean = 0;
  for (;;) {
    try {
      const std::optional<double> x = co_yield mean;
      if (!x) co_return so_far;
      so_far = {so_far.count + 1, so_far.sum + *x};
      mean = so_far.sum / so_far.count;
    } catch (const start_anew&) {
      so_far = {0, 0};
      mean = 0;
    }
  }
}

// Delegates: what is sent to it goes to the inner one, whose result comes back.
par::generator<double, double, double> twice() {
  const summary first = co_yield par::elements_of(average());
  const summary second = co_yield par::elements_of(average());
  co_return first.sum + second.sum;
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  auto mean = average();
  mean.next();  // To the first co_yield.
  std::cout << mean.send(10) << ' ' << mean.send(20) << ' ';
  std::cout << mean.throw_in(start_anew()) << ' ' << mean.send(7) << '\n';
  mean.close();

  auto both = twice();
  both.next();
  std::cout << both.send(1) << ' ' << both.send(2) << ' ';
  both.next();
  std::cout << both.send(40) << '\n';
  try {
    both.next();
  } catch (const par::stop_iteration&) {
    std::cout << "sum " << both.result() << '\n';
  }
}
