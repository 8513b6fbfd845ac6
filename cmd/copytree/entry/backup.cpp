#include "copytree/entry/backup.h"

#include <fcntl.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "copytree/system/descriptor.h"
#include "copytree/system/directory_reader.h"

namespace copytree {

namespace {

constexpr std::string_view before_number = ".~";
constexpr std::string_view after_number = "~";

// 0 if the candidate is no numbered backup of the name.
std::uint64_t number_of(std::string_view candidate, std::string_view name) {
  if (!candidate.starts_with(name)) return 0;
  candidate.remove_prefix(name.size());
  if (!candidate.starts_with(before_number) || !candidate.ends_with(after_number)) return 0;
  candidate.remove_prefix(before_number.size());
  candidate.remove_suffix(std::min(candidate.size(), after_number.size()));
  std::uint64_t number = 0;
  const char* const end = candidate.data() + candidate.size();
  const auto [rest, problem] = std::from_chars(candidate.data(), end, number);
  const bool is_number = problem == std::errc{} && rest == end && !candidate.starts_with('0');
  return is_number ? number : 0;
}

os_result<std::uint64_t> highest_number(file_system& fs, at where) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;
  const auto opened = uninterrupted([&] { return fs.open({where.directory, "."}, flags); });
  if (!opened) return par::unexpected<std::errc>(opened.error());
  const descriptor directory(fs, *opened);
  directory_reader reader(fs, directory.get());
  std::uint64_t highest = 0;
  while (true) {
    const auto next = reader.next();
    if (!next) return par::unexpected<std::errc>(next.error());
    if (!*next) return highest;
    highest = std::max(highest, number_of((*next)->name, where.name));
  }
}

std::string numbered(std::string_view name, std::uint64_t number) {
  std::string result(name);
  result += before_number;
  result += std::to_string(number);
  result += after_number;
  return result;
}

std::string simple(std::string_view name, std::string_view suffix) {
  return std::string(name).append(suffix);
}

struct choice {
  std::string name;
  bool is_numbered;
};

os_result<choice> choose(file_system& fs, at where, backup kind, std::string_view suffix) {
  if (kind == backup::simple) return choice{simple(where.name, suffix), false};
  const auto highest = highest_number(fs, where);
  if (!highest) return par::unexpected<std::errc>(highest.error());
  if (kind == backup::existing && *highest == 0) return choice{simple(where.name, suffix), false};
  return choice{numbered(where.name, *highest + 1), true};
}

}  // namespace

os_result<std::string> backup_name(file_system& fs, at where, backup kind,
                                   std::string_view suffix) {
  auto chosen = choose(fs, where, kind, suffix);
  if (!chosen) return par::unexpected<std::errc>(chosen.error());
  return std::move(chosen->name);
}

os_result<std::string> set_aside(file_system& fs, at where, backup kind, std::string_view suffix) {
  while (true) {
    auto chosen = choose(fs, where, kind, suffix);
    if (!chosen) return par::unexpected<std::errc>(chosen.error());
    const char* name = chosen->name.c_str();
    const auto moved = chosen->is_numbered ? fs.rename_new(where, name) : fs.rename(where, name);
    if (moved) return std::move(chosen->name);
    // Somebody else has just taken the number.
    if (chosen->is_numbered && moved.error() == std::errc::file_exists) continue;
    return par::unexpected<std::errc>(moved.error());
  }
}

bool is_backup_of(file_system& fs, std::string_view source_name, const file_status& source,
                  at where, std::string_view suffix) {
  const std::string backup = simple(where.name, suffix);
  if (source_name != backup) return false;
  const auto there = fs.status_following({where.directory, backup.c_str()});
  return there && id_of(*there) == id_of(source);
}

}  // namespace copytree
