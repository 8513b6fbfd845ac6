// A format that is a name and a reader of lines.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "countips/formats/log_format.h"
#include "countips/formats/read_lines.h"

namespace countips {

// Readers are made of the rules and of what all of them share. Those whose lines are told by their
// shape have a constant `is_told_by_shape`.
template <class LineReader, class... Shared>
class line_format final : public log_format {
 public:
  explicit line_format(std::string name, Shared... shared)
      : name_(std::move(name)), shared_(std::move(shared)...) {}

  [[nodiscard]] std::string name() const override { return name_; }

  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::apply(
        [&rules](const Shared&... shared) {
          return std::make_unique<lines_reader<LineReader>>(rules, rules, shared...);
        },
        shared_);
  }

  [[nodiscard]] bool is_told_by_shape() const override {
    return requires { LineReader::is_told_by_shape; };
  }

 private:
  const std::string name_;
  const std::tuple<Shared...> shared_;
};

}  // namespace countips
