// A format that a log may be in.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/leading_address.h"
#include "countips/records/read_rules.h"
#include "countips/tallies/block_sink.h"

namespace countips {

// Reads blocks, one after the other, and remembers from line to line what makes it fast; a block
// must stay where it is until the next. Not thread-safe.
class block_reader {
 public:
  virtual ~block_reader() = default;

  // Tells the sink of every line; the last may lack its line end.
  virtual void read(std::string_view block, block_sink& into) = 0;
};

// Does not change; thread-safe.
class log_format {
 public:
  virtual ~log_format() = default;

  [[nodiscard]] virtual std::string name() const = 0;  // "combined"

  // A reader for lines of this format. The rules must outlive it.
  [[nodiscard]] virtual std::unique_ptr<block_reader> make_reader(
      const read_rules& rules) const = 0;

  // How much of the line, without its line end, the format accounts for, in bytes from its first:
  // all of it, or all but other fields behind; 0 if it is not of the format. This tells formats
  // apart that read each other's lines.
  [[nodiscard]] virtual std::size_t explains(std::string_view line) const { return line.size(); }

  // The same for a line of a log of whose lines it is known what they begin with.
  [[nodiscard]] virtual std::size_t explains(std::string_view line,
                                             leading_address /*first*/) const {
    return explains(line);
  }

  // Whether a line is of the format that only has a time and an address where the format has them.
  [[nodiscard]] virtual bool is_told_by_address() const { return true; }

  // Whether nothing else has the shape of its lines. Of other formats some line must have the sign
  // of a request (see tells_of_request), or all may be what a program says of addresses.
  [[nodiscard]] virtual bool is_told_by_shape() const { return false; }

  // Whether its lines begin with a virtual host and a port: an address that stands there with the
  // port of a server is no client.
  [[nodiscard]] virtual bool begins_with_host_port() const { return false; }

  [[nodiscard]] bool fits(std::string_view line) const { return explains(line) == line.size(); }

  // Whether lines of the log say how those behind them are to be read. The blocks of such a log are
  // read each in the format that `after` gives for the blocks before.
  [[nodiscard]] virtual bool has_headers() const { return false; }

  // False if no line of the block is such a header, in whatever format the lines before are: then
  // `after` gives null. True of no text: it cannot be seen without all the work of `after`.
  [[nodiscard]] virtual bool may_have_headers(std::string_view) const { return has_headers(); }

  // The format of what follows the block; null if it is this one still.
  [[nodiscard]] virtual std::shared_ptr<const log_format> after(std::string_view) const {
    return nullptr;
  }
};

using format_list = std::vector<std::shared_ptr<const log_format>>;

}  // namespace countips
