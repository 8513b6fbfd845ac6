#include "countips/render/render.h"

namespace countips {

std::string render(const report& what, output_format format, const line_parts& parts,
                   const bar_space& bars) {
  switch (format) {
    case output_format::table:
      return render_table(what, parts.header, bars);
    case output_format::tsv:
      return render_tsv(what, parts);
    case output_format::csv:
      return render_csv(what, parts);
    case output_format::json:
      return render_json(what);
    case output_format::ndjson:
      return render_ndjson(what, parts.total);
  }
  return {};
}

const report_row* total_below(const report& what) {
  return what.total && what.by != grouping::total ? &*what.total : nullptr;
}

std::string name_of(grouping by) {
  switch (by) {
    case grouping::hour:
      return "hour";
    case grouping::day:
      return "day";
    case grouping::week:
      return "week";
    case grouping::month:
      return "month";
    case grouping::total:
      return "total";
    case grouping::file:
      return "file";
    case grouping::host:
      return "host";
  }
  return "";
}

}  // namespace countips
