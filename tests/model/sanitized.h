// Which sanitizer this build has.
#pragma once

#ifdef __SANITIZE_ADDRESS__
#define MODEL_ASAN
#endif
#ifdef __SANITIZE_THREAD__
#define MODEL_TSAN
#endif
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define MODEL_ASAN
#endif
#if __has_feature(thread_sanitizer)
#define MODEL_TSAN
#endif
#endif

namespace model {

#if defined(MODEL_ASAN) || defined(MODEL_TSAN)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

#ifdef __clang__
inline constexpr bool sanitizer_in_program = sanitized;  // Linked in, not a shared library.
#else
inline constexpr bool sanitizer_in_program = false;
#endif

}  // namespace model
