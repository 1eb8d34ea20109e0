// SPDX-License-Identifier: MIT
// tracemalloc/traceback: lines of the program, and the calls that led to one.
// Python: docs.python.org/3/library/tracemalloc.html#traceback
#ifndef AMPHIS_TRACEMALLOC_TRACEBACK_HPP
#define AMPHIS_TRACEMALLOC_TRACEBACK_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::tracemalloc {

/// A line of a file without the blanks around it; empty where there is no such file or line. Python: linecache.getline().
inline std::string source_line(std::string const& filename, long lineno) {
    std::string line;
    if (lineno <= 0) return line;
    std::FILE* const file = std::fopen(filename.c_str(), "rb");
    if (file == nullptr) return line;
    long number = 1;
    for (int c = std::fgetc(file); c != EOF && number <= lineno; c = std::fgetc(file)) {
        if (c == '\n') {
            ++number;
        } else if (number == lineno) {
            line.push_back(static_cast<char>(c));
        }
    }
    std::fclose(file);
    constexpr char const* blanks = " \t\r\f\v";
    line.erase(0, (std::min)(line.size(), line.find_first_not_of(blanks)));
    line.erase(line.find_last_not_of(blanks) + 1);
    return line;
}

}  // namespace detail::tracemalloc

namespace tracemalloc {

/// A line of a file.
class Frame {
public:
    Frame(std::string filename, long lineno) : filename_(std::move(filename)), lineno_(lineno) {}

    [[nodiscard]] std::string const& filename() const noexcept { return filename_; }
    /// From 1 on; 0 where it is not known, or does not matter.
    [[nodiscard]] long lineno() const noexcept { return lineno_; }

    /// `load.cpp:12`
    [[nodiscard]] std::string str() const { return filename_ + ":" + std::to_string(lineno_); }
    /// `<Frame filename='load.cpp' lineno=12>`
    [[nodiscard]] std::string repr() const {
        detail::text out;
        repr_to(out, filename_);
        return "<Frame filename=" + std::string(out.data(), out.size()) + " lineno=" + std::to_string(lineno_) + ">";
    }
    [[nodiscard]] friend bool operator==(Frame const&, Frame const&) = default;
    [[nodiscard]] friend std::strong_ordering operator<=>(Frame const& a, Frame const& b) noexcept {
        // std::string has a <=> only in standard libraries newer than clang 16's libc++.
        int const names = a.filename_.compare(b.filename_);
        return names != 0 ? names <=> 0 : a.lineno_ <=> b.lineno_;
    }

private:
    std::string filename_;
    long lineno_;
};

/// The line that allocated, and the calls that led there: a sequence of Frame, the oldest first.
class Traceback {
public:
    Traceback() = default;
    /// frames        the most recent first, as in CPython
    /// total_nframe  how many there were before they were cut at the limit, if that is known
    explicit Traceback(std::vector<Frame> frames, std::optional<std::size_t> total_nframe = std::nullopt)
        : frames_(std::move(frames)), total_nframe_(total_nframe) {
        std::reverse(frames_.begin(), frames_.end());
    }

    [[nodiscard]] std::optional<std::size_t> total_nframe() const noexcept { return total_nframe_; }
    [[nodiscard]] std::size_t size() const noexcept { return frames_.size(); }
    [[nodiscard]] bool empty() const noexcept { return frames_.empty(); }
    /// Raises    IndexError
    [[nodiscard]] Frame const& operator[](std::ptrdiff_t index) const {
        auto const n = static_cast<std::ptrdiff_t>(size());
        if (index < 0) index += n;
        if (index < 0 || index >= n) throw IndexError("tuple index out of range");
        return frames_[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] auto begin() const noexcept { return frames_.begin(); }
    [[nodiscard]] auto end() const noexcept { return frames_.end(); }

    /// The oldest frame: `main.cpp:30`
    [[nodiscard]] std::string str() const { return (*this)[0].str(); }
    /// `<Traceback (<Frame filename='main.cpp' lineno=30>, <Frame filename='load.cpp' lineno=12>)>`
    [[nodiscard]] std::string repr() const {
        std::string all = "<Traceback (";
        for (Frame const& frame : frames_) {
            if (&frame != frames_.data()) all += ", ";
            all += frame.repr();
        }
        all += frames_.size() == 1 ? ",)" : ")";
        if (total_nframe_) all += " total_nframe=" + std::to_string(*total_nframe_);
        return all + ">";
    }
    /// Lines to print, with the text of each where its file is there.
    ///
    ///     for (auto const& line : stat.traceback().format()) print(line);
    ///     //   File "load.cpp", line 12
    ///     //     return std::vector<char>(size);
    ///
    /// limit              n for the n most recent frames, -n for all but the n most recent ones; None for all.
    /// most_recent_first  the other way round
    template <class... A>
    [[nodiscard]] std::vector<std::string> format(A const&... arguments) const {
        static_assert(detail::positional_first<A...>() && detail::positional_count<A...>() <= 2 &&
                          detail::count_named<"limit", A...>() + detail::count_named<"most_recent_first", A...>() == detail::keyword_count<A...>(),
                      "amphis: Traceback.format() has the parameters limit and most_recent_first");
        return format_all(limit_of(arguments...), newest_first(arguments...));
    }

    [[nodiscard]] friend bool operator==(Traceback const& a, Traceback const& b) { return a.frames_ == b.frames_; }
    [[nodiscard]] friend std::strong_ordering operator<=>(Traceback const& a, Traceback const& b) {
        for (std::size_t i = 0; i != a.size() && i != b.size(); ++i) {
            if (auto const order = a.frames_[i] <=> b.frames_[i]; order != 0) return order;
        }
        return a.size() <=> b.size();
    }

private:
    template <class L>
    [[nodiscard]] static std::optional<std::ptrdiff_t> as_limit(L const& limit) {
        if constexpr (detail::is_one_of<L, none_t, std::nullptr_t, std::nullopt_t>) {
            return std::nullopt;
        } else {
            return static_cast<std::ptrdiff_t>(limit);
        }
    }
    [[nodiscard]] static std::optional<std::ptrdiff_t> limit_of() { return std::nullopt; }
    template <class First, class... A>
    [[nodiscard]] static std::optional<std::ptrdiff_t> limit_of(First const& first, A const&... rest) {
        if constexpr (detail::Kwarg<First>) {
            return as_limit(detail::argument_or<"limit">(std::nullopt, first, rest...));
        } else {
            return as_limit(first);
        }
    }
    template <class... A>
    [[nodiscard]] static bool newest_first(A const&... arguments) {
        if constexpr (detail::positional_count<A...>() == 2) {
            return second(arguments...);
        } else {
            return detail::argument_or<"most_recent_first">(false, arguments...);
        }
    }
    template <class First, class Second>
    [[nodiscard]] static bool second(First const&, Second const& value) {
        return static_cast<bool>(value);
    }
    [[nodiscard]] std::vector<std::string> format_all(std::optional<std::ptrdiff_t> limit, bool most_recent_first) const {
        auto const n = static_cast<std::ptrdiff_t>(frames_.size());
        std::ptrdiff_t first = 0;
        std::ptrdiff_t last = n;
        if (limit && *limit > 0) first = (std::max)(std::ptrdiff_t{0}, n - *limit);
        if (limit && *limit <= 0) last = (std::max)(std::ptrdiff_t{0}, *limit == 0 ? 0 : n + *limit);
        std::vector<std::string> lines;
        for (std::ptrdiff_t i = first; i < last; ++i) {
            Frame const& frame = frames_[static_cast<std::size_t>(most_recent_first ? first + last - 1 - i : i)];
            lines.push_back("  File \"" + frame.filename() + "\", line " + std::to_string(frame.lineno()));
            std::string const line = detail::tracemalloc::source_line(frame.filename(), frame.lineno());
            if (!line.empty()) lines.push_back("    " + line);
        }
        return lines;
    }

    std::vector<Frame> frames_;
    std::optional<std::size_t> total_nframe_;
};

}  // namespace tracemalloc
}  // namespace amphis::inline v0

template <>
struct std::hash<amphis::tracemalloc::Frame> {
    [[nodiscard]] std::size_t operator()(amphis::tracemalloc::Frame const& frame) const noexcept {
        return std::hash<std::string>()(frame.filename()) * 31 + static_cast<std::size_t>(frame.lineno());
    }
};
template <>
struct std::hash<amphis::tracemalloc::Traceback> {
    [[nodiscard]] std::size_t operator()(amphis::tracemalloc::Traceback const& traceback) const noexcept {
        std::size_t all = traceback.size();
        for (auto const& frame : traceback) all = all * 1'000'003 + std::hash<amphis::tracemalloc::Frame>()(frame);
        return all;
    }
};

#endif  // AMPHIS_TRACEMALLOC_TRACEBACK_HPP
