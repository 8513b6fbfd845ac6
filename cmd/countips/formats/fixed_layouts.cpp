#include "countips/formats/fixed_layouts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace countips {

namespace {

using enum column_role;

line_kind kind_by_listener(std::string_view type) {
  constexpr std::array<std::string_view, 6> types = {"http", "https", "h2", "grpcs", "ws", "wss"};
  return std::ranges::find(types, type) == types.end() ? line_kind::rejected : line_kind::request;
}

// Of a TCP listener.
line_kind kind_by_elb_request(std::string_view request) {
  return request == "- - - " ? line_kind::other : line_kind::request;
}

constexpr auto is_of_clients = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ.:-_%")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

// Addresses and names of hosts have a point or a colon in them. A word without one, or with what
// else stands in quotes, is of another format.
line_kind kind_by_client(std::string_view text) {
  if (text == "-") return line_kind::other;
  bool has_mark = false;
  for (const char c : text) {
    if (!is_of_clients[static_cast<unsigned char>(c)]) return line_kind::rejected;
    has_mark = has_mark || c == '.' || c == ':';
  }
  return has_mark ? line_kind::request : line_kind::rejected;
}

line_kind kind_by_cache_status(std::string_view text) {
  return text.find('/') == std::string_view::npos ? line_kind::rejected : line_kind::request;
}

line_kind kind_by_envoy_request(std::string_view request) {
  return request == "- - -" ? line_kind::other : line_kind::request;
}

constexpr field_syntax quoted_words = {separator::blank, quoting::plain, false};
constexpr field_syntax bracketed_words = {separator::blank, quoting::plain, true};
constexpr field_syntax raw_words = {separator::blank, quoting::raw, true};
constexpr field_syntax runs_of_blanks = {separator::white, quoting::none, false};

}  // namespace

field_layout alb_layout() {
  field_layout layout;
  layout.syntax = quoted_words;
  layout.columns = {{0, checked}, {1, column_role::time}, {3, peer},
                    {8, status},  {12, request},          {13, agent}};
  layout.time = time_shape::iso;
  layout.port = client_port::always;
  layout.check = kind_by_listener;
  layout.has_urls = true;
  return layout;
}

field_layout elb_layout() {
  field_layout layout;
  layout.syntax = quoted_words;
  layout.columns = {{0, column_role::time}, {2, peer},     {7, status},
                    {11, checked},          {11, request}, {12, agent}};
  layout.time = time_shape::iso;
  layout.port = client_port::always;
  layout.check = kind_by_elb_request;
  layout.has_urls = true;
  return layout;
}

field_layout s3_layout() {
  field_layout layout;
  layout.syntax = bracketed_words;
  layout.columns = {{2, column_role::time},
                    {3, peer},
                    {3, checked},
                    {8, request},
                    {9, status},
                    {16, agent},
                    {22, host}};
  layout.time = time_shape::clf;
  layout.check = kind_by_client;
  return layout;
}

field_layout squid_layout() {
  field_layout layout;
  layout.syntax = runs_of_blanks;
  layout.columns = {{0, column_role::time}, {2, peer},   {3, checked},
                    {3, cache_status},      {5, method}, {6, path}};
  layout.time = time_shape::epoch;
  layout.check = kind_by_cache_status;
  layout.has_urls = true;
  return layout;
}

field_layout envoy_layout() {
  field_layout layout;
  layout.syntax = raw_words;
  layout.columns = {{0, column_role::time},
                    {1, first_request},
                    {1, checked},
                    {2, status},
                    {8, peer},
                    {9, agent},
                    {11, host}};
  layout.time = time_shape::iso;
  layout.count = 13;
  layout.rule = column_rule::if_named;
  layout.check = kind_by_envoy_request;
  return layout;
}

// A blank behind a quote within the agent would move what follows, hence the exact count.
field_layout istio_layout() {
  field_layout layout;
  layout.syntax = raw_words;
  layout.columns = {{0, column_role::time}, {1, first_request}, {1, checked}, {2, status},
                    {11, forwarded},        {12, agent},        {14, host},   {19, peer}};
  layout.time = time_shape::iso;
  layout.port = client_port::mostly;
  layout.count = 22;
  layout.rule = column_rule::exact;
  layout.check = kind_by_envoy_request;
  return layout;
}

}  // namespace countips
