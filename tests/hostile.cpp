// SPDX-License-Identifier: MIT
// amphis in the worst of neighbourhoods: names that Windows, X11 and glibc define as macros, `using namespace std`, and
// every header in reverse order. That it compiles is the test. hostile_amphis.inc is written by CMake from include/.

// The standard library comes first, because the macros below break it and not only us.
#if __has_include(<bits/stdc++.h>)
#include <bits/stdc++.h>
#endif
#if __has_include(<immintrin.h>)
#include <immintrin.h>
#endif
#if __has_include(<unistd.h>)
#include <unistd.h>
#endif
#if __has_include(<linux/futex.h>)
#include <linux/futex.h>
#include <sys/syscall.h>
#endif

#undef major
#undef minor
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define major(device) ((device) >> 8)
#define minor(device) ((device) & 255)
#define ERROR 0
#define DEBUG 1
#define None 0L
#define True 1
#define False 0
#define Bool int
#define Status int
#define Always 2
#define small char
#define interface struct
#define near
#define far
#define IN
#define OUT
#define OPTIONAL

using namespace std;

#include "hostile_amphis.inc"

#if ERROR != 0 || DEBUG != 1 || True != 1 || False != 0 || min(1, 2) != 1 || max(1, 2) != 2 || major(256) != 1
#error "a header of amphis does not give back a macro it had to put away"
#endif
static_assert(None == 0L, "a header of amphis does not give back the macro None");
