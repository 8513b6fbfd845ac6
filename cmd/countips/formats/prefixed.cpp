#include "countips/formats/prefixed.h"

#include <string>
#include <utility>

#include "countips/formats/read_lines.h"

namespace countips {

namespace {

// The lines of the block behind their prefixes, as many as there were.
std::string strip_lines(std::string_view block, line_prefix prefix, std::size_t longest) {
  prefix_stripper stripper(prefix);
  std::string stripped;
  stripped.reserve(block.size());
  while (!block.empty()) {
    const std::string_view line = take_line(block).substr(0, longest);
    stripped += stripper.strip(line).value_or(line);
    stripped += '\n';
  }
  return stripped;
}

class prefixed_reader final : public block_reader {
 public:
  prefixed_reader(line_prefix prefix, std::shared_ptr<const log_format> inner,
                  const read_rules& rules)
      : prefix_(prefix), inner_(std::move(inner)), rules_(rules) {}

  // The inner reader may remember lines, which are gone after this: each block has its own.
  void read(std::string_view block, block_sink& into) override {
    const std::string stripped = strip_lines(block, prefix_, rules_.longest_line);
    inner_->make_reader(rules_)->read(stripped, into);
  }

 private:
  const line_prefix prefix_;
  const std::shared_ptr<const log_format> inner_;
  const read_rules& rules_;
};

class prefixed final : public log_format {
 public:
  prefixed(line_prefix prefix, std::shared_ptr<const log_format> inner)
      : prefix_(prefix), inner_(std::move(inner)) {}

  [[nodiscard]] std::string name() const override {
    return inner_->name() + " in " + std::string(name_of(prefix_));
  }

  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::make_unique<prefixed_reader>(prefix_, inner_, rules);
  }

  [[nodiscard]] bool has_headers() const override { return inner_->has_headers(); }

  [[nodiscard]] std::shared_ptr<const log_format> after(std::string_view block) const override {
    auto next = inner_->after(strip_lines(block, prefix_, block.size()));
    return next ? prefixed_format(prefix_, std::move(next)) : nullptr;
  }

 private:
  const line_prefix prefix_;
  const std::shared_ptr<const log_format> inner_;
};

}  // namespace

std::shared_ptr<const log_format> prefixed_format(line_prefix prefix,
                                                  std::shared_ptr<const log_format> inner) {
  return std::make_shared<prefixed>(prefix, std::move(inner));
}

}  // namespace countips
