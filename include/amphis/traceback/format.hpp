// SPDX-License-Identifier: MIT
// traceback/format: an exception, with its causes, notes and groups, as CPython prints it.
// Python: docs.python.org/3/library/traceback.html
#ifndef AMPHIS_TRACEBACK_FORMAT_HPP
#define AMPHIS_TRACEBACK_FORMAT_HPP

#include <amphis/builtins/streams.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/pointer_set.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__cpp_rtti) && __has_include(<cxxabi.h>)
#include <cxxabi.h>
#include <typeinfo>
#endif

namespace amphis::inline v0::traceback {

/// One place in a program. lineno 0: not known.
struct FrameSummary {
    std::string filename{};
    int lineno = 0;
    std::string name{};

    [[nodiscard]] friend bool operator==(FrameSummary const&, FrameSummary const&) = default;
};

}  // namespace amphis::inline v0::traceback

namespace amphis::inline v0::detail {

/// 15 exceptions of a group are shown, and 10 groups within each other.
inline constexpr std::size_t max_group_width = 15;
inline constexpr std::size_t max_group_depth = 10;

using traceback_lines = std::vector<std::string>;

inline std::string demangled(char const* name) {
#if defined(__cpp_rtti) && __has_include(<cxxabi.h>)
    int status = 0;
    if (char* const readable = abi::__cxa_demangle(name, nullptr, nullptr, &status)) {
        std::string result(readable);
        std::free(readable);
        return result;
    }
#endif
    return name;
}

/// Python's class has a name without RTTI; of others only RTTI knows it.
inline std::string class_name_of(exc_info const& e) {
#if defined(__cpp_rtti) && __has_include(<cxxabi.h>)
    if (e.value() == nullptr) {
        if (auto const* const standard = e.get<std::exception>()) return demangled(typeid(*standard).name());
#if defined(__GLIBCXX__)
        if (e) {
            if (std::type_info const* const type = e.pointer().__cxa_exception_type()) return demangled(type->name());
        }
#endif
    }
#endif
    return e.type_name();
}

inline std::string frame_line(traceback::FrameSummary const& frame) {
    std::string line = "  File \"" + frame.filename + '"';
    if (frame.lineno != 0) line += ", line " + std::to_string(frame.lineno);
    return line + ", in " + frame.name + '\n';
}

/// The frames of an exception: one, where it was made, if that is known.
inline std::vector<traceback::FrameSummary> frames_of(exc_info const& e) {
    if (e.value() == nullptr || e.value()->where().line == 0) return {};
    location const& where = e.value()->where();
    return {{where.file, where.line, where.function}};
}

inline std::string_view view_of(rendered const& value) noexcept { return {value.data(), value.size()}; }

/// The lines that say what is wrong with the text of a program.
inline void syntax_error_lines(traceback_lines& out, SyntaxError const& e, std::string const& type) {
    std::string suffix;
    if (!e.lineno().is_none()) {
        bool const named = !e.filename().is_none() && e.filename().size() != 0;
        out.push_back("  File \"" + (named ? std::string(e.filename()) : "<string>") + "\", line " + std::string(e.lineno()) + '\n');
    } else if (!e.filename().is_none()) {
        suffix = " (" + std::string(e.filename()) + ')';
    }
    if (!e.text().is_none()) {
        std::string_view text = view_of(e.text());
        while (text.ends_with('\n')) text.remove_suffix(1);
        std::size_t const spaces = (std::min)(text.find_first_not_of(" \n\f"), text.size());
        text.remove_prefix(spaces);
        out.push_back("    " + std::string(text) + '\n');
        if (!e.offset().is_none()) {
            std::ptrdiff_t const first = number_of(e.offset());
            std::ptrdiff_t last = e.end_offset().is_none() || number_of(e.end_offset()) == 0 ? first : number_of(e.end_offset());
            if (first == last || last == -1) last = first + 1;
            std::ptrdiff_t const column = first - 1 - static_cast<std::ptrdiff_t>(spaces);
            if (column >= 0) {
                std::string line = "    ";
                // Tabs stay, so that the mark stands where it belongs.
                for (char const c : text.substr(0, static_cast<std::size_t>(column))) line += c == '\t' ? '\t' : ' ';
                if (last > first) line.append(static_cast<std::size_t>(last - first), '^');
                out.push_back(line + '\n');
            }
        }
    }
    std::string const message = e.msg().is_none() || e.msg().size() == 0 ? "<no detail available>" : std::string(e.msg());
    out.push_back(type + ": " + message + suffix + '\n');
}

/// "ValueError: message\n", and the notes.
inline traceback_lines exception_only(exc_info const& e) {
    traceback_lines out;
    std::string const type = class_name_of(e);
    SyntaxError const* const syntax = e.is<SyntaxError>() ? e.get<SyntaxError>() : nullptr;
    if (syntax != nullptr) {
        syntax_error_lines(out, *syntax, type);
    } else {
        text message;
        if (!e || e.is<std::exception>()) str_to(message, e);
        std::string line = type;
        if (message.size() != 0) line.append(": ").append(message.data(), message.size());
        out.push_back(line + '\n');
    }
    if (e.value() == nullptr) return out;
    for (rendered const& note : e.value()->notes()) {
        std::string_view rest = view_of(note);
        for (std::size_t end = 0; end != std::string_view::npos;) {
            end = rest.find('\n');
            out.push_back(std::string(rest.substr(0, end)) + '\n');
            if (end != std::string_view::npos) rest.remove_prefix(end + 1);
        }
    }
    return out;
}

/// An exception and the others that are shown with it, which are known by their index among all of them. Those that lead back are cut.
class exception_tree {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    struct node {
        exc_info exception{};
        std::size_t chained = none;  // its cause, or its context
        bool by_cause = false;
        std::size_t first_member = none;  // of a group; the others follow
    };

    explicit exception_tree(exc_info const& root) {
        add(root);
        // Last in, first out, as CPython has it: it decides which of two ways to an exception shows it.
        std::vector<std::size_t> open{0};
        while (!open.empty()) {
            std::size_t const at = open.back();
            open.pop_back();
            BaseException const* const e = nodes_[at].exception.value();
            if (e == nullptr) continue;
            exc_info const cause = e->cause();
            std::size_t chained = none;
            if (is_new(cause)) {
                chained = add(cause);
                nodes_[at].by_cause = true;
            } else if (!e->suppress_context()) {
                exc_info const context = e->context();
                if (is_new(context)) chained = add(context);
            }
            nodes_[at].chained = chained;
            exception_tuple const members = nodes_[at].exception.exceptions();
            if (!members.empty()) nodes_[at].first_member = nodes_.size();
            if (chained != none) open.push_back(chained);
            for (exc_info const& member : members) open.push_back(add(member));
        }
    }
    [[nodiscard]] node const& operator[](std::size_t i) const noexcept { return nodes_[i]; }

private:
    std::size_t add(exc_info const& e) {
        if (e) seen_.insert(identity_of(e));
        nodes_.push_back({e});
        return nodes_.size() - 1;
    }
    [[nodiscard]] bool is_new(exc_info const& e) const noexcept { return e && !seen_.contains(identity_of(e)); }

    std::vector<node> nodes_{};
    pointer_set seen_{};
};

/// Writes an exception as CPython's TracebackException.format does.
class traceback_writer {
public:
    traceback_writer(exc_info const& root, bool chain, bool frames) : tree_(root), chain_(chain), frames_(frames) { write(0); }
    [[nodiscard]] traceback_lines take() noexcept { return std::move(lines_); }

private:
    [[nodiscard]] std::string indent() const { return std::string(2 * depth_, ' '); }

    /// Every line of `text`, behind the margin of the groups around it.
    void emit(std::string const& text, char margin = '|') {
        if (depth_ == 0) return lines_.push_back(text);
        std::string out;
        for (std::size_t at = 0; at != text.size();) {
            std::size_t const end = text.find('\n', at);
            std::size_t const next = end == std::string::npos ? text.size() : end + 1;
            out.append(indent()).append({margin, ' '}).append(text, at, next - at);
            at = next;
        }
        lines_.push_back(std::move(out));
    }

    void write(std::size_t root) {
        std::vector<std::size_t> order{root};
        while (chain_ && tree_[order.back()].chained != exception_tree::none) order.push_back(tree_[order.back()].chained);
        for (std::size_t i = order.size(); i != 0;) {
            exception_tree::node const& node = tree_[order[--i]];
            if (i + 1 != order.size()) {
                emit(node.by_cause ? "\nThe above exception was the direct cause of the following exception:\n\n"
                                   : "\nDuring handling of the above exception, another exception occurred:\n\n");
            }
            if (node.first_member == exception_tree::none) {
                write_head(node, "Traceback (most recent call last):\n", '|');
            } else if (depth_ > max_group_depth) {
                emit("... (max_group_depth is " + std::to_string(max_group_depth) + ")\n");
            } else {
                write_group(node);
            }
        }
    }
    void write_head(exception_tree::node const& node, char const* header, char margin) {
        if (frames_) {
            auto const frames = frames_of(node.exception);
            if (!frames.empty()) emit(header, margin);
            for (auto const& frame : frames) emit(frame_line(frame));
        }
        for (std::string const& line : exception_only(node.exception)) emit(line);
    }
    void write_group(exception_tree::node const& node) {
        bool const outermost = depth_ == 0;
        if (outermost) ++depth_;
        write_head(node, "Exception Group Traceback (most recent call last):\n", outermost ? '+' : '|');
        std::size_t const size = node.exception.exceptions().size();
        std::size_t const shown = size <= max_group_width ? size : max_group_width + 1;
        needs_close_ = false;
        for (std::size_t i = 0; i != shown; ++i) {
            bool const last = i + 1 == shown;
            if (last) needs_close_ = true;  // a group within may close it
            bool const truncated = i >= max_group_width;
            lines_.push_back(indent() + (i == 0 ? "+-" : "  ") + "+---------------- " + (truncated ? "..." : std::to_string(i + 1)) +
                             " ----------------\n");
            ++depth_;
            if (truncated) {
                std::size_t const more = size - max_group_width;
                emit("and " + std::to_string(more) + " more exception" + (more > 1 ? "s\n" : "\n"));
            } else {
                write(node.first_member + i);
            }
            if (last && needs_close_) {
                lines_.push_back(indent() + "+------------------------------------\n");
                needs_close_ = false;
            }
            --depth_;
        }
        if (outermost) depth_ = 0;
    }

    exception_tree tree_;
    bool chain_;
    bool frames_;
    traceback_lines lines_{};
    std::size_t depth_ = 0;
    bool needs_close_ = false;
};

inline std::string joined_lines(traceback_lines const& lines) {
    std::string all;
    for (std::string const& line : lines) all += line;
    return all;
}

/// limit: None, or a number of frames; there is one at most.
template <class Limit>
[[nodiscard]] bool shows_frames(Limit const& limit) noexcept {
    if constexpr (is_one_of<Limit, none_t, std::nullptr_t>) {
        return true;
    } else {
        static_assert(std::is_integral_v<Limit>, "amphis: the limit of a traceback is a number of frames, or None");
        return limit != 0;
    }
}

inline constexpr bool default_chain = true;
inline constexpr none_t default_limit = none_t();


template <class E, class... K>
[[nodiscard]] traceback_lines format_of(E const& e, K const&... keywords) {
    static_assert((Kwarg<K> && ...), "amphis: chain, limit and file of a traceback are keyword arguments: \"chain\"_k = false");
    static_assert(count_named<"chain", K...>() + count_named<"limit", K...>() + count_named<"file", K...>() == sizeof...(K) &&
                      count_named<"chain", K...>() <= 1 && count_named<"limit", K...>() <= 1 && count_named<"file", K...>() <= 1,
                  "amphis: a traceback has the keywords chain, limit, and where it is printed, file, each once");
    static_assert(std::is_constructible_v<exc_info, E const&>, "amphis: a traceback is that of an exception, or of an exc_info");
    bool const chain = static_cast<bool>(argument_or<"chain">(default_chain, keywords...));
    bool const frames = shows_frames(argument_or<"limit">(default_limit, keywords...));
    return traceback_writer(same_or_copy(e), chain, frames).take();
}

/// To the `file` among the keywords; to stderr without.
template <class... K>
void write_lines(traceback_lines const& lines, K const&... keywords) {
    std::string const all = joined_lines(lines);
    chars const text(all.data(), all.size());
    if constexpr (count_named<"file", K...>() != 0) {
        auto& file = argument_or<"file">(default_limit, keywords...);
        if constexpr (!is_one_of<std::remove_cvref_t<decltype(file)>, none_t, std::nullptr_t>) return write_to(file, text);
    }
    std::FILE* error_output = stderr;
    write_to(error_output, text);
}

struct format_exception_fn {
    template <class E, class... K>
    [[nodiscard]] std::vector<std::string> operator()(E const& e, K const&... keywords) const {
        static_assert(count_named<"file", K...>() == 0, "amphis: format_exception has no keyword file; print_exception has");
        return format_of(e, keywords...);
    }
};
struct format_exception_only_fn {
    template <class E>
    [[nodiscard]] std::vector<std::string> operator()(E const& e) const {
        return exception_only(same_or_copy(e));
    }
};
struct print_exception_fn {
    template <class E, class... K>
    void operator()(E const& e, K const&... keywords) const {
        write_lines(format_of(e, keywords...), keywords...);
    }
};
struct format_exc_fn {
    template <class... K>
    [[nodiscard]] std::string operator()(K const&... keywords) const {
        static_assert(count_named<"file", K...>() == 0, "amphis: format_exc has no keyword file; print_exc has");
        return joined_lines(format_of(exc_info::current(), keywords...));
    }
};
struct print_exc_fn {
    template <class... K>
    void operator()(K const&... keywords) const {
        write_lines(format_of(exc_info::current(), keywords...), keywords...);
    }
};
struct extract_tb_fn {
    template <class E>
    [[nodiscard]] std::vector<traceback::FrameSummary> operator()(E const& e) const {
        return frames_of(same_or_copy(e));
    }
};
struct format_list_fn {
    [[nodiscard]] std::vector<std::string> operator()(std::vector<traceback::FrameSummary> const& frames) const {
        std::vector<std::string> lines;
        for (traceback::FrameSummary const& frame : frames) lines.push_back(frame_line(frame));
        return lines;
    }
};
struct format_tb_fn {
    template <class E>
    [[nodiscard]] std::vector<std::string> operator()(E const& e) const {
        return format_list_fn()(extract_tb_fn()(e));
    }
};

}  // namespace amphis::inline v0::detail

namespace amphis::inline v0::traceback {

/// An exception, and what led to it, as Python prints it: a list of texts that end with a newline.
///
///     for (std::string const& line : traceback::format_exception(e)) log(line);
///     // Traceback (most recent call last):
///     //   File "load.cpp", line 12, in load
///     // ValueError: no port
///
/// e         an exception, an exc_info, or None. What is being handled, by reference, is shown as what it is; another exception as the type it has here.
/// chain     whether its cause or context is shown before it. True by default.
/// limit     0 for no line of code. None by default.
/// Cost      a throw for each exception in the chain, as C++ has no other way to look into one. A chain of 100,000 takes no more stack than a short one.
/// Differs   one line of code for each exception, the one that made it, without its text; there is no header where it is not known.
///           Of a class that is not Python's, RTTI knows the name; without it is "std::exception".
/// Source    Lib/traceback.py, TracebackException (CPython 3.11).
inline constexpr detail::format_exception_fn format_exception{};

/// The last line alone, "ValueError: no port", with the notes; of a SyntaxError the place, too.
inline constexpr detail::format_exception_only_fn format_exception_only{};

/// format_exception to `file`, by default stderr, in one write.
///
///     traceback::print_exception(e, "file"_k = log, "chain"_k = false);
///
/// file      what print takes. None: stderr, or what redirect_stderr has put in its place.
inline constexpr detail::print_exception_fn print_exception{};

/// What is being handled, as one text. "NoneType: None\n" outside of a handler.
inline constexpr detail::format_exc_fn format_exc{};

/// What is being handled, to `file`, by default stderr.
///
///     try { serve(); } catch (...) { traceback::print_exc(); }
inline constexpr detail::print_exc_fn print_exc{};

/// Where an exception was made: one place, or none.
inline constexpr detail::extract_tb_fn extract_tb{};
inline constexpr detail::format_tb_fn format_tb{};
/// Places as the lines of a traceback.
inline constexpr detail::format_list_fn format_list{};

}  // namespace amphis::inline v0::traceback

#endif  // AMPHIS_TRACEBACK_FORMAT_HPP
