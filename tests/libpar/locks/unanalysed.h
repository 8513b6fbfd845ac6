// For tests that take locks in ways that clang's thread-safety analysis rejects, since that is what
// they test: on conditions it does not follow, twice, or not at all.
#pragma once

#ifdef __clang__
#pragma clang diagnostic ignored "-Wthread-safety-analysis"
#endif
