#include "copytree/operands/parents.h"

#include <fcntl.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copytree/attributes/acl.h"
#include "copytree/attributes/copy_mode.h"
#include "copytree/model/operand_name.h"

namespace copytree {

namespace {

constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;

// One directory on the way to an operand.
struct step {
  std::string source;  // The first keeps the slash of an absolute path.
  std::string name;
};

std::vector<step> steps_to(std::string_view path) {
  std::vector<step> steps;
  const std::string above = parent_of(path);
  std::size_t begin = above.find_first_not_of('/');
  const std::string root = above.starts_with('/') ? "/" : "";
  while (begin != std::string::npos && begin < above.size()) {
    const std::size_t end = std::min(above.find('/', begin), above.size());
    const std::string name = above.substr(begin, end - begin);
    steps.push_back({steps.empty() ? root + name : name, name});
    begin = above.find_first_not_of('/', end);
  }
  return steps;
}

class parent_maker {
 public:
  explicit parent_maker(context& run) : run_(run) {}

  std::shared_ptr<open_directory> make(const std::shared_ptr<open_directory>& in, const step& next,
                                       bool is_last);

 private:
  struct opened {
    descriptor file;
    file_status status = {};
  };

  std::nullopt_t refuse(operation what, const leaf& entry, std::errc reason = {}) {
    fail(run_, what, entry, reason);
    return std::nullopt;
  }
  std::optional<opened> open_source(const leaf& entry);
  std::optional<bool> make_destination(const leaf& entry,
                                       const file_status& source);  // True if it is new.
  std::optional<opened> open_destination(const leaf& entry);
  void tell(const leaf& entry);

  context& run_;
};

std::optional<parent_maker::opened> parent_maker::open_source(const leaf& entry) {
  const auto file =
      uninterrupted([&] { return run_.fs.open_following(entry.from(), directory_flags); });
  if (!file) return refuse(operation::stat_parent, entry, file.error());
  opened result{.file = descriptor(run_.fs, *file)};
  const auto status = run_.fs.status(*file);
  if (!status) return refuse(operation::stat_parent, entry, status.error());
  result.status = *status;
  return result;
}

std::optional<bool> parent_maker::make_destination(const leaf& entry, const file_status& source) {
  if (!entry.in->has_destination()) return true;
  const auto there = run_.fs.status_following(entry.to());
  if (there && S_ISDIR(there->st_mode)) return false;
  if (there) return refuse(operation::parent_not_directory, entry);
  if (run_.how.dry_run) return true;
  const mode_t mode = mode_to_make(source, entry.in->gives_default_list(), run_.rules);
  const auto made = run_.fs.make_directory(entry.to(), mode);
  if (!made) return refuse(operation::make_parent, entry, made.error());
  return true;
}

std::optional<parent_maker::opened> parent_maker::open_destination(const leaf& entry) {
  const auto file =
      uninterrupted([&] { return run_.fs.open_following(entry.to(), directory_flags); });
  if (!file) return refuse(operation::open_destination_directory, entry, file.error());
  opened result{.file = descriptor(run_.fs, *file)};
  const auto status = run_.fs.status(*file);
  if (!status) return refuse(operation::stat_destination, entry, status.error());
  result.status = *status;
  return result;
}

void parent_maker::tell(const leaf& entry) {
  if (!run_.how.list_entries) return;
  run_.events.copied_parent(entry.in->path()->source_path(entry.source),
                            entry.in->path()->destination_path(entry.name));
}

std::shared_ptr<open_directory> parent_maker::make(const std::shared_ptr<open_directory>& in,
                                                   const step& next, bool is_last) {
  const leaf entry{in, next.source.c_str(), next.name.c_str()};
  auto source = open_source(entry);
  if (!source) return nullptr;
  const auto is_new = make_destination(entry, source->status);
  if (!is_new) return nullptr;
  auto destination =
      run_.how.dry_run && *is_new ? std::optional<opened>(std::in_place) : open_destination(entry);
  if (!destination) return nullptr;
  if (*is_new) tell(entry);
  const file_id id = id_of(destination->status);
  const bool passes_on = destination->file && has_default_list({run_.fs, destination->file.get()});
  return std::make_shared<open_directory>(
      run_,
      open_directory::parts{.path = std::make_shared<tree_path>(in->path(), next.source, next.name),
                            .parent = in,
                            .source = std::move(source->file),
                            .destination = std::move(destination->file),
                            .status = source->status,
                            .destination_id = id,
                            .job_root = {},
                            .state = {.is_new = *is_new,
                                      .inherits = in->gives_default_list(),
                                      .present = owner_of(destination->status),
                                      .mode = destination->status.st_mode & 07777},
                            .gives_default_list = passes_on,
                            .methods = &run_.methods.between(source->status.st_dev, id.device),
                            .holds_operands = is_last,
                            .is_parent = true,
                            .was_there = !*is_new,
                            .place = {}});
}

}  // namespace

std::shared_ptr<open_directory> make_parents(context& run, const job& operand) {
  const std::vector<step> steps = steps_to(operand.source);
  parent_maker maker(run);
  std::shared_ptr<open_directory> reached = run.target;
  for (const step& next : steps) {
    reached = maker.make(reached, next, &next == &steps.back());
    if (reached == nullptr) return nullptr;
  }
  return reached;
}

}  // namespace copytree
