// A linked list of one's own, made iterable: by an iterator class, and by a generator.
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <utility>

#include "par/iterators/concepts.h"
#include "par/iterators/generator.h"
#include "par/iterators/zip.h"

namespace {

class word_list {
  struct node {
    std::string word;
    std::unique_ptr<node> next;
  };

 public:
  class iterator {
   public:
    using value_type = std::string;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    explicit iterator(const node* at) : at_(at) {}

    const std::string& operator*() const { return at_->word; }
    iterator& operator++() {
      at_ = at_->next.get();
      return *this;
    }
    iterator operator++(int) { return iterator(std::exchange(at_, at_->next.get())); }
    bool operator==(const iterator&) const = default;

   private:
    const node* at_ = nullptr;
  };

  void push_front(std::string word) {
    first_ = std::make_unique<node>(std::move(word), std::move(first_));
  }

  [[nodiscard]] iterator begin() const { return iterator(first_.get()); }
  [[nodiscard]] iterator end() const { return {}; }

  // From the last to the first, which no iterator of a singly linked list gives.
  [[nodiscard]] par::generator<const std::string&> backwards() const {
    return backwards_from(first_.get());
  }

 private:
  static par::generator<const std::string&> backwards_from(const node* at) {
    if (at == nullptr) co_return;
    co_yield par::elements_of(backwards_from(at->next.get()));
    co_yield at->word;
  }

  std::unique_ptr<node> first_;
};

// Iterable, so that loops and algorithms take it. Each loop starts anew, so it is no iterator.
static_assert(par::iterable<word_list> && !par::iterator_like<word_list>);
static_assert(par::iterator_like<par::generator<const std::string&>>);

}  // namespace

int main() {
  word_list words;
  for (const char* each : {"three", "two", "one"}) words.push_front(each);

  for (const std::string& word : words) std::cout << word << ' ';
  for (const std::string& word : words.backwards()) std::cout << word << ' ';
  std::cout << "\nlongest: " << std::ranges::max(words, {}, &std::string::size) << '\n';
  for (auto [i, word] : words | par::enumerate(1)) std::cout << i << ": " << word << '\n';
}
