// SPDX-License-Identifier: MIT
// builtins/print: print(), one write a call.  Python: docs.python.org/3/library/functions.html#print
#ifndef AMPHIS_BUILTINS_PRINT_HPP
#define AMPHIS_BUILTINS_PRINT_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/builtins/streams.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

// ---- what goes there ------------------------------------------------------------------------------------------------

template <class T>
concept Separator = StrLike<T> || Character<T> || CharacterPointer<T> || CharacterArray<T> || is_one_of<T, none_t, std::nullptr_t>;

/// sep and end: a str, or None for the usual one.
template <class T>
void separator_to(text& out, T const& value, char usual) {
    static_assert(Separator<T>, "amphis: print's sep and end are strings, or None");
    if constexpr (is_one_of<T, none_t, std::nullptr_t>) {
        out.push_back(usual);
    } else if constexpr (Separator<T>) {
        str_to(out, value);
    }
}

struct print_fn {
    template <class... A>
    void operator()(A const&... arguments) const {
        constexpr bool ordered = positional_first<A...>();
        constexpr std::size_t sep = count_named<"sep", A...>();
        constexpr std::size_t end = count_named<"end", A...>();
        constexpr std::size_t file = count_named<"file", A...>();
        constexpr std::size_t flush = count_named<"flush", A...>();
        constexpr bool known = sep + end + file + flush == keyword_count<A...>();
        constexpr bool once = sep <= 1 && end <= 1 && file <= 1 && flush <= 1;
        static_assert(ordered, "amphis: positional argument follows keyword argument in print()");
        static_assert(known, "amphis: print() has only the keywords sep, end, file and flush");
        static_assert(once, "amphis: keyword argument repeated in print()");
        if constexpr (ordered && known && once) {
            text out;
            bool first = true;
            auto const add = [&](auto const& argument) {
                if constexpr (!Kwarg<decltype(argument)>) {
                    if (!first) separator_to(out, argument_or<"sep">(usual, arguments...), ' ');
                    first = false;
                    str_item(out, argument);
                }
            };
            (add(arguments), ...);
            separator_to(out, argument_or<"end">(usual, arguments...), '\n');
            auto& target = argument_or<"file">(usual, arguments...);
            write_to(target, out.view());
            if constexpr (flush != 0) {
                if (static_cast<bool>(argument_or<"flush">(usual, arguments...))) flush_to(target);
            }
        }
    }

private:
    static constexpr none_t usual = none_t();  // None, which may be a macro
};
}  // namespace detail

/// Print values, as str() shows them, with a space between and a newline at the end.
///
///     print("pi is", 3.14159);                          // pi is 3.14159
///     print(1, 2, 3, "sep"_k = ", ", "end"_k = "!\n");  // 1, 2, 3!
///     print("oops", "file"_k = stderr);
///
/// values    anything str() takes; none prints the end alone.
/// sep, end  strings, or None for " " and "\n".
/// file      a FILE*, or an object with write(std::string_view) or write(char const*, count), such as std::cout. None: C's stdout.
/// flush     whether to flush the file afterwards.
/// Raises    OSError when the file cannot be written; whatever a value's str() raises, and then nothing is written.
/// Cost      the text is made on the stack up to 256 bytes, then written in one call.
/// Threads   safe; the text of one call stays in one piece.
/// Differs   one write a call where CPython makes one for each value and separator. A closed pipe kills a C++ program by SIGPIPE
///           unless it ignores the signal; then it is BrokenPipeError, as in Python.
/// Source    Python/bltinmodule.c, builtin_print (CPython 3.11).
inline constexpr detail::print_fn print{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_PRINT_HPP
