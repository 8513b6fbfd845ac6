// Items that pass through stages: read one after another, worked on in parallel, written in order.
//
//   par::pipeline(pool, 64,
//                 [&] { return next_block(file); },            // std::optional<block>; serial
//                 [](block b) { return compress(std::move(b)); },  // on several threads
//                 [&](block b) { write(out, b); });             // serial, in the order of reading
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/run_pipeline.h"

namespace par::inline PAR_ABI {

namespace detail {

// What the stages between source and sink make of an item.
template <class Item>
Item pass_through(Item item) {
  return item;
}
template <class Item, class First, class... Rest>
auto pass_through(Item item, First& first, Rest&... rest) {
  return pass_through(std::invoke(first, std::move(item)), rest...);
}

// The stages of one pipeline and its items, one place for each that can be alive.
template <class Source, class Sink, class... Stages>
class typed_stages final : public pipeline_stages {
  using item = typename std::invoke_result_t<Source&>::value_type;
  using result = decltype(pass_through(std::declval<item>(), std::declval<Stages&>()...));

 public:
  typed_stages(std::size_t tokens, Source& source, Sink& sink, Stages&... stages)
      : source_(source), sink_(sink), stages_(stages...), places_(new place[tokens]) {}

  bool pull(std::size_t at) override {
    auto got = std::invoke(source_);
    if (!got.has_value()) return false;
    places_[at].in.emplace(std::move(*got));
    return true;
  }
  void work(std::size_t at) override {
    place& own = places_[at];
    std::apply([&](auto&... each) { own.out.emplace(pass_through(std::move(*own.in), each...)); },
               stages_);
    own.in.reset();
  }
  void emit(std::size_t at) override { std::invoke(sink_, std::move(*places_[at].out)); }
  void discard(std::size_t at) noexcept override {
    places_[at].in.reset();
    places_[at].out.reset();
  }

 private:
  struct alignas(64) place {
    std::optional<item> in;
    std::optional<result> out;
  };

  Source& source_;
  Sink& sink_;
  std::tuple<Stages&...> stages_;
  const std::unique_ptr<place[]> places_;
};

template <class Source, class... Rest, std::size_t... I>
void start_pipeline(executor& on, std::size_t tokens, Source& source, std::tuple<Rest&...> rest,
                    std::index_sequence<I...> /*stages*/) {
  auto& sink = std::get<sizeof...(I)>(rest);
  typed_stages<Source, std::remove_reference_t<decltype(sink)>,
               std::remove_reference_t<std::tuple_element_t<I, std::tuple<Rest...>>>...>
  stages(checked_tokens(tokens), source, sink, std::get<I>(rest)...);
  run_pipeline(on, tokens, stages);
}

}  // namespace detail

// Calls source() until it gives nullopt, and for each item, in that order, sink(result), where the
// result is what the stages make of the item, each of the one before. Source and sink are called by
// one thread at a time, though not always the same; the stages by several at once. Runs on the
// calling thread and those of the executor; returns when all is done. At most `tokens` items exist
// at a time (>= 1, else std::invalid_argument): the source is not called while as many are on their
// way, which bounds memory.
//
// If a call throws, the sink gets just the items before the one it was thrown for; then, when no
// item is left, the exception is rethrown. So which one it is does not depend on threads. Can be
// nested and called from tasks: like parallel_for it never waits for a queued task. Allocates when
// it starts, and nothing for an item.
template <class Source, class... StagesAndSink>
  requires(sizeof...(StagesAndSink) >= 1)
void pipeline(executor& on, std::size_t tokens, Source source, StagesAndSink... stages_and_sink) {
  detail::start_pipeline(on, tokens, source, std::tuple<StagesAndSink&...>(stages_and_sink...),
                         std::make_index_sequence<sizeof...(StagesAndSink) - 1>());
}

}  // namespace par::inline PAR_ABI
