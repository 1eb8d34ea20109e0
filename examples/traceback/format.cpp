// traceback: exceptions as Python prints them
#include <amphis/builtins.hpp>
#include <amphis/traceback.hpp>

#include <cstdio>

using amphis::ExceptionGroup, amphis::OSError, amphis::print, amphis::ValueError;
using namespace amphis::literals;
namespace traceback = amphis::traceback;

int main() {
    // --- What is being handled, with what caused it
    try {
        try {
            throw amphis::KeyError("port");
        } catch (amphis::KeyError const& e) {
            amphis::raise_from(amphis::RuntimeError("bad settings"), e);
        }
    } catch (amphis::RuntimeError const& e) {
        traceback::print_exc("limit"_k = 0, "file"_k = stdout);
        print("---");
        traceback::print_exception(e, "chain"_k = false, "limit"_k = 0, "file"_k = stdout);
    }

    // --- A note is for whoever reads the traceback
    ValueError const error("no such user");
    error.add_note("while importing users.csv, line 17");
    for (auto const& line : traceback::format_exception_only(error)) print(line, "end"_k = "");

    // --- The exceptions of a group, side by side
    try {
        throw ExceptionGroup("2 of 3 failed", error, ExceptionGroup("in a thread", OSError("disk full")));
    } catch (ExceptionGroup const&) {
        print(traceback::format_exc("limit"_k = 0), "end"_k = "");
    }

    // --- Outside of a handler there is nothing to print
    print(amphis::repr(traceback::format_exc()));
}
