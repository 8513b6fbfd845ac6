// A producer and two consumers in processes of their own, over a joinable queue: join() returns
// when every order has been dealt with, not when the last one was taken.
#include <cstdio>

#include "par/processes/ipc/joinable_queue.h"
#include "par/processes/process.h"

namespace {

struct order {
  int number;
  int cups;
};

// Returns how many cups it made: the low byte of its exit status.
int barista(const par::ipc::joinable_queue<order>& orders, const par::ipc::queue<int>& made) {
  int cups = 0;
  for (const order& each : orders.consume()) {
    cups += each.cups;
    made.put(each.number);
    orders.task_done();
  }
  return cups;
}

}  // namespace

int main() {
  const par::ipc::joinable_queue<order> orders(3);  // No more than three wait.
  const par::ipc::queue<int> made;
  par::process first = par::process::fork([=] { return barista(orders, made); });
  par::process second = par::process::fork([=] { return barista(orders, made); });
  par::process guests = par::process::fork([orders] {
    for (int number = 1; number <= 20; ++number) orders.put({number, number % 3 + 1});
  });
  guests.join();
  orders.join();
  std::printf("all orders are made: %zu of 20\n", made.size());
  orders.close();
  first.join();
  second.join();
  std::printf("cups: %d\n", *first.status()->code() + *second.status()->code());
}
