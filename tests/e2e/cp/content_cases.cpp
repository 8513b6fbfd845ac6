// What is in the files.
#include "e2e/cp/cp_case.h"

namespace cp_cases {

namespace {
constexpr const char* files =
    "head -c 300000 /dev/zero > zeros; printf x >> zeros; truncate -s 1M hole; printf end >> hole; "
    "head -c 200000 /dev/zero | tr '\\0' y > dense; : > empty; echo small > small";

const cp_case cases[] = {
    {.setup = files, .line = "cp zeros new && stat -c %b new | grep -c ."},
    {.setup = files, .line = "cp --sparse=always zeros new; echo $(( $(stat -c %b new) < 100 ))"},
    {.setup = files, .line = "cp --sparse=never hole new; echo $(( $(stat -c %b new) > 2000 ))"},
    {.setup = files, .line = "cp hole new; echo $(( $(stat -c %b new) < 100 ))"},
    {.setup = files, .line = "cp --sparse=auto hole new; echo $(( $(stat -c %b new) < 100 ))"},
    {.setup = files, .line = "cp -a hole new; echo $(( $(stat -c %b new) < 100 ))"},
    {.setup = files, .line = "cp --sparse=always hole new; echo $(( $(stat -c %b new) < 100 ))"},
    {.setup = files, .line = "cp --sparse=always dense new"},
    {.setup = files, .line = "cp --sparse=always empty new"},
    {.setup = files, .line = "cp --sparse=never empty new"},
    {.setup = files, .line = "cp --sparse=always zeros hole; echo $(( $(stat -c %b hole) < 100 ))"},
    {.setup = files, .line = "cp --sparse=always hole zeros"},
    {.setup = files, .line = "cp dense small"},
    {.setup = files, .line = "cp small dense"},
    {.setup = files, .line = "cp empty dense"},
    {.setup = files, .line = "cp dense empty"},
    {.setup = files, .line = "cp -f small dense"},
    {.setup = files, .line = "cp --reflink=never dense new"},
    {.setup = files, .line = "cp --reflink=auto dense new"},
    {.setup = files, .line = "cp --reflink=never --sparse=always zeros new"},
    {.setup = files, .line = "cp /proc/version new; cmp new /proc/version"},
    {.setup = files, .line = "cp -a /proc/version new; cmp new /proc/version"},
    {.setup = files, .line = "cp --sparse=always /proc/version new; cmp new /proc/version"},
    {.setup = files, .line = "cp /proc/self/environ new; test -s new; rm new"},
    {.setup = files, .line = "mknod null c 1 3; cp small null", .needs_root = true},
    {.setup = files, .line = "mknod null c 1 3; cp -v small null", .needs_root = true},
    {.setup = files, .line = "mknod full c 1 7; cp dense full", .needs_root = true},
    {.setup = files, .line = "mknod full c 1 7; cp -v small full", .needs_root = true},
    {.setup = files, .line = "mknod full c 1 7; cp small dense full", .needs_root = true},
    {.setup = files, .line = "mknod null c 1 3; cp -f small null", .needs_root = true},
    {.setup = files, .line = "mknod null c 1 3; cp hole null", .needs_root = true},
    {.setup = files, .line = "mknod null c 1 3; cp --sparse=always zeros null", .needs_root = true},
    {.setup = files, .line = "ln -s /proc/self/fd/1 out; cp hole out | cksum"},
    {.setup = files, .line = "ln -s /proc/self/fd/1 out; cp --sparse=always zeros out | cksum"},
    {.setup = files, .line = "mknod null c 1 3; cp -a small null", .needs_root = true},
    {.setup = files,
     .line = "mknod null c 1 3; cp -v --remove-destination small null",
     .needs_root = true},
    {.setup = files, .line = "ln -s /proc/self/fd/1 out; cp -r small out | cat"},
    {.setup = files, .line = "ln -s /proc/self/fd/1 out; cp small out | cat"},
    {.setup = files, .line = "cp /dev/stdin new < small"},
    {.setup = files, .line = "echo in | cp /dev/stdin new"},
    {.setup = files, .line = "cp /dev/stdin small < dense"},
    {.setup = files,
     .line = "ulimit -f 100; trap \"\" XFSZ; cp dense new",
     .gap = "on purpose: a file that could not be copied whole is removed"},
    {.setup = files,
     .line = "cp /proc/self/mem new 2>&1 | head -c 200",
     .gap = "on purpose: a file that could not be copied whole is removed"},
    {.setup = files,
     .line = "mkfifo p; cp p new & timeout 5 sh -c \"echo content > p\"; wait; rm p"},
    {.setup = files,
     .line = "mkfifo p; cp --copy-contents -r p new & timeout 5 sh -c \"echo content > p\"; wait; "
             "rm p"},
    {.setup = files, .line = "mkfifo p; cp small p & timeout 5 cat p > got; wait; rm p"},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs -o size=64k none m; cp -v dense m; ls m\"",
     .gap = "on purpose: a file that could not be copied whole is removed",
     .needs_root = true},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs -o size=64k none m; cp -v dense small m; "
             "ls m\"",
     .gap = "on purpose: a file that could not be copied whole is removed",
     .needs_root = true},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs -o ro none m; cp -v small m\"",
     .needs_root = true},
    {.setup = files,
     .line =
         "mkdir m; unshare -m sh -c \"mount -t tmpfs none m; cp --reflink=always small m; ls m\"",
     .gap = "on purpose: a file that could not be copied whole is removed",
     .needs_root = true},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs none m; cp --reflink small m/new; ls m\"",
     .gap = "on purpose: a file that could not be copied whole is removed",
     .needs_root = true},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs none m; cp -l small m; ls m\"",
     .needs_root = true},
    {.setup = files,
     .line = "mkdir m; unshare -m sh -c \"mount -t tmpfs none m; cp -a zeros hole m; cmp hole "
             "m/hole && cmp zeros m/zeros\"",
     .needs_root = true},
};

}  // namespace

const std::span<const cp_case> content(cases);

}  // namespace cp_cases
