#include "countips/formats/known_formats.h"

#include "countips/formats/field_formats.h"
#include "countips/formats/json_formats.h"
#include "countips/formats/text_formats.h"

namespace countips {

namespace {

format_list collect() {
  format_list all = json_formats();
  const auto fields = field_formats();
  const auto texts = text_formats();
  all.insert(all.end(), fields.begin(), fields.end());
  all.insert(all.end(), texts.begin(), texts.end());
  return all;
}

}  // namespace

const format_list& known_formats() {
  static const format_list all = collect();
  return all;
}

}  // namespace countips
