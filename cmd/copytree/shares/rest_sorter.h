// What a share has left, sorted by who goes on with it.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "copytree/run/batch.h"
#include "copytree/run/context.h"
#include "copytree/shares/share.h"

namespace copytree {

// Entries of a directory that are to become a share.
struct share_request {
  std::shared_ptr<open_directory> in;
  std::vector<share::entry> entries;
};

// Not thread-safe.
class rest_sorter {
 public:
  rest_sorter(context& run, std::size_t share_size) : run_(run), share_size_(share_size) {}

  // What takes the knowledge of the whole is posted as a task of this process.
  void add(const std::shared_ptr<open_directory>& in, const share_result::left& entry);

  // The shares to be made of the others. Posts what is left of the former.
  [[nodiscard]] std::vector<share_request> take();

 private:
  void keep(const std::shared_ptr<open_directory>& in, const share_result::left& entry);
  void post_kept();

  context& run_;
  const std::size_t share_size_;
  std::vector<share_request> requests_;
  bool last_is_open_ = false;  // The last of them takes more entries of its directory.
  std::unique_ptr<batch> kept_;
};

}  // namespace copytree
