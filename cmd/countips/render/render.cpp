#include "countips/render/render.h"

namespace countips {

std::string render(const report& what, output_format format, bool header) {
  switch (format) {
    case output_format::table:
      return render_table(what, header);
    case output_format::tsv:
      return render_tsv(what, header);
    case output_format::csv:
      return render_csv(what, header);
    case output_format::json:
      return render_json(what);
  }
  return {};
}

std::string name_of(grouping by) {
  return by == grouping::day ? "day" : "file";
}

}  // namespace countips
