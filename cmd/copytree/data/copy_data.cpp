#include "copytree/data/copy_data.h"

#include <unistd.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "copytree/data/data_mover.h"
#include "copytree/data/read_sum.h"

namespace copytree {

namespace {

constexpr std::uint64_t everything = std::numeric_limits<std::uint64_t>::max();

bool has_holes(const file_status& status) {
  constexpr off_t block = 512;  // The unit of st_blocks, whatever the file system's own.
  return S_ISREG(status.st_mode) && status.st_size / block > status.st_blocks;
}

bool wants_holes(const data_rules& rules, const file_status& status) {
  return rules.sparse == policy::always || (rules.sparse == policy::automatic && has_holes(status));
}

// Of SEEK_DATA: there is a hole up to the end, or this is behind it.
constexpr std::errc no_more_data = std::errc::no_such_device_or_address;

// Where there can be holes: what is passed over in a device keeps what it held.
bool is_regular(file_system& fs, int file) {
  const auto status = fs.status(file);
  return status && S_ISREG(status->st_mode);
}

struct stretch {
  std::uint64_t begin;
  std::uint64_t end;
};

class data_copy {
 public:
  data_copy(const data_rules& rules, copy_methods& methods, int from, int to,
            const file_status& status)
      : rules_(rules),
        methods_(methods),
        from_(from),
        to_(to),
        size_(static_cast<std::uint64_t>(status.st_size)),
        makes_holes_(wants_holes(rules, status) && is_regular(rules.fs, to)),
        reads_all_(rules.summed && (rules.sparse != policy::automatic || !makes_holes_)),
        sum_(reads_all_ ? std::optional<checksummer>(std::in_place) : std::nullopt),
        mover_(rules, methods, from, to, makes_holes_ && rules.sparse == policy::always,
               sum_ ? &*sum_ : nullptr) {}

  par::expected<data_copied, data_error> run();

 private:
  par::expected<bool, data_error> clone();
  amount move_all();  // From the current positions.
  amount dense();
  os_result<stretch> next_data(std::uint64_t begin, const os_result<std::uint64_t>& data,
                               std::uint64_t end);
  std::optional<amount> sparse();  // Nothing if holes cannot be told.
  amount data_at(std::uint64_t begin, std::uint64_t length);
  par::expected<data_copied, data_error> result(std::uint64_t bytes, bool read_all);

  const data_rules& rules_;
  copy_methods& methods_;
  const int from_;
  const int to_;
  const std::uint64_t size_;
  const bool makes_holes_;
  const bool reads_all_;
  std::optional<checksummer> sum_;
  data_mover mover_;
  means reflink_ = means::no;
};

// True if that is all; false if it is to be done in another way.
par::expected<bool, data_error> data_copy::clone() {
  const bool needed = rules_.reflink == policy::always;
  const bool wanted = needed || (rules_.reflink == policy::automatic &&
                                 rules_.sparse == policy::automatic && size_ > 0);
  if (!wanted) return false;
  reflink_ = means::unsupported;
  std::atomic<bool>& refused = methods_.clone_refused;
  if (!needed && refused.load(std::memory_order_relaxed)) return false;
  const auto cloned = uninterrupted([&] { return rules_.fs.clone(from_, to_); });
  if (cloned) {
    reflink_ = means::yes;
    return true;
  }
  if (needed) return failure(operation::clone, cloned.error());
  if (meaning_of(data_way::clone, cloned.error()) == refusal::for_good) {
    refused.store(true, std::memory_order_relaxed);
  }
  return false;
}

// A file may grow as fast as it is copied, and is followed only so far. One whose size the file
// system does not tell, as in /proc, is followed to its end.
amount data_copy::move_all() {
  const std::uint64_t enough = 2 * size_ + (std::uint64_t{1} << 20);
  const amount moved = mover_.move(enough, size_);
  if (!moved || *moved < enough) return moved;
  const auto now = rules_.fs.status(from_);
  if (!now || static_cast<std::uint64_t>(now->st_size) > size_) return moved;
  const amount rest = mover_.move(everything, 0);
  if (!rest) return rest;
  return enough + *rest;
}

amount data_copy::dense() {
  const amount moved = move_all();
  if (!moved) return moved;
  if (const auto error = mover_.finish(*moved)) return par::unexpected<data_error>(*error);
  return moved;
}

amount data_copy::data_at(std::uint64_t begin, std::uint64_t length) {
  if (const auto at_data = rules_.fs.seek(from_, begin, SEEK_SET); !at_data) {
    return failure(operation::read_data, at_data.error());
  }
  if (const auto at_data = rules_.fs.seek(to_, begin, SEEK_SET); !at_data) {
    return failure(operation::write_data, at_data.error());
  }
  return mover_.move(length, length);
}

// What to copy next, given the answer to where there is data at or behind `begin`; empty, and at
// the end, if there is no more.
os_result<stretch> data_copy::next_data(std::uint64_t begin, const os_result<std::uint64_t>& data,
                                        std::uint64_t end) {
  if (!data && data.error() == no_more_data) {
    if (const auto size = rules_.fs.seek(from_, 0, SEEK_END)) end = std::min(end, *size);
    return stretch{end, end};
  }
  if (!data) return par::unexpected<std::errc>(data.error());
  if (*data >= end) return stretch{end, end};
  const auto hole = rules_.fs.seek(from_, *data, SEEK_HOLE);
  if (!hole) return par::unexpected<std::errc>(hole.error());
  // A file system that sends us in circles is not believed any more.
  if (*data < begin || *hole <= *data) return stretch{begin, end};
  return stretch{*data, std::min(*hole, end)};
}

std::optional<amount> data_copy::sparse() {
  std::uint64_t done = 0;
  std::uint64_t end = size_;
  for (std::uint64_t begin = 0; begin < end;) {
    const auto data = rules_.fs.seek(from_, begin, SEEK_DATA);
    if (!data && data.error() != no_more_data && begin == 0) return std::nullopt;
    const auto next = next_data(begin, data, end);
    if (!next) return failure(operation::read_data, next.error());
    begin = next->end;
    const std::uint64_t length = next->end - next->begin;
    if (length == 0) end = next->end;
    const amount copied = length == 0 ? amount(0) : data_at(next->begin, length);
    if (!copied) return copied;
    done += *copied;
    if (*copied < length) end = next->begin + *copied;  // The file has shrunk.
  }
  if (const auto cut = uninterrupted([&] { return rules_.fs.truncate(to_, end); }); !cut) {
    return failure(operation::write_data, cut.error());
  }
  rules_.progress.passed(end - std::min(end, done));
  return end;
}

par::expected<data_copied, data_error> data_copy::result(std::uint64_t bytes, bool read_all) {
  data_copied made{.bytes = bytes, .how = mover_.how()};
  made.how.reflink = reflink_;
  if (!rules_.summed) return made;
  if (read_all) {
    made.sum = sum_->result();
    return made;
  }
  // What the kernel copied, or left out as a hole, nobody here has seen.
  const auto sum = read_sum(rules_.fs, from_, bytes, rules_.stop);
  if (!sum) return failure(operation::read_data, sum.error());
  made.sum = *sum;
  return made;
}

par::expected<data_copied, data_error> data_copy::run() {
  const auto cloned = clone();
  if (!cloned) return par::unexpected<data_error>(cloned.error());
  if (*cloned) {
    rules_.progress.passed(size_);
    return result(size_, false);
  }
  if (rules_.sparse == policy::automatic && makes_holes_) {
    if (const auto copied = sparse()) {
      if (!*copied) return par::unexpected<data_error>(copied->error());
      auto made = result(**copied, false);
      if (made) made->how.seeks_holes = true;
      return made;
    }
  }
  const amount copied = dense();
  if (!copied) return par::unexpected<data_error>(copied.error());
  return result(*copied, reads_all_);
}

}  // namespace

par::expected<data_copied, data_error> copy_data(const data_rules& rules, copy_methods& methods,
                                                 int from, int to, const file_status& status) {
  return data_copy(rules, methods, from, to, status).run();
}

}  // namespace copytree
