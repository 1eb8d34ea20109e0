// SPDX-License-Identifier: MIT
// tracemalloc/snapshot: what was allocated where at one moment: grouped, compared, filtered, kept in a file.
// Python: docs.python.org/3/library/tracemalloc.html#snapshot
#ifndef AMPHIS_TRACEMALLOC_SNAPSHOT_HPP
#define AMPHIS_TRACEMALLOC_SNAPSHOT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/trace.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>
#include <amphis/tracemalloc/filter.hpp>
#include <amphis/tracemalloc/traceback.hpp>

#include <algorithm>
#include <compare>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::tracemalloc {

/// A number of bytes as CPython writes it: three to five digits, and the unit.
inline std::string format_size(double size, bool sign) {
    char buffer[64] = "";
    for (char const* const unit : {"B", "KiB", "MiB", "GiB", "TiB"}) {
        double const magnitude = size < 0 ? -size : size;
        bool const broken = magnitude < 100 && unit[1] != '\0';
        if (broken || magnitude < 10 * 1024 || *unit == 'T') {
            std::snprintf(buffer, sizeof(buffer), sign ? "%+.*f %s" : "%.*f %s", broken ? 1 : 0, size, unit);
            break;
        }
        size /= 1024;
    }
    return buffer;
}
inline std::string format_average(std::size_t size, std::size_t count) {
    if (count == 0) return {};
    return ", average=" + format_size(static_cast<double>(size) / static_cast<double>(count), false);
}
inline std::string with_sign(long long number) { return (number < 0 ? "" : "+") + std::to_string(number); }

/// The flag `cumulative`, by position or by name.
struct cumulative {
    bool value = false;
    cumulative() = default;
    cumulative(bool on) noexcept : value(on) {}  // NOLINT(google-explicit-constructor)
    template <class T>
    cumulative(kwarg<"cumulative", T> const& on) noexcept : value(on.value) {}  // NOLINT(google-explicit-constructor)
};

}  // namespace detail::tracemalloc

namespace tracemalloc {

/// A block of memory that there was.
class Trace {
public:
    Trace(unsigned domain, std::size_t size, Traceback traceback) : domain_(domain), size_(size), traceback_(std::move(traceback)) {}

    /// 0 for what operator new and gc::make() gave; another number for what track() was told of.
    [[nodiscard]] unsigned domain() const noexcept { return domain_; }
    /// bytes
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] Traceback const& traceback() const noexcept { return traceback_; }

    /// `load.cpp:12: 512 B`
    [[nodiscard]] std::string str() const { return traceback_.str() + ": " + formatted(); }
    [[nodiscard]] std::string repr() const {
        return "<Trace domain=" + std::to_string(domain_) + " size=" + formatted() + ", traceback=" + traceback_.repr() + ">";
    }
    [[nodiscard]] friend bool operator==(Trace const& a, Trace const& b) {
        return a.domain_ == b.domain_ && a.size_ == b.size_ && a.traceback_ == b.traceback_ && a.traceback_.total_nframe() == b.traceback_.total_nframe();
    }

private:
    [[nodiscard]] std::string formatted() const { return detail::tracemalloc::format_size(static_cast<double>(size_), false); }
    unsigned domain_;
    std::size_t size_;
    Traceback traceback_;
};

/// How much was allocated in one place.
class Statistic {
public:
    Statistic(Traceback traceback, std::size_t size, std::size_t count) : traceback_(std::move(traceback)), size_(size), count_(count) {}

    [[nodiscard]] Traceback const& traceback() const noexcept { return traceback_; }
    /// bytes
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// blocks
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    /// `load.cpp:12: size=1024 B, count=2, average=512 B`
    [[nodiscard]] std::string str() const {
        return traceback_.str() + ": size=" + detail::tracemalloc::format_size(static_cast<double>(size_), false) +
                           ", count=" + std::to_string(count_) + detail::tracemalloc::format_average(size_, count_);
    }
    [[nodiscard]] std::string repr() const {
        return "<Statistic traceback=" + traceback_.repr() + " size=" + std::to_string(size_) + " count=" + std::to_string(count_) + ">";
    }
    [[nodiscard]] friend bool operator==(Statistic const&, Statistic const&) = default;

private:
    Traceback traceback_;
    std::size_t size_;
    std::size_t count_;
};

/// How much more or less there is in one place than there was before.
class StatisticDiff {
public:
    StatisticDiff(Traceback traceback, std::size_t size, std::ptrdiff_t size_diff, std::size_t count, std::ptrdiff_t count_diff)
        : traceback_(std::move(traceback)), size_(size), size_diff_(size_diff), count_(count), count_diff_(count_diff) {}

    [[nodiscard]] Traceback const& traceback() const noexcept { return traceback_; }
    /// bytes, in the new snapshot
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// bytes, new less old
    [[nodiscard]] std::ptrdiff_t size_diff() const noexcept { return size_diff_; }
    /// blocks, in the new snapshot
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    /// blocks, new less old
    [[nodiscard]] std::ptrdiff_t count_diff() const noexcept { return count_diff_; }

    /// `load.cpp:12: size=1024 B (+512 B), count=2 (+1), average=512 B`
    [[nodiscard]] std::string str() const {
        return traceback_.str() + ": size=" + detail::tracemalloc::format_size(static_cast<double>(size_), false) + " (" +
                           detail::tracemalloc::format_size(static_cast<double>(size_diff_), true) + "), count=" + std::to_string(count_) + " (" +
                           detail::tracemalloc::with_sign(count_diff_) + ")" + detail::tracemalloc::format_average(size_, count_);
    }
    [[nodiscard]] std::string repr() const {
        return "<StatisticDiff traceback=" + traceback_.repr() + " size=" + std::to_string(size_) + " (" + detail::tracemalloc::with_sign(size_diff_) +
               ") count=" + std::to_string(count_) + " (" + detail::tracemalloc::with_sign(count_diff_) + ")>";
    }
    [[nodiscard]] friend bool operator==(StatisticDiff const&, StatisticDiff const&) = default;

private:
    Traceback traceback_;
    std::size_t size_;
    std::ptrdiff_t size_diff_;
    std::size_t count_;
    std::ptrdiff_t count_diff_;
};

}  // namespace tracemalloc

namespace detail::tracemalloc {

using amphis::tracemalloc::BaseFilter;
using amphis::tracemalloc::Frame;
using amphis::tracemalloc::Statistic;
using amphis::tracemalloc::StatisticDiff;
using amphis::tracemalloc::Trace;
using amphis::tracemalloc::Traceback;

/// A block, and which of the tracebacks is its.
struct raw_trace {
    std::size_t size;
    unsigned domain;
    std::uint32_t traceback;
};

struct amount {
    std::size_t size = 0;
    std::size_t count = 0;
};
using grouped = std::map<Traceback, amount>;

/// Writes and reads a snapshot: numbers in decimal, strings with their length before them.
class snapshot_file {
public:
    snapshot_file(std::string const& name, char const* mode) : name_(name), file_(std::fopen(name.c_str(), mode)) {
        if (file_ == nullptr) raise_os_error(errno, name_);
    }
    snapshot_file(snapshot_file const&) = delete;
    snapshot_file& operator=(snapshot_file const&) = delete;
    ~snapshot_file() {
        if (file_ != nullptr) std::fclose(file_);
    }
    void signature(std::string_view text) { std::fwrite(text.data(), 1, text.size(), file_); }
    void number(unsigned long long value) { std::fprintf(file_, "%llu ", value); }
    void string(std::string const& value) {
        number(value.size());
        std::fwrite(value.data(), 1, value.size(), file_);
    }
    void close() {
        bool const failed = std::ferror(file_) != 0;
        std::FILE* const file = std::exchange(file_, nullptr);
        if (std::fclose(file) != 0 || failed) raise_os_error(errno != 0 ? errno : EIO, name_);
    }
    unsigned long long number() {
        unsigned long long value = 0;
        if (std::fscanf(file_, "%llu", &value) != 1 || std::fgetc(file_) != ' ') refuse();
        return value;
    }
    std::string string() {
        std::string value;
        for (unsigned long long rest = number(); rest != 0; --rest) {
            int const c = std::fgetc(file_);
            if (c == EOF) refuse();
            value.push_back(static_cast<char>(c));
        }
        return value;
    }
    void expect(std::string_view signature) {
        for (char const c : signature) {
            if (std::fgetc(file_) != static_cast<unsigned char>(c)) refuse();
        }
    }
    [[noreturn]] AMPHIS_COLD void refuse() const {
        text message;
        message.append(chars("not a snapshot of tracemalloc: "));
        repr_to(message, name_);
        throw ValueError(message.view());
    }

private:
    std::string name_;
    std::FILE* file_;
};

}  // namespace detail::tracemalloc

namespace tracemalloc {

/// The traces of a snapshot, a sequence of Trace.
class Traces {
public:
    class iterator {
    public:
        using value_type = Trace;
        using reference = Trace;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;

        iterator() = default;
        iterator(Traces const& all, std::size_t at) noexcept : all_(&all), at_(at) {}
        [[nodiscard]] Trace operator*() const { return all_->at(at_); }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept {
            iterator const before = *this;
            ++at_;
            return before;
        }
        [[nodiscard]] friend bool operator==(iterator const& a, iterator const& b) noexcept { return a.at_ == b.at_; }

    private:
        Traces const* all_ = nullptr;
        std::size_t at_ = 0;
    };

    Traces() = default;
    Traces(std::vector<detail::tracemalloc::raw_trace> raw, std::vector<Traceback> tracebacks) : raw_(std::move(raw)), tracebacks_(std::move(tracebacks)) {}

    [[nodiscard]] std::size_t size() const noexcept { return raw_.size(); }
    [[nodiscard]] bool empty() const noexcept { return raw_.empty(); }
    /// Raises    IndexError
    [[nodiscard]] Trace operator[](std::ptrdiff_t index) const {
        auto const n = static_cast<std::ptrdiff_t>(size());
        if (index < 0) index += n;
        if (index < 0 || index >= n) throw IndexError("list index out of range");
        return at(static_cast<std::size_t>(index));
    }
    [[nodiscard]] iterator begin() const noexcept { return {*this, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {*this, size()}; }
    /// `<Traces len=2>`
    [[nodiscard]] std::string repr() const { return "<Traces len=" + std::to_string(size()) + ">"; }
    [[nodiscard]] friend bool operator==(Traces const& a, Traces const& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

private:
    friend class Snapshot;
    [[nodiscard]] Trace at(std::size_t i) const { return {raw_[i].domain, raw_[i].size, tracebacks_[raw_[i].traceback]}; }
    std::vector<detail::tracemalloc::raw_trace> raw_;
    std::vector<Traceback> tracebacks_;
};

/// What was allocated where when take_snapshot() was called.
///
///     auto const before = tracemalloc::take_snapshot();
///     work();
///     auto const after = tracemalloc::take_snapshot();
///     for (auto const& stat : after.compare_to(before, "lineno")) print(stat);
///
/// Cost      24 bytes a block; the frames of each traceback once.
/// Source    Lib/tracemalloc.py (CPython 3.11).
class Snapshot {
public:
    Traces traces;
    /// frames kept of each block
    std::size_t traceback_limit = 1;

    Snapshot(Traces all, std::size_t limit) : traces(std::move(all)), traceback_limit(limit) {}
    Snapshot(std::vector<Trace> const& all, std::size_t limit) : traceback_limit(limit) {
        std::map<std::pair<Traceback, std::optional<std::size_t>>, std::uint32_t> seen;
        for (Trace const& one : all) {
            auto const [at, is_new] = seen.emplace(std::pair(one.traceback(), one.traceback().total_nframe()), static_cast<std::uint32_t>(seen.size()));
            if (is_new) traces.tracebacks_.push_back(one.traceback());
            traces.raw_.push_back({one.size(), one.domain(), at->second});
        }
    }

    /// How much there is of each key, the largest size first.
    ///
    ///     for (auto const& stat : amphis::slice(snapshot.statistics("lineno"), 10)) print(stat);
    ///
    /// key_type    "lineno": the line that allocated; "filename": its file; "traceback": the line and the calls that led there.
    /// cumulative  each of the calls that led there counts, too. Not of "traceback".
    /// Raises      ValueError
    [[nodiscard]] std::vector<Statistic> statistics(std::string_view key_type, detail::tracemalloc::cumulative const& cumulative = {}) const {
        detail::trace::pause const ours;
        std::vector<Statistic> all;
        for (auto const& [traceback, sum] : group_by(key_type, cumulative.value)) all.emplace_back(traceback, sum.size, sum.count);
        std::sort(all.begin(), all.end(), [](Statistic const& a, Statistic const& b) {
            if (a.size() != b.size()) return a.size() > b.size();
            if (a.count() != b.count()) return a.count() > b.count();
            return a.traceback() > b.traceback();
        });
        return all;
    }
    /// What has changed since an old snapshot, the largest change of size first.
    ///
    ///     now.compare_to(before, "lineno")[0].str();   // "load.cpp:12: size=1024 B (+512 B), count=2 (+1), average=512 B"
    ///
    /// Raises      ValueError
    [[nodiscard]] std::vector<StatisticDiff> compare_to(Snapshot const& old, std::string_view key_type,
                                                        detail::tracemalloc::cumulative const& cumulative = {}) const {
        detail::trace::pause const ours;
        auto const is_now = group_by(key_type, cumulative.value);
        auto const was = old.group_by(key_type, cumulative.value);
        std::vector<StatisticDiff> all;
        for (auto const& [traceback, sum] : is_now) {
            auto const before = was.find(traceback);
            detail::tracemalloc::amount const had = before == was.end() ? detail::tracemalloc::amount() : before->second;
            all.emplace_back(traceback, sum.size, static_cast<std::ptrdiff_t>(sum.size - had.size), sum.count, static_cast<std::ptrdiff_t>(sum.count - had.count));
        }
        for (auto const& [traceback, sum] : was) {
            if (is_now.find(traceback) == is_now.end()) {
                all.emplace_back(traceback, 0U, -static_cast<std::ptrdiff_t>(sum.size), 0U, -static_cast<std::ptrdiff_t>(sum.count));
            }
        }
        auto const magnitude = [](std::ptrdiff_t n) { return n < 0 ? -n : n; };
        std::sort(all.begin(), all.end(), [&](StatisticDiff const& a, StatisticDiff const& b) {
            if (magnitude(a.size_diff()) != magnitude(b.size_diff())) return magnitude(a.size_diff()) > magnitude(b.size_diff());
            if (a.size() != b.size()) return a.size() > b.size();
            if (magnitude(a.count_diff()) != magnitude(b.count_diff())) return magnitude(a.count_diff()) > magnitude(b.count_diff());
            if (a.count() != b.count()) return a.count() > b.count();
            return a.traceback() > b.traceback();
        });
        return all;
    }
    /// A snapshot of the traces that match: all exclusive filters, and one of the inclusive ones, if there are any.
    ///
    ///     snapshot.filter_traces({tracemalloc::Filter(false, "*/catalog.cpp"), tracemalloc::DomainFilter(true, 0)});
    [[nodiscard]] Snapshot filter_traces(std::initializer_list<BaseFilter> filters) const { return filtered(filters); }
    template <class Filters>
        requires requires(Filters const& filters) { static_cast<BaseFilter const&>(*filters.begin()); }
    [[nodiscard]] Snapshot filter_traces(Filters const& filters) const {
        return filtered(filters);
    }

    /// Writes it to a file, for load().
    /// Raises    OSError
    void dump(std::string const& filename) const {
        detail::trace::pause const ours;
        detail::tracemalloc::snapshot_file to(filename, "wb");
        to.signature(magic);
        to.number(traceback_limit);
        to.number(traces.tracebacks_.size());
        for (Traceback const& one : traces.tracebacks_) {
            to.number(one.total_nframe() ? *one.total_nframe() + 1 : 0);
            to.number(one.size());
            for (Frame const& frame : one) {
                to.string(frame.filename());
                to.number(static_cast<unsigned long long>(frame.lineno()));
            }
        }
        to.number(traces.raw_.size());
        for (auto const& one : traces.raw_) {
            to.number(one.domain);
            to.number(one.size);
            to.number(one.traceback);
        }
        to.close();
    }
    /// The snapshot that dump() wrote.
    /// Raises    OSError; ValueError if the file is something else (in CPython UnpicklingError).
    [[nodiscard]] static Snapshot load(std::string const& filename) {
        detail::trace::pause const ours;
        detail::tracemalloc::snapshot_file from(filename, "rb");
        from.expect(magic);
        Snapshot result(Traces(), static_cast<std::size_t>(from.number()));
        for (auto n = from.number(); n != 0; --n) {
            auto const total = from.number();
            std::vector<Frame> frames;
            for (auto k = from.number(); k != 0; --k) {
                std::string name = from.string();
                frames.emplace_back(std::move(name), static_cast<long>(from.number()));
            }
            std::reverse(frames.begin(), frames.end());
            result.traces.tracebacks_.emplace_back(std::move(frames), total != 0 ? std::optional<std::size_t>(total - 1) : std::nullopt);
        }
        for (auto n = from.number(); n != 0; --n) {
            detail::tracemalloc::raw_trace one{};
            one.domain = static_cast<unsigned>(from.number());
            one.size = static_cast<std::size_t>(from.number());
            auto const which = from.number();
            if (which >= result.traces.tracebacks_.size()) from.refuse();
            one.traceback = static_cast<std::uint32_t>(which);
            result.traces.raw_.push_back(one);
        }
        return result;
    }

private:
    static constexpr std::string_view magic = "amphis tracemalloc 1\n";

    [[nodiscard]] detail::tracemalloc::grouped group_by(std::string_view key_type, bool cumulative) const {
        bool const by_file = key_type == "filename";
        bool const by_line = key_type == "lineno";
        auto const quoted = [&] {
            detail::text name;
            repr_to(name, key_type);
            return std::string(name.data(), name.size());
        };
        if (!by_file && !by_line && key_type != "traceback") throw ValueError("unknown key_type: " + quoted());
        if (cumulative && !by_file && !by_line) throw ValueError("cumulative mode cannot by used with key type " + quoted());
        std::vector<detail::tracemalloc::amount> sums(traces.tracebacks_.size());
        for (auto const& one : traces.raw_) {
            sums[one.traceback].size += one.size;
            ++sums[one.traceback].count;
        }
        detail::tracemalloc::grouped groups;
        auto const add = [&](Traceback key, detail::tracemalloc::amount const& sum) {
            auto& group = groups[std::move(key)];
            group.size += sum.size;
            group.count += sum.count;
        };
        auto const key_of = [&](Frame const& frame) { return Traceback({by_file ? Frame(frame.filename(), 0) : frame}); };
        for (std::size_t i = 0; i != sums.size(); ++i) {
            Traceback const& traceback = traces.tracebacks_[i];
            if (sums[i].count == 0 || traceback.empty()) continue;
            if (!by_file && !by_line) {
                add(traceback, sums[i]);
            } else if (!cumulative) {
                add(key_of(traceback[-1]), sums[i]);
            } else {
                for (Frame const& frame : traceback) add(key_of(frame), sums[i]);
            }
        }
        return groups;
    }

    template <class Filters>
    [[nodiscard]] Snapshot filtered(Filters const& filters) const {
        detail::trace::pause const ours;
        struct verdict {
            BaseFilter const* filter;
            std::vector<bool> matches;  // of each traceback
        };
        std::vector<verdict> all;
        bool any_inclusive = false;
        for (BaseFilter const& one : filters) {
            verdict made{&one, {}};
            for (Traceback const& traceback : traces.tracebacks_) made.matches.push_back(one.match(traceback));
            all.push_back(std::move(made));
            any_inclusive = any_inclusive || one.inclusive;
        }
        std::vector<detail::tracemalloc::raw_trace> kept;
        for (auto const& trace : traces.raw_) {
            bool included = !any_inclusive;
            bool excluded = false;
            for (verdict const& one : all) {
                bool const matches = one.filter->match(one.matches[trace.traceback], trace.domain);
                if (one.filter->inclusive) {
                    included = included || matches;
                } else {
                    excluded = excluded || !matches;
                }
            }
            if (included && !excluded) kept.push_back(trace);
        }
        return Snapshot(Traces(std::move(kept), traces.tracebacks_), traceback_limit);
    }
};

}  // namespace tracemalloc
}  // namespace amphis::inline v0

#endif  // AMPHIS_TRACEMALLOC_SNAPSHOT_HPP
