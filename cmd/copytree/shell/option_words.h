// The words that options of a copy take as values, in the order in which GNU cp lists them.
#pragma once

#include <string_view>

#include "copytree/model/options.h"

namespace copytree {

template <class T>
struct option_word {
  std::string_view text;
  T meaning;
};

inline constexpr option_word<policy> sparse_words[] = {
    {"never", policy::never}, {"auto", policy::automatic}, {"always", policy::always}};

inline constexpr option_word<policy> reflink_words[] = {
    {"auto", policy::automatic}, {"always", policy::always}, {"never", policy::never}};

inline constexpr option_word<backup> backup_words[] = {
    {"none", backup::none},         {"off", backup::none},          {"simple", backup::simple},
    {"never", backup::simple},      {"existing", backup::existing}, {"nil", backup::existing},
    {"numbered", backup::numbered}, {"t", backup::numbered}};

enum class attribute { mode, times, owner, links, context, xattrs, all };

inline constexpr option_word<attribute> attribute_words[] = {
    {"mode", attribute::mode},   {"timestamps", attribute::times}, {"ownership", attribute::owner},
    {"links", attribute::links}, {"context", attribute::context},  {"xattr", attribute::xattrs},
    {"all", attribute::all}};

// Which of several files at one place is to stay.
enum class update_rule { all, none, none_fail, older, same };

inline constexpr option_word<update_rule> update_words[] = {{"all", update_rule::all},
                                                            {"none", update_rule::none},
                                                            {"none-fail", update_rule::none_fail},
                                                            {"older", update_rule::older}};

}  // namespace copytree
