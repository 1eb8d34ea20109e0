// error: amphis: Cannot nest BaseExceptions in an ExceptionGroup; BaseExceptionGroup takes them
// SPDX-License-Identifier: MIT
// A KeyboardInterrupt among errors.
#include <amphis/lang/exceptions.hpp>

#ifdef AMPHIS_OK
using group = amphis::BaseExceptionGroup;
#else
using group = amphis::ExceptionGroup;
#endif

int main() { return group("m", amphis::ValueError(1), amphis::KeyboardInterrupt()).exceptions().size() == 2 ? 0 : 1; }
