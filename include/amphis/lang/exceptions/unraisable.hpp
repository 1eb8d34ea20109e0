// SPDX-License-Identifier: MIT
// exceptions/unraisable: an exception where none may leave, such as a destructor, is reported on stderr, as CPython does.
#ifndef AMPHIS_LANG_EXCEPTIONS_UNRAISABLE_HPP
#define AMPHIS_LANG_EXCEPTIONS_UNRAISABLE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/info.hpp>

#include <cstdio>

namespace amphis::inline v0::detail {

/// Report the exception that is being handled. One fwrite, so that lines of two threads do not mix.
AMPHIS_COLD inline void unraisable(char const* where) noexcept {
    try {
        exc_info const e = exc_info::current();
        text out;
        out.append("Exception ignored in: ");
        out.append(chars(where));
        out.push_back('\n');
        out.append(chars(e.type_name()));
        out.append(": ");
        str_to(out, e);
        out.push_back('\n');
        std::fwrite(out.data(), 1, out.size(), stderr);
    } catch (...) {  // no memory to say it
        std::fputs("Exception ignored\n", stderr);
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_LANG_EXCEPTIONS_UNRAISABLE_HPP
