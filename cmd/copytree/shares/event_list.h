// Keeps what an observer would have been told, to tell it later in another process.
#pragma once

#include <utility>
#include <vector>

#include "copytree/model/observer.h"
#include "copytree/shares/share.h"

namespace copytree {

// Not thread-safe: a share is copied by one thread.
class event_list final : public observer {
 public:
  void failed(const error& what) override { add(told::kind::failed, what); }
  void noted(const error& what) override { add(told::kind::noted, what); }
  void copied(const std::string& source, const std::string& destination) override {
    add(told::kind::copied, named(source, destination));
  }
  void copied_with_backup(const std::string& source, const std::string& destination,
                          const std::string& backup) override {
    add(told::kind::copied, named(source, destination)).backup = backup;
  }
  void removed(const std::string& destination) override {
    add(told::kind::removed, named("", destination));
  }
  void summed(const std::string& destination, const checksum& sum) override {
    add(told::kind::summed, named("", destination)).sum = sum;
  }
  void explained(const transfer& how) override { add(told::kind::explained, {}).how = how; }

  [[nodiscard]] std::vector<told> take() { return std::exchange(events_, {}); }

 private:
  static error named(const std::string& source, const std::string& destination) {
    return {.what = {}, .source = source, .destination = destination};
  }

  told& add(told::kind what, error about) {
    told event;
    event.what = what;
    event.problem = std::move(about);
    return events_.emplace_back(std::move(event));
  }

  std::vector<told> events_;
};

// In the order in which it was kept, on one thread.
inline void tell(observer& events, const std::vector<told>& kept) {
  for (const told& each : kept) {
    const std::string& source = each.problem.source;
    const std::string& destination = each.problem.destination;
    switch (each.what) {
      case told::kind::failed:
        events.failed(each.problem);
        break;
      case told::kind::noted:
        events.noted(each.problem);
        break;
      case told::kind::copied:
        if (each.backup.empty()) {
          events.copied(source, destination);
        } else {
          events.copied_with_backup(source, destination, each.backup);
        }
        break;
      case told::kind::removed:
        events.removed(destination);
        break;
      case told::kind::summed:
        events.summed(destination, each.sum);
        break;
      case told::kind::explained:
        events.explained(each.how);
        break;
    }
  }
}

}  // namespace copytree
