#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>

#include "cli/utf8.h"
#include "cli/wrap.h"

namespace cli {
namespace {

constexpr int widest = 100;
constexpr int label_limit = 26;  // A longer label stands on a line of its own.

// "-j, --jobs=N", with room for the letter where there is none.
std::string label(const option& one) {
  const std::string_view indent = one.letter == '\0' ? "    " : "";
  return fmt::format("{}{}{}", indent, fmt::join(forms(one), ", "), value_label(one));
}

// "Show progress. [auto, always, never; default: auto]"
std::string description(const option& one) {
  std::string extra = fmt::format("{}", fmt::join(one.choices, ", "));
  if (!one.preset.empty()) extra += (extra.empty() ? "default: " : "; default: ") + one.preset;
  return extra.empty() ? one.help : fmt::format("{} [{}]", one.help, extra);
}

// Lines of one paragraph become one, to be wrapped anew; a line that begins with a space stays.
std::string reflowed(std::string_view text) {
  std::string flowing;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\n';
    const bool ends_paragraph = next == '\n' || next == ' ' || (i > 0 && text[i - 1] == '\n');
    flowing += text[i] == '\n' && !ends_paragraph ? ' ' : text[i];
  }
  return flowing;
}

class help_page {
 public:
  explicit help_page(help_style style)
      : columns_(std::clamp(style.columns, 40, widest)), colored_(style.colored) {}

  void line(std::string_view text) { page_ += fmt::format("{}\n", text); }

  void heading(std::string_view text) { page_ += '\n' + bold(text) + '\n'; }

  void paragraph(std::string_view text, int indent) {
    for (const std::string& one : wrap(text, columns_ - indent)) {
      line(one.empty() ? one : fmt::format("{:{}}{}", "", indent, one));
    }
  }

  void options(std::span<const option> all, int label_width) {
    for (const option& one : all) entry(label(one), description(one), label_width);
  }

  [[nodiscard]] std::string bold(std::string_view text) const {
    return colored_ ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }

  [[nodiscard]] std::string take() { return std::move(page_); }

 private:
  // "  label   text", the text wrapped in a column of its own.
  void entry(const std::string& name, std::string_view text, int label_width) {
    const int indent = 2 + label_width + 2;
    std::string first = fmt::format("  {:{}}  ", name, label_width);
    if (width(name) > label_width) {
      line("  " + name);
      first = std::string(static_cast<std::size_t>(indent), ' ');
    }
    for (const std::string& one : wrap(text, columns_ - indent)) {
      line(first + one);
      first.assign(static_cast<std::size_t>(indent), ' ');
    }
  }

  const int columns_;
  const bool colored_;
  std::string page_;
};

int label_width(std::span<const option> own, std::span<const option> common) {
  int widest_label = 0;
  for (const auto& table : {own, common}) {
    for (const option& one : table) {
      const int columns = width(label(one));
      if (columns <= label_limit) widest_label = std::max(widest_label, columns);
    }
  }
  return widest_label;
}

void print_examples(help_page& page, std::span<const example> examples) {
  for (const example& one : examples) {
    page.line("  " + one.line);
    page.paragraph(one.meaning, 6);
  }
}

std::string usage_line(const command& what) {
  const std::string_view gap = what.operands.usage.empty() ? "" : " ";
  return fmt::format("  {} [OPTION]...{}{}", what.name, gap, what.operands.usage);
}

}  // namespace

std::string help_text(const command& what, const std::vector<option>& common, help_style style) {
  help_page page(style);
  const std::span<const example> examples = what.examples;
  page.paragraph(fmt::format("{}: {}.", what.name, what.summary), 0);
  page.heading("Example:");
  print_examples(page, examples.first(std::min<std::size_t>(examples.size(), 1)));
  page.heading("Usage:");
  page.line(usage_line(what));
  const int labels = label_width(what.options, common);
  if (!what.options.empty()) {
    page.heading("Options:");
    page.options(what.options, labels);
  }
  page.heading("Common options:");
  page.options(common, labels);
  if (!what.notes.empty()) {
    page.line("");
    page.paragraph(reflowed(what.notes), 0);
  }
  if (examples.size() > 1) {
    page.heading("More examples:");
    print_examples(page, examples.subspan(1));
  }
  return page.take();
}

}  // namespace cli
