// A producer and a consumer as coroutines: loaves go one way, coins the other.
#include <iostream>
#include <string>
#include <utility>

#include "par/coroutines/fiber.h"

namespace {

struct loaf {
  std::string kind;
  int price;
};

par::task<> bake(par::fiber<int>& baker, par::fiber<loaf>& guest) {
  int earned = 0;
  for (const char* kind : {"rye", "spelt", "wheat"}) {
    loaf fresh{kind, static_cast<int>(std::string(kind).size())};
    co_await guest.switch_to(std::move(fresh));
    const int coins = baker.received();
    std::cout << "baker: " << coins << (coins == 1 ? " coin" : " coins") << " for " << kind << '\n';
    earned += coins;
  }
  std::cout << "baker: " << earned << " coins in all\n";
}

// Ends with the baker: the loop needs no condition.
par::task<> eat(par::fiber<loaf>& guest, par::fiber<int>& baker) {
  for (;;) {
    const loaf bread = guest.received();
    std::cout << "guest: eats " << bread.kind << '\n';
    co_await baker.switch_to(bread.price);
  }
}

}  // namespace

int main() {
  par::fiber<int> baker;
  par::fiber<loaf> guest;
  baker.bind(bake(baker, guest));
  guest.bind(eat(guest, baker));
  baker.run(0);
}
