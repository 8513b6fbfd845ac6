#include "countips/formats/json_found.h"

#include "countips/records/request_signs.h"

namespace countips {

bool is_sign_of_request(json_slot slot, std::string_view text) {
  switch (slot) {
    case json_slot::status:
      return is_status(text);
    case json_slot::method:
      return is_method(text);
    case json_slot::path:
      return is_target(text);
    case json_slot::request:
      return is_request_line(text);
    default:
      return false;
  }
}

}  // namespace countips
