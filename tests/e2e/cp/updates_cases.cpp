// Only what is newer.
#include "e2e/cp/cp_case.h"

namespace cp_cases {

namespace {
constexpr const char* files =
    "echo old > old; echo new > new; echo same > same; touch -d @1000 old; touch -d @2000 new; "
    "touch -d @2000 same; mkdir s t; echo 1 > s/o; echo 1 > s/n; echo 2 > t/o; echo 2 > t/n; touch "
    "-d @1000 s/o t/n; touch -d @2000 s/n t/o; touch -d @1500 s t";

const cp_case cases[] = {
    {.setup = files, .line = "cp -u new old"},
    {.setup = files, .line = "cp -u old new"},
    {.setup = files, .line = "cp -u same new"},
    {.setup = files, .line = "cp -uv new old"},
    {.setup = files, .line = "cp -uv old new"},
    {.setup = files, .line = "cp -uv same new"},
    {.setup = files, .line = "cp --update new old"},
    {.setup = files, .line = "cp --update old new"},
    {.setup = files, .line = "cp -u new missing"},
    {.setup = files, .line = "cp -uv old missing"},
    {.setup = files, .line = "cp -up new old"},
    {.setup = files, .line = "cp -up same new"},
    {.setup = files, .line = "cp -ua new old"},
    {.setup = files, .line = "cp -ruv s t"},
    {.setup = files, .line = "cp -ruT s t"},
    {.setup = files, .line = "cp -ruvT s t"},
    {.setup = files, .line = "cp -auvT s t"},
    {.setup = files, .line = "cp -ru s t; cp -ruv s t"},
    {.setup = files, .line = "cp -u old new t"},
    {.setup = files, .line = "cp -uf old new"},
    {.setup = files, .line = "cp -uf new old"},
    {.setup = files, .line = "cp -un new old"},
    {.setup = files, .line = "cp -nu new old"},
    {.setup = files, .line = "cp -uvb new old"},
    {.setup = files, .line = "cp -uvb old new"},
    {.setup = files, .line = "cp -ul new old"},
    {.setup = files, .line = "cp -ul old new"},
    {.setup = files, .line = "cp -us new old"},
    {.setup = files, .line = "cp -uv --remove-destination new old"},
    {.setup = files, .line = "cp -uv --remove-destination old new"},
    {.setup = files, .line = "echo y | cp -ui new old"},
    {.setup = files, .line = "echo y | cp -ui old new"},
    {.setup = files, .line = "cp -u s t"},
    {.setup = files, .line = "cp -u nowhere t"},
    {.setup = files, .line = "ln -s new l; cp -u old l"},
    {.setup = files, .line = "ln -s old l; cp -u new l"},
    {.setup = files, .line = "ln -s old l; touch -hd @3000 l; cp -uP l same"},
    {.setup = files, .line = "ln -s old l; touch -hd @3000 l; cp -u l same"},
    {.setup = files, .line = "ln -s nowhere l; cp -u new l"},
    {.setup = files, .line = "cp -u --attributes-only new old"},
    {.setup = files, .line = "mkdir new2; cp -uT new new2"},
    {.setup = files, .line = "cp -u new old --sparse=always"},
    {.setup = files, .line = "touch -d @2000.5 new; cp -uv new same"},
    {.setup = files, .line = "touch -d @2000.000000001 new; cp -uv new same"},
    {.setup = files, .line = "touch -d @2000.000000001 new; cp -upv new same; cp -upv new same"},
};

}  // namespace

const std::span<const cp_case> updates(cases);

}  // namespace cp_cases
