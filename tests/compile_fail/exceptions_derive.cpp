// error: amphis: an exception derives from one of Python's exceptions: exception<"MyError", amphis::ValueError>
// SPDX-License-Identifier: MIT
// A base that is no exception of ours.
#include <amphis/lang/exceptions.hpp>

#include <stdexcept>

#ifdef AMPHIS_OK
struct MyError : amphis::exception<"MyError", amphis::ValueError> {
    using exception::exception;
};
#else
struct MyError : amphis::exception<"MyError", std::runtime_error> {};
#endif

int main() { return MyError("x").args().size() == 1 ? 0 : 1; }
