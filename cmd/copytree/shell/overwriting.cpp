#include "copytree/shell/overwriting.h"

namespace copytree {

void overwriting::set(update_rule rule) {
  only = update::all;
  switch (rule) {
    case update_rule::all:
      if_there = answer::unasked;
      return;
    case update_rule::none:
      if_there = answer::keep;
      return;
    case update_rule::none_fail:
      if_there = answer::refuse;
      return;
    case update_rule::older:
      only = update::older;
      return;
    case update_rule::same:
      only = update::same;
      return;
  }
}

void overwriting::apply_to(options& how, existing usually) const {
  existing way = usually;
  if (force) way = existing::force;
  if (remove) way = existing::remove;
  how.once_allowed = way;
  how.only = only;
  switch (if_there) {
    case answer::unasked:
      how.when_existing = way;
      return;
    case answer::ask:
      how.when_existing = existing::ask;
      return;
    case answer::keep:
      how.when_existing = existing::keep;
      how.only = update::all;
      return;
    case answer::refuse:
      how.when_existing = existing::refuse;
      how.only = update::all;
      return;
  }
}

}  // namespace copytree
