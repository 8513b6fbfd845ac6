#include "countips/formats/w3c.h"

#include <string>
#include <utility>

#include "countips/formats/read_lines.h"

namespace countips {

namespace {

class w3c final : public log_format {
 public:
  w3c(std::string name, w3c_header header) : name_(std::move(name)), header_(std::move(header)) {}

  [[nodiscard]] std::string name() const override { return name_; }

  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::make_unique<lines_reader<w3c_reader>>(rules, rules, header_);
  }

  // Unless its columns are known without a header.
  [[nodiscard]] bool is_told_by_shape() const override { return header_.layout().columns.empty(); }

  [[nodiscard]] bool has_headers() const override { return true; }

  [[nodiscard]] bool may_have_headers(std::string_view block) const override {
    return w3c_header::find(block) != std::string_view::npos;
  }

  [[nodiscard]] std::shared_ptr<const log_format> after(std::string_view block) const override {
    w3c_header header = header_;
    if (!header.take_all(block)) return nullptr;
    return std::make_shared<w3c>(name_, std::move(header));
  }

 private:
  const std::string name_;
  const w3c_header header_;
};

}  // namespace

w3c_reader::w3c_reader(const read_rules& rules, w3c_header header)
    : rules_(rules), header_(std::move(header)) {
  use_layout(header_.layout());
}

void w3c_reader::use_layout(field_layout layout) {
  columns_.emplace(rules_, layout);
  layout.syntax.quotes = quoting::none;
  bare_columns_.emplace(rules_, layout);
  last_ = &*columns_;
}

line_kind w3c_reader::read(std::string_view line) {
  if (line.starts_with('#')) {
    if (header_.take(line)) use_layout(header_.layout());
    return line_kind::comment;
  }
  const line_kind found = read_with(*columns_, line);
  if (found != line_kind::rejected || line.find('"') == std::string_view::npos) return found;
  // IIS writes what was asked for as it is, with a quote in front too.
  return read_with(*bare_columns_, line);
}

// What one of them has read is not what the other has read last.
line_kind w3c_reader::read_with(delimited_reader& columns, std::string_view line) {
  const line_kind found = columns.read(line);
  if (found == line_kind::rejected || last_ == &columns) return found;
  last_ = &columns;
  (&columns == &*columns_ ? bare_columns_ : columns_)->forget_last();
  return found;
}

std::shared_ptr<const log_format> w3c_format() {
  return std::make_shared<w3c>("w3c", w3c_header(header_dialect::w3c));
}

std::shared_ptr<const log_format> zeek_format() {
  return std::make_shared<w3c>("zeek", w3c_header(header_dialect::zeek));
}

std::shared_ptr<const log_format> cloudfront_format() {
  constexpr std::string_view columns =
      "#Fields: date\ttime\tx-edge-location\tsc-bytes\tc-ip\tcs-method\tcs(Host)\tcs-uri-stem\t"
      "sc-status\tcs(Referer)\tcs(User-Agent)\tcs-uri-query\tcs(Cookie)\tx-edge-result-type\t"
      "x-edge-request-id\tx-host-header\tcs-protocol\tcs-bytes\ttime-taken\tx-forwarded-for";
  w3c_header header(header_dialect::w3c);
  header.take(columns);
  return std::make_shared<w3c>("cloudfront", std::move(header));
}

}  // namespace countips
