#include "copytree/cp/options_given.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "copytree/cp/option_names.h"
#include "copytree/cp/word_match.h"
#include "copytree/shell/attribute_choice.h"

namespace copytree::gnu {

namespace {

using result = std::optional<misuse>;

class option_reader {
 public:
  explicit option_reader(const environment& around) : around_(around) {
    options& how = given_.line.how;
    how.preserve = {.mode = false,
                    .owner = false,
                    .times = false,
                    .links = false,
                    .xattrs = false,
                    .context = false};
  }

  // One option with its value, or null.
  result apply(int option, const char* value);
  [[nodiscard]] options_given take() { return std::move(given_); }

 private:
  bool apply_flag(int option);
  bool apply_link(int option);
  bool apply_existing(int option);
  result apply_choice(int option, const char* value);
  result apply_value(int option, const char* value);
  result change_attributes(std::string_view list, std::string_view name, bool wanted);
  result set_target(const char* directory);
  void preserve_usual();
  void archive();

  // Stores the meaning of a value, or tells why there is none.
  template <class T, std::size_t N>
  result choose(const option_word<T> (&words)[N], const char* value, std::string_view name, T& to) {
    auto meaning = match_word(words, value, name, around_.utf8);
    if (!meaning) return std::move(meaning.error());
    to = *meaning;
    return std::nullopt;
  }

  const environment& around_;
  options_given given_;
};

result option_reader::apply(int option, const char* value) {
  if (apply_flag(option) || apply_link(option) || apply_existing(option)) return std::nullopt;
  return apply_value(option, value);
}

bool option_reader::apply_flag(int option) {
  command_line& line = given_.line;
  switch (option) {
    case 'a':
      archive();
      return true;
    case attributes_only:
      return line.how.attributes_only = true;
    case copy_contents:
      return given_.copy_contents = true;
    case debug:
      return line.how.explain = line.how.list_entries = true;
    case 'p':
      preserve_usual();
      return true;
    case parents:
      return line.operands.parents = true;
    case 'r':
    case 'R':
      return given_.recursive = true;
    case strip_trailing_slashes:
      return line.operands.strip_trailing_slashes = true;
    case 'T':
      return given_.target_is_name = true;
    case 'v':
      return line.how.list_entries = true;
    case 'x':
      return line.how.one_file_system = true;
    case 'Z':
      return given_.default_context = true;
    default:
      return false;
  }
}

bool option_reader::apply_link(int option) {
  switch (option) {
    case 'd':
      given_.follow = follow_links::never;
      return given_.line.how.preserve.links = true;
    case 'H':
      given_.follow = follow_links::operands;
      return true;
    case 'L':
      given_.follow = follow_links::always;
      return true;
    case 'P':
      given_.follow = follow_links::never;
      return true;
    case 'l':
      return given_.hard_links = true;
    case 's':
      return given_.symbolic_links = true;
    case keep_directory_symlink:
      return given_.line.how.follow_destination_directories = true;
    default:
      return false;
  }
}

bool option_reader::apply_existing(int option) {
  switch (option) {
    case 'b':
      return given_.backups = true;
    case 'f':
      return given_.existing_files.force = true;
    case 'i':
      given_.existing_files.if_there = overwriting::answer::ask;
      return true;
    case 'n':
      given_.existing_files.if_there = overwriting::answer::keep;
      return true;
    case remove_destination:
      return given_.existing_files.remove = true;
    case 'u':
      given_.existing_files.only = update::older;
      return true;
    default:
      return false;
  }
}

result option_reader::apply_choice(int option, const char* value) {
  options& how = given_.line.how;
  if (option == sparse) return choose(sparse_words, value, "--sparse", how.sparse);
  if (option == reflink) {
    how.reflink = policy::always;
    return value == nullptr ? result() : choose(reflink_words, value, "--reflink", how.reflink);
  }
  update_rule rule = update_rule::older;
  result wrong = value == nullptr ? result() : choose(update_words, value, "--update", rule);
  if (!wrong) given_.existing_files.set(rule);
  return wrong;
}

result option_reader::apply_value(int option, const char* value) {
  switch (option) {
    case sparse:
    case reflink:
    case long_update:
      return apply_choice(option, value);
    case long_backup:
      given_.backups = true;
      if (value != nullptr) given_.backup_kind = value;
      return std::nullopt;
    case 'S':
      given_.backups = true;
      given_.suffix = value;
      return std::nullopt;
    case 't':
      return set_target(value);
    case preserve_list:
      if (value != nullptr) return change_attributes(value, "--preserve", true);
      preserve_usual();
      return std::nullopt;
    case no_preserve:
      return change_attributes(value, "--no-preserve", false);
    case long_context:
      given_.default_context = true;
      if (value != nullptr) given_.context = value;
      return std::nullopt;
    default:  // getopt_long has said what it did not understand.
      return misuse{.message = {}};
  }
}

result option_reader::set_target(const char* directory) {
  if (given_.target_directory) {
    return misuse{.message = "multiple target directories specified", .suggests_help = false};
  }
  given_.target_directory = directory;
  return std::nullopt;
}

result option_reader::change_attributes(std::string_view list, std::string_view name, bool wanted) {
  for (bool more = true; more;) {
    const std::size_t comma = std::min(list.find(','), list.size());
    auto which = match_word(attribute_words, list.substr(0, comma), name, around_.utf8);
    if (!which) return std::move(which.error());
    preserved& attributes = given_.line.how.preserve;
    wanted ? preserve(attributes, *which) : do_not_preserve(attributes, *which);
    more = comma < list.size();
    list.remove_prefix(more ? comma + 1 : comma);
  }
  return std::nullopt;
}

void option_reader::preserve_usual() {
  preserved& attributes = given_.line.how.preserve;
  attributes.mode = attributes.owner = attributes.times = true;
}

void option_reader::archive() {
  preserved& attributes = given_.line.how.preserve;
  preserve_usual();
  attributes.links = attributes.xattrs = attributes.context = true;
  attributes.xattrs_if_possible = true;
  given_.recursive = true;
  given_.follow = follow_links::never;
}

// What getopt_long may reorder.
std::vector<char*> pointers(std::vector<std::string>& arguments) {
  std::vector<char*> all;
  for (std::string& one : arguments) all.push_back(one.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

par::expected<options_given, misuse> read_options(std::vector<std::string>& arguments,
                                                  const environment& around) {
  std::vector<char*> words = pointers(arguments);
  const int count = static_cast<int>(arguments.size());
  option_reader reader(around);
  options_given asked;
  ::optind = 0;  // Begins anew.
  for (int option = 0;
       (option = ::getopt_long(count, words.data(), letters, long_options, nullptr)) != -1;) {
    if (option == show_help || option == show_version) {
      using wish = command_line::wish;
      asked.line.what = option == show_help ? wish::help : wish::version;
      return asked;
    }
    if (auto wrong = reader.apply(option, ::optarg)) {
      return par::unexpected<misuse>(std::move(*wrong));
    }
  }
  arguments = std::vector<std::string>(words.begin() + ::optind, words.begin() + count);
  return reader.take();
}

}  // namespace copytree::gnu
