#include "copytree/shell/attribute_choice.h"

namespace copytree {

namespace {

void choose(preserved& attributes, attribute which, bool wanted) {
  switch (which) {
    case attribute::mode:
      attributes.mode = wanted;
      attributes.default_mode = !wanted;
      return;
    case attribute::times:
      attributes.times = wanted;
      return;
    case attribute::owner:
      attributes.owner = wanted;
      return;
    case attribute::links:
      attributes.links = wanted;
      return;
    case attribute::context:
      attributes.context = attributes.context_needed = wanted;
      return;
    case attribute::xattrs:
      attributes.xattrs = attributes.xattrs_needed = wanted;
      return;
    case attribute::all:
      attributes.mode = attributes.times = attributes.owner = attributes.links = wanted;
      attributes.context = attributes.xattrs = wanted;
      attributes.default_mode = !wanted;
      return;
  }
}

}  // namespace

void preserve(preserved& attributes, attribute which) {
  choose(attributes, which, true);
}

void do_not_preserve(preserved& attributes, attribute which) {
  choose(attributes, which, false);
}

}  // namespace copytree
