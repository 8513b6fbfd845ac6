// The inline namespace that every name of libpar lives in.
#pragma once

// Code compiled against the deterministic scheduler (PAR_MODEL) bears other symbols than real
// code, so that the linker keeps the two apart.
#ifdef PAR_MODEL
#define PAR_ABI modelled
#else
#define PAR_ABI v0
#endif
