#include "countips/shell/output_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <string_view>

#include "cli/command.h"
#include "cli/messages.h"
#include "countips/input/inputs.h"
#include "countips/input/reading.h"
#include "countips/input/source.h"

namespace countips {

namespace {

or_errno<file_info> look_up(const std::string& path) {
  if (path != standard_input) return system_files().look_up(path);
  const auto opened = system_files().open_standard_input();
  return opened ? (*opened)->look() : par::unexpected<int>(opened.error());
}

// What a name leads to, if that can be overwritten.
std::optional<file_id> file_behind(const std::string& path) {
  const or_errno<file_info> found = look_up(path);
  if (!found || found->is != file_info::kind::regular) return std::nullopt;
  return found->id;
}

std::vector<std::string> all_read(const std::vector<std::string>& inputs, const settings& chosen) {
  std::vector<std::string> all = chosen.configurations;
  if (!chosen.files0_from.empty()) all.push_back(chosen.files0_from);
  if (chosen.names_from_input) all.push_back(standard_input);
  for (input& each : list_inputs(inputs, system_files()).inputs) {
    all.push_back(std::move(each.path));
  }
  return all;
}

// True of what cannot be read, too: nobody knows what would be lost.
bool holds_no_page(const std::string& path) {
  constexpr std::string_view beginning = "<!doctype html";
  const auto found = look_up(path);
  if (!found || found->is != file_info::kind::regular || found->size == 0) return false;
  const auto opened = system_files().open(path);
  if (!opened) return true;
  std::array<char, beginning.size()> content{};
  const auto size = read_fully_at(**opened, 0, content);
  const auto lower = [](unsigned char each) { return static_cast<char>(std::tolower(each)); };
  return !size || !std::ranges::equal(std::span(content).first(*size), beginning, {}, lower);
}

[[noreturn]] void refuse(const std::string& path, const char* why) {
  throw cli::usage_error("cannot write " + cli::quoted(path) + ": " + why);
}

void check_output_file(const std::string& path, const std::vector<std::string>& read) {
  const std::optional<file_id> written = file_behind(path);
  if (!written) return;
  const auto is_written = [&](const std::string& each) { return file_behind(each) == written; };
  if (std::ranges::any_of(read, is_written)) refuse(path, "it is one of the inputs");
}

}  // namespace

void check_output_files(const std::vector<std::string>& inputs, const settings& chosen) {
  const std::string& rejects = chosen.rejects_file;
  const std::string& page = chosen.output.html;
  if (rejects.empty() && page.empty()) return;
  const std::vector<std::string> read = all_read(inputs, chosen);
  if (!rejects.empty()) check_output_file(rejects, read);
  if (page.empty() || page == "-") return;
  check_output_file(page, read);
  if (holds_no_page(page)) refuse(page, "it holds something else than a page");
  if (!rejects.empty() && file_behind(page) && file_behind(page) == file_behind(rejects)) {
    refuse(page, "it gets the rejected lines");
  }
}

}  // namespace countips
