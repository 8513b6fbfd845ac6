// Lock annotations that clang checks with -Wthread-safety; other compilers see nothing.
#pragma once

#if defined(__clang__)
#define PAR_THREAD_SAFETY(x) __attribute__((x))
#else
#define PAR_THREAD_SAFETY(x)
#endif

// On types: a thing that is held, and a guard that holds one for its scope.
#define PAR_CAPABILITY(name) PAR_THREAD_SAFETY(capability(name))
#define PAR_SCOPED_CAPABILITY PAR_THREAD_SAFETY(scoped_lockable)

// On data: only touched while the mutex is held.
#define PAR_GUARDED_BY(mutex) PAR_THREAD_SAFETY(guarded_by(mutex))

// On functions: what they take, give back, need or must not find held.
#define PAR_ACQUIRE(...) PAR_THREAD_SAFETY(acquire_capability(__VA_ARGS__))
#define PAR_TRY_ACQUIRE(...) PAR_THREAD_SAFETY(try_acquire_capability(__VA_ARGS__))
#define PAR_RELEASE(...) PAR_THREAD_SAFETY(release_capability(__VA_ARGS__))
#define PAR_REQUIRES(...) PAR_THREAD_SAFETY(requires_capability(__VA_ARGS__))
#define PAR_EXCLUDES(...) PAR_THREAD_SAFETY(locks_excluded(__VA_ARGS__))

// On functions that lock in a way the analysis cannot follow; the reason stands beside it.
#define PAR_NO_THREAD_SAFETY_ANALYSIS PAR_THREAD_SAFETY(no_thread_safety_analysis)
