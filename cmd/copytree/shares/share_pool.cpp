#include "copytree/shares/share_pool.h"

#include <dirent.h>

#include <chrono>
#include <exception>
#include <stop_token>
#include <system_error>
#include <utility>

#include "copytree/entry/settle.h"
#include "copytree/shares/copied_numbers.h"
#include "copytree/shares/event_list.h"
#include "copytree/shares/lend.h"
#include "copytree/shares/remove_unfinished.h"
#include "copytree/shares/worker.h"
#include "copytree/tree/copy_directory.h"
#include "par/locks/event.h"
#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

constexpr std::size_t most_waiting = 4096;  // Only for their memory.
constexpr auto between_looks = std::chrono::milliseconds(20);

std::string describe(const par::worker_died& death) {
  const std::string process = "process " + std::to_string(death.pid());
  if (const auto signal = death.status().signal()) {
    return process + " was killed by signal " + std::to_string(*signal);
  }
  if (const auto code = death.status().code()) {
    return process + " ended with status " + std::to_string(*code);
  }
  return process + " ended";
}

}  // namespace

struct share_pool::sent {
  request what;
  std::uint32_t place;
  par::future<share_result> result = {};
};

share_pool::share_pool(par::process_pool& pool, std::size_t processes,
                       const par::shared_memory& memory, const options& how,
                       const std::atomic<bool>& stop, counters& counts)
    : pool_(pool),
      board_(board::lay_out(memory.data(), places_for(processes))),
      share_size_(how.verify ? 1024 : 128),
      stop_(stop),
      counts_(counts),
      places_(places_for(processes)) {
  for (std::size_t i = 0; i < places_; ++i) {
    free_places_.push_back(static_cast<std::uint32_t>(i));
  }
  watcher_ = par::thread("shares", [this](const std::stop_token& end) { watch(end); });
}

bool share_pool::take(context& run, batch& entries) {
  if (entries.empty()) return true;
  {
    const par::lock_guard lock(guard_);
    if (waiting_.size() >= most_waiting) return false;
  }
  request next{.in = entries.directory(), .entries = {}};
  while (!entries.empty()) {
    const batch::item item = entries.next();
    next.entries.push_back({.name = item.name, .type = item.type});
  }
  enqueue(std::move(next), place_in_line::last);
  hand_out(run);
  return true;
}

void share_pool::enqueue(request next, place_in_line where) {
  const par::lock_guard lock(guard_);
  ++unfinished_;
  board_.all().shares.store(static_cast<std::uint32_t>(unfinished_), std::memory_order_relaxed);
  if (where == place_in_line::first) {
    waiting_.push_front(std::move(next));
  } else {
    waiting_.push_back(std::move(next));
  }
}

std::optional<share_pool::sent> share_pool::next_to_send() {
  const par::lock_guard lock(guard_);
  if (waiting_.empty() || free_places_.empty()) return std::nullopt;
  sent next{.what = std::move(waiting_.front()), .place = free_places_.back()};
  waiting_.pop_front();
  free_places_.pop_back();
  return next;
}

void share_pool::hand_out(context& run) {
  while (auto next = next_to_send()) {
    const std::uint32_t place = next->place;
    try {
      if (run.stopped() || !send(run, *next)) conclude(place);
    } catch (...) {
      conclude(place);
      throw;
    }
  }
}

// False if it is copied here: descriptors for sending it cannot be had, or no process is left.
bool share_pool::send(context& run, sent& next) {
  const auto back = std::make_shared<sent>(std::move(next));
  try {
    share outgoing;
    outgoing.place = back->place;
    outgoing.watched = counts_.watched.load(std::memory_order_relaxed);
    outgoing.entries = back->what.entries;
    const auto held = back->what.in->keep_open();
    if (!held) throw std::system_error(std::make_error_code(held.error()));
    if (outgoing.watched) counts_.current.set(back->what.in->path()->source_path());
    outgoing.way = way_to(*back->what.in);
    back->result = pool_.submit<&copy_share>(outgoing);
  } catch (const std::exception&) {
    copy_here(run, back->what);
    return false;
  }
  back->result.add_done_callback(
      [this, &run, back] { run.executor.post([this, &run, back] { take_up(run, *back); }); });
  return true;
}

void share_pool::copy_here(context& run, const request& all) {
  batch others(all.in);
  for (const share::entry& each : all.entries) {
    if (each.type == DT_DIR) {
      post_directory(run, {.parent = all.in, .source = each.name, .name = each.name});
    } else {
      others.add(each.name, each.type);
    }
  }
  if (!others.empty()) post_batch(run, std::move(others));
}

// The directory must not outlive this task, however long the pool keeps the future.
void share_pool::take_up(context& run, sent& back) {
  const request what = std::move(back.what);
  std::exception_ptr failure;
  try {
    share_result result = back.result.get();
    take_up(run, what, result);
  } catch (const par::worker_died& death) {
    if (!run.stopped()) lose(run, what, describe(death));
    remove_unfinished(run, what.in, what.entries, board_.place(back.place).making);
  } catch (const par::broken_process_pool&) {
    if (!run.stopped()) copy_here(run, what);
  } catch (...) {
    failure = std::current_exception();
  }
  conclude(back.place);
  hand_out(run);
  if (failure != nullptr) std::rethrow_exception(failure);
}

void share_pool::take_up(context& run, const request& what, share_result& result) {
  add(counts_.copied, result.copied);
  counts_.settled.add_counted(result.settled_entries, result.settled_bytes);
  for (const file_status& file : result.settled_links) {
    counts_.settled.add_entry(file, run.how.preserve.links);
  }
  for (const std::vector<std::string>& names : result.lost) {
    lost_directories::path lost = what.in->path();
    for (const std::string& name : names) lost = std::make_shared<tree_path>(lost, name, name);
    counts_.lost.put(std::move(lost));
  }
  tell(run.events, result.events);
  if (!run.stopped()) take_up_rest(run, what, result);
}

void share_pool::take_up_rest(context& run, const request& what, share_result& result) {
  std::vector<std::shared_ptr<open_directory>> directories{what.in};
  for (directory_value& each : result.directories) {
    const auto above = directories.at(each.parent);
    directories.push_back(directory_of(run, std::move(each), above, false));
  }
  rest_sorter sorted(run, share_size_);
  for (const share_result::left& each : result.rest) sorted.add(directories.at(each.in), each);
  for (request& next : sorted.take()) enqueue(std::move(next), place_in_line::first);
}

void share_pool::lose(context& run, const request& what, const std::string& why) {
  const auto held = what.in->keep_open();
  for (const share::entry& each : what.entries) {
    const leaf lost{what.in, each.name.c_str(), each.name.c_str()};
    run.fail({.what = operation::lose_process,
              .source = what.in->path()->source_path(each.name),
              .destination = what.in->path()->destination_path(each.name),
              .attribute = {},
              .ending = why});
    if (each.type == DT_DIR) {
      settle_lost(run, {.parent = what.in, .source = each.name, .name = each.name});
    } else {
      settle_unopened(run, lost, held ? each.type : static_cast<unsigned char>(DT_UNKNOWN));
    }
  }
}

void share_pool::conclude(std::uint32_t place) {
  share_place& used = board_.place(place);
  add(counts_.copied.bytes_moved, used.moving.bytes_moved.exchange(0));
  used.moving.under_way = 0;
  used.making.clear();
  const par::lock_guard lock(guard_);
  free_places_.push_back(place);
  --unfinished_;
  board_.all().shares.store(static_cast<std::uint32_t>(unfinished_), std::memory_order_relaxed);
  if (unfinished_ == 0) changed_.notify_all();
}

bool share_pool::wait_idle() {
  par::unique_lock lock(guard_);
  if (unfinished_ == 0) return false;
  while (unfinished_ > 0) changed_.wait(lock);
  return true;
}

// Passes the wish to stop on to where the others see it, and shows what they have moved.
void share_pool::watch(const std::stop_token& end) {
  par::event never;
  do {
    if (stop_.load(std::memory_order_relaxed)) board_.all().stop = true;
    std::uint64_t under_way = 0;
    std::uint64_t moved = 0;
    for (std::size_t i = 0; i < places_; ++i) {
      under_way += board_.place(i).moving.under_way;
      moved += board_.place(i).moving.bytes_moved;
    }
    counts_.away.under_way = under_way;
    counts_.away.bytes_moved = moved;
    static_cast<void>(never.wait_for(between_looks, end));
  } while (!end.stop_requested());
  counts_.away.under_way = 0;
  counts_.away.bytes_moved = 0;
}

}  // namespace copytree
