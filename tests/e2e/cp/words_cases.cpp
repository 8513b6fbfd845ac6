// Names and how messages show them.
#include "e2e/cp/cp_case.h"

namespace cp_cases {

namespace {
constexpr const char* odd =
    "touch -- 'a b' \"it's\" '-dash' 'dollar$HOME' 'back\\slash' 'star*' plain '~tilde' '#hash' "
    "'mid#hash' =eq '{' : , + % @ '!bang' 'q?' '[x]' '^' '`t`' 'a;b' '<' '>' '|' '&' '(' "
    "'\"both'\"'\"'\"' \"$(printf 'new\\nline')\" \"$(printf 'tab\\there')\" \"$(printf "
    "'uml\\303\\244ut')\" \"$(printf 'bad\\377byte')\" \"$(printf 'bell\\a')\" \"$(printf "
    "'esc\\033[1m')\" \"$(printf 'del\\177')\" \"$(printf 'cr\\r')\"; mkdir d";

const cp_case cases[] = {
    {.setup = odd, .line = "cp -v 'a b' d"},
    {.setup = odd, .line = "cp -v \"it's\" d"},
    {.setup = odd, .line = "cp -v -- -dash d"},
    {.setup = odd, .line = "cp -v ./-dash d"},
    {.setup = odd, .line = "cp -v new* d"},
    {.setup = odd, .line = "cp -v tab* d"},
    {.setup = odd, .line = "cp -v \\\"both* d"},
    {.setup = odd, .line = "cp -v 'dollar$HOME' d"},
    {.setup = odd, .line = "cp -v 'back\\slash' d"},
    {.setup = odd, .line = "cp -v 'star*' d"},
    {.setup = odd, .line = "cp -v plain d"},
    {.setup = odd, .line = "cp -v '~tilde' d"},
    {.setup = odd, .line = "cp -v '#hash' d"},
    {.setup = odd, .line = "cp -v 'mid#hash' d"},
    {.setup = odd, .line = "cp -v =eq d"},
    {.setup = odd, .line = "cp -v '{' d"},
    {.setup = odd, .line = "cp -v : d"},
    {.setup = odd, .line = "cp -v , d"},
    {.setup = odd, .line = "cp -v + d"},
    {.setup = odd, .line = "cp -v % d"},
    {.setup = odd, .line = "cp -v @ d"},
    {.setup = odd, .line = "cp -v '!bang' d"},
    {.setup = odd, .line = "cp -v 'q?' d"},
    {.setup = odd, .line = "cp -v '[x]' d"},
    {.setup = odd, .line = "cp -v uml* d"},
    {.setup = odd, .line = "cp -v bad* d"},
    {.setup = odd, .line = "cp -v bell* d"},
    {.setup = odd, .line = "cp -v esc* d"},
    {.setup = odd, .line = "cp -v del* d"},
    {.setup = odd, .line = "cp -v cr* d"},
    {.setup = odd, .line = "cp -v '^' d"},
    {.setup = odd, .line = "cp -v '`t`' d"},
    {.setup = odd, .line = "cp -v 'a;b' d"},
    {.setup = odd, .line = "cp -v '<' d"},
    {.setup = odd, .line = "cp -v '>' d"},
    {.setup = odd, .line = "cp -v '|' d"},
    {.setup = odd, .line = "cp -v '&' d"},
    {.setup = odd, .line = "cp -v '(' d"},
    {.setup = odd, .line = "cp -v '' d"},
    {.setup = odd, .line = "cp '' new"},
    {.setup = odd, .line = "cp plain ''"},
    {.setup = odd, .line = "cp plain plain ''"},
    {.setup = odd, .line = "cp -v 'no such' d"},
    {.setup = odd, .line = "cp \"$(printf 'no\\001such')\" d"},
    {.setup = odd, .line = "cp \"$(printf 'a\\001\\0012')\" d"},
    {.setup = odd, .line = "cp \"$(printf \"q'\\nq\")\" d"},
    {.setup = odd, .line = "cp \"$(printf '\\n')x\" d"},
    {.setup = odd, .line = "cp \"$(printf 'x\\n')y\" d"},
    {.setup = odd, .line = "cp \"$(printf 'uml\\303\\2444')\" d"},
    {.setup = odd, .line = "cp \"--non'sense\" d"},
    {.setup = odd, .line = "cp \"--sparse=new\nline\" a b"},
    {.setup = odd, .line = "cp \"--preserve=a'b\" a b"},
    {.setup = odd, .line = "cp -T a b \"it's c\""},
    {.setup = odd, .line = "cp -t \"no 'where'\" plain"},
};

}  // namespace

const std::span<const cp_case> words(cases);

}  // namespace cp_cases
