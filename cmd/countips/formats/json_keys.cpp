#include "countips/formats/json_keys.h"

#include <algorithm>

namespace countips {

namespace {

json_key& child(json_key& of, std::string_view name) {
  const auto found = std::ranges::find(of.below, name, &json_key::name);
  if (found != of.below.end()) return *found;
  return of.below.emplace_back(json_key{std::string(name), std::nullopt, {}});
}

json_key& node(json_key& root, std::string_view path) {
  json_key* at = &root;
  for (;;) {
    const std::size_t slash = path.find('/');
    at = &child(*at, path.substr(0, slash));
    if (slash == std::string_view::npos) return *at;
    path.remove_prefix(slash + 1);
  }
}

void add(json_key& root, json_slot slot, const json_description::paths& paths,
         const json_description::paths& vague = {}) {
  for (std::size_t rank = 0; rank < paths.size(); ++rank) {
    const bool is_sure = std::ranges::find(vague, paths[rank]) == vague.end();
    add_json_path(root, paths[rank], {slot, static_cast<std::uint8_t>(rank), is_sure});
  }
}

}  // namespace

void add_json_path(json_key& root, std::string_view path, json_target target) {
  std::optional<json_target>& its = node(root, path).target;
  if (!its) its = target;
}

json_key json_key_tree(const json_description& of, bool forwarded, const wanted_fields& wanted) {
  json_key root;
  const bool has_both = forwarded && !of.forwarded.empty();
  add(root, json_slot::who, has_both ? of.forwarded : of.client);
  if (has_both) add(root, json_slot::peer, of.client);
  add(root, json_slot::time, of.time);
  if (!of.marker.empty()) add(root, json_slot::marker, {of.marker});
  add(root, json_slot::status, of.status);
  add(root, json_slot::method, of.method);
  add(root, json_slot::path, of.path, of.vague);
  add(root, json_slot::request, of.request);
  if (wanted.agent) add(root, json_slot::agent, of.agent);
  if (wanted.host) add(root, json_slot::host, of.host);
  add(root, json_slot::message, of.message);
  return root;
}

}  // namespace countips
