// The answer of a count, in the form that the user wants.
#pragma once

#include <string>

#include "cli/session.h"
#include "countips/render/render.h"
#include "countips/shell/output_options.h"

namespace countips {

class answer {
 public:
  // What was not chosen depends on where standard output leads to. Both must outlive it.
  answer(cli::session& session, const output_settings& chosen);

  [[nodiscard]] output_format format() const { return format_; }

  [[nodiscard]] bool has_header() const { return !chosen_.no_header; }

  [[nodiscard]] bool has_total_row() const { return chosen_.total; }  // In tsv, csv and ndjson.

  // Whether the total is part of it.
  [[nodiscard]] bool needs_total() const;

  // As text; a table gets bars for the width that the terminal has now.
  [[nodiscard]] std::string text(const report& what) const;

  // Whether a page takes its place.
  [[nodiscard]] bool is_page() const;

  void print(const report& what) const;

  // Into the file that was asked for, if any. Failure is reported.
  void write_page(const report& what) const;

 private:
  [[nodiscard]] bar_space space_for_bars() const;

  cli::session& session_;
  const output_settings& chosen_;
  const output_format format_;
};

}  // namespace countips
