// SPDX-License-Identifier: MIT
// tracemalloc/filter: which traces of a snapshot are looked at.
// Python: docs.python.org/3/library/tracemalloc.html#filter
#ifndef AMPHIS_TRACEMALLOC_FILTER_HPP
#define AMPHIS_TRACEMALLOC_FILTER_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/tracemalloc/traceback.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::tracemalloc {

/// The `]` that ends the set of characters behind a `[`, or npos: then the `[` stands for itself.
inline std::size_t end_of_set(std::string_view pattern) noexcept {
    std::size_t i = 0;
    if (i < pattern.size() && pattern[i] == '!') ++i;
    if (i < pattern.size() && pattern[i] == ']') ++i;
    return pattern.find(']', i);
}
inline bool in_set(std::string_view set, char c) noexcept {
    bool const inverted = !set.empty() && set[0] == '!';
    if (inverted) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            auto const value = static_cast<unsigned char>(c);
            found = found || (static_cast<unsigned char>(set[i]) <= value && value <= static_cast<unsigned char>(set[i + 2]));
            i += 2;
        } else {
            found = found || set[i] == c;
        }
    }
    return found != inverted;
}
/// Whether the name matches a pattern with `*`, `?`, `[seq]` and `[!seq]`. Python: fnmatch.fnmatchcase().
inline bool name_matches(std::string_view name, std::string_view pattern) noexcept {
    std::string_view after_star;
    std::string_view name_at_star;
    bool starred = false;
    for (;;) {
        bool fits = false;
        if (pattern.empty()) {
            if (name.empty()) return true;
        } else if (pattern[0] == '*') {
            pattern.remove_prefix(1);
            after_star = pattern;
            name_at_star = name;
            starred = true;
            continue;
        } else if (!name.empty()) {
            std::size_t length = 1;
            fits = pattern[0] == '?' || pattern[0] == name[0];
            if (pattern[0] == '[') {
                if (std::size_t const end = end_of_set(pattern.substr(1)); end != std::string_view::npos) {
                    fits = in_set(pattern.substr(1, end), name[0]);
                    length = end + 2;
                }
            }
            if (fits) {
                pattern.remove_prefix(length);
                name.remove_prefix(1);
            }
        }
        if (fits) continue;
        if (!starred || name_at_star.empty()) return false;
        name_at_star.remove_prefix(1);  // the last star takes one more
        name = name_at_star;
        pattern = after_star;
    }
}

}  // namespace detail::tracemalloc

namespace tracemalloc {

/// What Filter and DomainFilter are, for Snapshot.filter_traces().
class BaseFilter {
public:
    /// Traces that match are looked at; if false, those that do not.
    bool inclusive = true;

    /// The verdict on a traceback alone.
    [[nodiscard]] bool match(Traceback const& traceback) const noexcept {
        if (!has_pattern_) return true;
        if (all_frames_) {
            bool const any = std::any_of(traceback.begin(), traceback.end(), [&](Frame const& frame) { return match(frame); });
            return any == inclusive;
        }
        return !traceback.empty() && match(traceback[-1]) == inclusive;
    }
    /// The verdict on a trace, from that on its traceback.
    [[nodiscard]] bool match(bool traceback_matches, unsigned domain) const noexcept {
        if (!has_pattern_) return (domain == domain_) == inclusive;
        if (!domain_) return traceback_matches;
        return inclusive ? traceback_matches && domain == domain_ : traceback_matches || domain != domain_;
    }

protected:
    explicit BaseFilter(bool is_inclusive) noexcept : inclusive(is_inclusive) {}
    [[nodiscard]] bool match(Frame const& frame) const noexcept {
        return detail::tracemalloc::name_matches(frame.filename(), pattern_) && (!lineno_ || *lineno_ == frame.lineno());
    }
    bool has_pattern_ = false;
    bool all_frames_ = false;
    std::string pattern_;
    std::optional<long> lineno_;
    std::optional<unsigned> domain_;
};

/// Traces by the file, and the line, that allocated.
///
///     tracemalloc::Filter(false, "*/third_party/*");            // all but these
///     tracemalloc::Filter(true, "*/load.cpp", 12);              // only this line
///     tracemalloc::Filter(true, "*/load.cpp", "all_frames"_k = true);
///
/// inclusive         whether what matches is looked at, or what does not
/// filename_pattern  with *, ?, [seq] and [!seq]; of the whole name, which is mostly an absolute path
/// lineno            only this line; None for all
/// all_frames        one of the frames matches, not necessarily the most recent one
/// domain            only blocks of this one; None for all
class Filter : public BaseFilter {
public:
    template <class... A>
    Filter(bool is_inclusive, std::string filename_pattern, A const&... options) : BaseFilter(is_inclusive) {
        constexpr std::size_t named = detail::count_named<"lineno", A...>() + detail::count_named<"all_frames", A...>() + detail::count_named<"domain", A...>();
        static_assert(detail::positional_first<A...>() && detail::positional_count<A...>() <= 3 && named == detail::keyword_count<A...>(),
                      "amphis: tracemalloc.Filter has the parameters inclusive, filename_pattern, lineno, all_frames and domain");
        has_pattern_ = true;
        pattern_ = std::move(filename_pattern);
        [[maybe_unused]] std::size_t position = 0;
        (take(options, position), ...);
    }
    [[nodiscard]] std::string const& filename_pattern() const noexcept { return pattern_; }
    [[nodiscard]] std::optional<long> lineno() const noexcept { return lineno_; }
    [[nodiscard]] bool all_frames() const noexcept { return all_frames_; }
    [[nodiscard]] std::optional<unsigned> domain() const noexcept { return domain_; }

private:
    template <class T>
    static constexpr bool is_none = detail::is_one_of<std::remove_cvref_t<T>, none_t, std::nullptr_t, std::nullopt_t>;

    template <class A>
    void take(A const& option, std::size_t& position) {
        if constexpr (detail::is_named<"lineno", A>()) {
            take_lineno(option.value);
        } else if constexpr (detail::is_named<"all_frames", A>()) {
            all_frames_ = option.value;
        } else if constexpr (detail::is_named<"domain", A>()) {
            take_domain(option.value);
        } else {
            switch (position++) {
                case 0: take_lineno(option); break;
                case 1:
                    if constexpr (std::is_convertible_v<A, bool>) all_frames_ = static_cast<bool>(option);
                    break;
                default: take_domain(option);
            }
        }
    }
    template <class T>
    void take_lineno(T const& lineno) {
        if constexpr (!is_none<T>) lineno_ = static_cast<long>(lineno);
    }
    template <class T>
    void take_domain(T const& domain) {
        if constexpr (!is_none<T>) domain_ = static_cast<unsigned>(domain);
    }
};

/// Traces by their domain.
class DomainFilter : public BaseFilter {
public:
    DomainFilter(bool is_inclusive, unsigned domain) noexcept : BaseFilter(is_inclusive) { domain_ = domain; }
    [[nodiscard]] unsigned domain() const noexcept { return domain_.value_or(0); }
};

}  // namespace tracemalloc
}  // namespace amphis::inline v0

#endif  // AMPHIS_TRACEMALLOC_FILTER_HPP
