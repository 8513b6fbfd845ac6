// How a pool of processes makes tasks of calls: the last part of process_pool.h, which includes it.
#pragma once

#include <algorithm>
#include <memory>
#include <ranges>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "par/processes/imap_range.h"
#include "par/processes/pool_callbacks.h"
#include "par/processes/pool_chunks.h"

namespace par::inline PAR_ABI {

template <auto Function, class Callbacks, class... Args>
auto process_pool::submit_call(Callbacks callbacks, Args&&... args) {
  return post_call<detail::call_result<Function>>(
      {.runner = &detail::run_call<Function>,
       .arguments = detail::encode_arguments<Function>(std::forward<Args>(args)...)},
      std::move(callbacks));
}

template <class Result, class Callbacks>
future<Result> process_pool::post_call(detail::remote_call call, Callbacks callbacks) {
  auto task = std::make_unique<detail::remote_task<Result, Callbacks>>(std::move(call),
                                                                       std::move(callbacks));
  auto result = task->get_future();
  post(std::move(task));
  return result;
}

template <auto Function, class... Args, class OnValue, class OnError>
auto process_pool::apply_async(std::tuple<Args...> args, OnValue on_value, OnError on_error) {
  detail::pool_callbacks<OnValue, OnError> callbacks{std::move(on_value), std::move(on_error)};
  return std::apply(
      [&](Args&... each) {
        return submit_call<Function>(std::move(callbacks), std::move(each)...);
      },
      args);
}

template <auto Function, std::ranges::input_range Range, class OnValue, class OnError>
auto process_pool::map_async(Range&& range, std::size_t chunk, OnValue on_value, OnError on_error) {
  std::vector<detail::call_arguments<Function>> items;
  for (auto&& each : range) items.emplace_back(std::forward<decltype(each)>(each));
  if (chunk == 0) chunk = std::max<std::size_t>((items.size() + 4 * size() - 1) / (4 * size()), 1);
  return submit_chunks<Function>(
      items, chunk,
      detail::pool_callbacks<OnValue, OnError>{std::move(on_value), std::move(on_error)});
}

template <auto Function, class Callbacks>
auto process_pool::submit_chunks(const std::vector<detail::call_arguments<Function>>& items,
                                 std::size_t chunk, Callbacks callbacks) {
  using result = detail::call_result<Function>;
  const std::size_t count = (items.size() + chunk - 1) / chunk;
  auto all = std::make_shared<detail::gathering<result, Callbacks>>(count, std::move(callbacks));
  auto results = all->get_future();
  for (std::size_t i = 0; i < count; ++i) {
    const auto part = std::span(items).subspan(i * chunk);
    post(std::make_unique<detail::chunk_task<result, Callbacks>>(
        detail::chunk_call<Function>(part.first(std::min(chunk, part.size()))), all, i));
  }
  return results;
}

template <auto Function, class Range>
auto process_pool::imap_as(Range&& range, std::size_t chunk, std::size_t window, bool ordered) {
  using source = std::views::all_t<Range>;
  using range_type = imap_range<source, detail::call_result<Function>>;
  // NOLINTNEXTLINE(performance-unnecessary-value-param): its items are moved.
  const auto submit_items = [this](std::vector<typename range_type::item_type> items) {
    std::vector<detail::call_arguments<Function>> arguments;
    for (auto&& each : items) arguments.emplace_back(std::move(each));
    return submit_chunks<Function>(arguments, arguments.size(), detail::no_callbacks());
  };
  return range_type(std::views::all(std::forward<Range>(range)), submit_items, chunk,
                    window != 0 ? window : 8 * size(), ordered);
}

}  // namespace par::inline PAR_ABI
