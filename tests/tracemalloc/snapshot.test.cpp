// SPDX-License-Identifier: MIT
// Snapshots of made-up traces: groups, differences, filters, texts and files. The facts are CPython's.
#include <amphis/builtins.hpp>
#include <amphis/tracemalloc.hpp>

#include "support/catch.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace tracemalloc = amphis::tracemalloc;
using namespace amphis::literals;
using amphis::None, amphis::repr, amphis::str;
using tracemalloc::DomainFilter, tracemalloc::Filter, tracemalloc::Frame, tracemalloc::Snapshot, tracemalloc::Statistic, tracemalloc::StatisticDiff, tracemalloc::Trace,
    tracemalloc::Traceback;

namespace {

Traceback at(std::string file, long line) { return Traceback({Frame(std::move(file), line)}); }
Trace trace(unsigned domain, std::size_t size, std::vector<Frame> frames, std::size_t total) { return {domain, size, Traceback(std::move(frames), total)}; }

std::vector<Frame> const a2{{"a.py", 2}, {"b.py", 4}};
std::vector<Frame> const a5{{"a.py", 5}, {"b.py", 4}};
Snapshot old_snapshot() {
    return {{trace(0, 10, a2, 3), trace(0, 10, a2, 3), trace(0, 10, a2, 3), trace(1, 2, a5, 3), trace(2, 66, {{"b.py", 1}}, 1), trace(3, 7, {{"<unknown>", 0}}, 1)}, 2};
}
Snapshot new_snapshot() {
    return {{trace(0, 10, a2, 3), trace(0, 10, a2, 3), trace(0, 10, a2, 3), trace(2, 2, a5, 3), trace(2, 5000, a5, 3), trace(4, 400, {{"c.py", 578}}, 1)}, 2};
}
/// The sizes of what is left.
std::vector<std::size_t> sizes(Snapshot const& snapshot) {
    std::vector<std::size_t> all;
    for (Trace const& one : snapshot.traces) all.push_back(one.size());
    return all;
}
using list = std::vector<std::size_t>;

}  // namespace

TEST_CASE("tracemalloc: statistics by line, file and traceback, the largest first", "[tracemalloc]") {
    auto const snapshot = old_snapshot();
    CHECK(snapshot.statistics("lineno") == std::vector<Statistic>{{at("b.py", 1), 66, 1}, {at("a.py", 2), 30, 3}, {at("<unknown>", 0), 7, 1}, {at("a.py", 5), 2, 1}});
    CHECK(snapshot.statistics("filename") == std::vector<Statistic>{{at("b.py", 0), 66, 1}, {at("a.py", 0), 32, 4}, {at("<unknown>", 0), 7, 1}});
    CHECK(snapshot.statistics("traceback") == std::vector<Statistic>{{at("b.py", 1), 66, 1}, {Traceback(a2), 30, 3}, {at("<unknown>", 0), 7, 1}, {Traceback(a5), 2, 1}});
}

TEST_CASE("tracemalloc: cumulative statistics count every frame", "[tracemalloc]") {
    auto const snapshot = old_snapshot();
    CHECK(snapshot.statistics("filename", true) == std::vector<Statistic>{{at("b.py", 0), 98, 5}, {at("a.py", 0), 32, 4}, {at("<unknown>", 0), 7, 1}});
    CHECK(snapshot.statistics("lineno", "cumulative"_k = true) ==
          std::vector<Statistic>{{at("b.py", 1), 66, 1}, {at("b.py", 4), 32, 4}, {at("a.py", 2), 30, 3}, {at("<unknown>", 0), 7, 1}, {at("a.py", 5), 2, 1}});
}

TEST_CASE("tracemalloc: what has changed, the largest change first", "[tracemalloc]") {
    auto const diff = new_snapshot().compare_to(old_snapshot(), "lineno");
    CHECK(diff == std::vector<StatisticDiff>{{at("a.py", 5), 5002, 5000, 2, 1},
                                             {at("c.py", 578), 400, 400, 1, 1},
                                             {at("b.py", 1), 0, -66, 0, -1},
                                             {at("<unknown>", 0), 0, -7, 0, -1},
                                             {at("a.py", 2), 30, 0, 3, 0}});
    CHECK(new_snapshot().compare_to(old_snapshot(), "filename") == std::vector<StatisticDiff>{{at("a.py", 0), 5032, 5000, 5, 1},
                                                                                              {at("c.py", 0), 400, 400, 1, 1},
                                                                                              {at("b.py", 0), 0, -66, 0, -1},
                                                                                              {at("<unknown>", 0), 0, -7, 0, -1}});
    CHECK(new_snapshot().compare_to(old_snapshot(), "traceback").back() == StatisticDiff(Traceback(a2), 30, 0, 3, 0));
}

TEST_CASE("tracemalloc: of equal sizes the one with the greater traceback comes first", "[tracemalloc]") {
    // >>> [str(s) for s in Snapshot([(0, 8, (("a", 1),), 1), (0, 8, (("b", 1),), 1), (0, 4, (("c", 1),), 1), (0, 4, (("c", 1),), 1)], 1).statistics("lineno")]
    Snapshot const snapshot({trace(0, 8, {{"a", 1}}, 1), trace(0, 8, {{"b", 1}}, 1), trace(0, 4, {{"c", 1}}, 1), trace(0, 4, {{"c", 1}}, 1)}, 1);
    std::vector<std::string> lines;
    for (auto const& stat : snapshot.statistics("lineno")) lines.push_back(str(stat));
    CHECK(lines == std::vector<std::string>{"c:1: size=8 B, count=2, average=4 B", "b:1: size=8 B, count=1, average=8 B", "a:1: size=8 B, count=1, average=8 B"});
}

TEST_CASE("tracemalloc: keys that there are not", "[tracemalloc]") {
    auto const message = [](auto const& call) -> std::string {
        try {
            call();
        } catch (amphis::ValueError const& e) {
            return str(e);
        }
        return {};
    };
    auto const snapshot = old_snapshot();
    CHECK(message([&] { static_cast<void>(snapshot.statistics("line")); }) == "unknown key_type: 'line'");
    CHECK(message([&] { static_cast<void>(snapshot.statistics("traceback", true)); }) == "cumulative mode cannot by used with key type 'traceback'");
    CHECK(message([&] { static_cast<void>(snapshot.compare_to(snapshot, "")); }) == "unknown key_type: ''");
}

TEST_CASE("tracemalloc: texts are CPython's", "[tracemalloc]") {
    auto const before = old_snapshot();
    auto const after = new_snapshot();
    Trace const first = before.traces[0];
    CHECK(str(first) == "b.py:4: 10 B");
    CHECK(repr(first) == "<Trace domain=0 size=10 B, traceback=<Traceback (<Frame filename='b.py' lineno=4>, <Frame filename='a.py' lineno=2>) total_nframe=3>>");
    CHECK(str(first.traceback()) == "b.py:4");
    CHECK(str(first.traceback()[1]) == "a.py:2");
    CHECK(repr(Frame("a'b", 1)) == "<Frame filename=\"a'b\" lineno=1>");
    CHECK(repr(Traceback()) == "<Traceback ()>");
    CHECK(repr(Traceback({}, 0)) == "<Traceback () total_nframe=0>");
    CHECK(repr(before.traces) == "<Traces len=6>");
    CHECK(str(before.statistics("lineno")[0]) == "b.py:1: size=66 B, count=1, average=66 B");
    CHECK(repr(before.statistics("filename")[1]) == "<Statistic traceback=<Traceback (<Frame filename='a.py' lineno=0>,)> size=32 count=4>");
    CHECK(str(after.compare_to(before, "lineno")[0]) == "a.py:5: size=5002 B (+5000 B), count=2 (+1), average=2501 B");
    CHECK(str(after.compare_to(before, "lineno")[2]) == "b.py:1: size=0 B (-66 B), count=0 (-1)");
    CHECK(repr(after.compare_to(before, "lineno")[2]) == "<StatisticDiff traceback=<Traceback (<Frame filename='b.py' lineno=1>,)> size=0 (-66) count=0 (-1)>");
}

TEST_CASE("tracemalloc: sizes have three to five digits", "[tracemalloc]") {
    auto const text = [](double size, bool sign = false) { return amphis::detail::tracemalloc::format_size(size, sign); };
    CHECK(text(0) == "0 B");
    CHECK(text(10239) == "10239 B");
    CHECK(text(10240) == "10.0 KiB");
    CHECK(text(102399) == "100.0 KiB");  // rounded after it was compared
    CHECK(text(102400) == "100 KiB");
    CHECK(text(10.0 * 1024 * 1024 - 1) == "10240 KiB");
    CHECK(text(1024.0 * 1024 * 1024 * 1024) == "1024 GiB");
    CHECK(text(99.0 * 1024 * 1024 * 1024 * 1024 * 1024) == "101376 TiB");
    CHECK(text(-20000, true) == "-19.5 KiB");
    CHECK(text(5, true) == "+5 B");
    CHECK(str(Statistic(at("a", 1), 10, 4)) == "a:1: size=10 B, count=4, average=2 B");  // 2.5, to even
    CHECK(str(Statistic(at("a", 1), 0, 0)) == "a:1: size=0 B, count=0");
}

TEST_CASE("tracemalloc: a traceback is a sequence, the oldest frame first", "[tracemalloc]") {
    Traceback const traceback(a2, 3);
    CHECK(traceback.size() == 2);
    CHECK(traceback[0] == Frame("b.py", 4));
    CHECK(traceback[-1] == Frame("a.py", 2));
    CHECK_THROWS_AS(traceback[2], amphis::IndexError);
    CHECK_THROWS_AS(traceback[-3], amphis::IndexError);
    CHECK_THROWS_AS(old_snapshot().traces[6], amphis::IndexError);
    CHECK(amphis::in(Frame("a.py", 2), traceback));
    CHECK(traceback.total_nframe() == 3U);
    CHECK(traceback == Traceback(a2));  // whatever the total
    CHECK(Traceback(a2) < Traceback(a5));
    CHECK(at("a", 9) < at("a", 10));
    CHECK(std::hash<Traceback>()(traceback) == std::hash<Traceback>()(Traceback(a2)));
}

TEST_CASE("tracemalloc: a traceback as lines", "[tracemalloc]") {
    using lines = std::vector<std::string>;
    Traceback const traceback(a2);
    lines const b{"  File \"b.py\", line 4"};
    lines const a{"  File \"a.py\", line 2"};
    CHECK(traceback.format() == lines{b[0], a[0]});
    CHECK(traceback.format(1) == a);
    CHECK(traceback.format(-1) == b);
    CHECK(traceback.format(0).empty());
    CHECK(traceback.format(None) == lines{b[0], a[0]});
    CHECK(traceback.format("most_recent_first"_k = true) == lines{a[0], b[0]});
    CHECK(traceback.format("limit"_k = 1, "most_recent_first"_k = true) == a);
    CHECK(traceback.format(-1, true) == b);
    std::string const name = "tracemalloc_test.txt";
    std::FILE* const file = std::fopen(name.c_str(), "wb");
    std::fputs("first\n\t the second \r\n\nlast", file);
    std::fclose(file);
    std::string const head = "  File \"" + name + "\", line ";
    CHECK(at(name, 2).format() == lines{head + "2", "    the second"});
    CHECK(at(name, 3).format() == lines{head + "3"});
    CHECK(at(name, 4).format() == lines{head + "4", "    last"});
    CHECK(at(name, 5).format() == lines{head + "5"});
    std::remove(name.c_str());
}

TEST_CASE("tracemalloc: filters", "[tracemalloc]") {
    auto const snapshot = old_snapshot();
    auto const without_b = snapshot.filter_traces({Filter(false, "b.py")});
    CHECK(sizes(without_b) == list{10, 10, 10, 2, 7});
    CHECK(sizes(without_b.filter_traces({Filter(true, "a.py", 2), Filter(true, "a.py", 5)})) == list{10, 10, 10, 2});
    CHECK(sizes(without_b.filter_traces({Filter(true, "a.py", 2), Filter(false, "a.py")})).empty());
    CHECK(snapshot.filter_traces({}).traces == snapshot.traces);
    CHECK(snapshot.filter_traces(std::vector<Filter>{Filter(true, "c.py")}).traces.empty());
    CHECK(sizes(snapshot.filter_traces({Filter(true, "b.py", "all_frames"_k = true)})) == list{10, 10, 10, 2, 66});
    CHECK(sizes(snapshot.filter_traces({Filter(false, "b.py", None, true)})) == list{7});
    CHECK(without_b.traceback_limit == 2);
}

TEST_CASE("tracemalloc: filters by domain", "[tracemalloc]") {
    auto const snapshot = old_snapshot();
    CHECK(sizes(snapshot.filter_traces({Filter(false, "a.py", "domain"_k = 1)})) == list{10, 10, 10, 66, 7});
    CHECK(sizes(snapshot.filter_traces({Filter(true, "a.py", None, false, 1)})) == list{2});
    CHECK(sizes(snapshot.filter_traces({DomainFilter(false, 3)})) == list{10, 10, 10, 2, 66});
    CHECK(sizes(snapshot.filter_traces({DomainFilter(true, 3)})) == list{7});
    CHECK(sizes(snapshot.filter_traces({DomainFilter(true, 3), Filter(true, "b.py")})) == list{66, 7});
}

TEST_CASE("tracemalloc: what a filter says of itself", "[tracemalloc]") {
    Filter const plain(true, "abc");
    CHECK((plain.inclusive && plain.filename_pattern() == "abc" && !plain.lineno() && !plain.all_frames() && !plain.domain()));
    Filter const all(false, "test.py", 123, true, 5);
    CHECK((!all.inclusive && all.filename_pattern() == "test.py" && all.lineno() == 123 && all.all_frames() && all.domain() == 5U));
    CHECK(DomainFilter(true, 5).domain() == 5);
}

TEST_CASE("tracemalloc: patterns of file names", "[tracemalloc]") {
    auto const match = amphis::detail::tracemalloc::name_matches;
    // >>> fnmatch.fnmatch(name, pattern)
    for (auto [name, pattern] : {std::pair("", ""), {"", "*"}, {"abc", "abc"}, {"abc", "a*"}, {"abc", "abc*"}, {"abcdcx", "a*cx"}, {"abcbdefeg", "a*bd*eg"}, {"abc", "a?c"}, {"abc", "[a-c]bc"},
                                 {"]x", "[]]x"}, {"dx", "[!a-c]x"}, {"[x", "[x"}, {"-x", "[a-]x"}, {"a/b/c.cpp", "*.cpp"}, {"a*b", "a[*]b"}, {"abc", "**c"}}) {
        CAPTURE(name, pattern);
        CHECK(match(name, pattern));
    }
    for (auto [name, pattern] : {std::pair("abc", ""), {"", "abc"}, {"", "?"}, {"abc", "abcd"}, {"abc", "b*"}, {"abb", "a*c"}, {"abcdce", "a*cx"}, {"abcdd", "a*c*e"}, {"bx", "[!a-c]x"},
                                 {"ABC", "abc"}, {"abc", "a?"}}) {
        CAPTURE(name, pattern);
        CHECK_FALSE(match(name, pattern));
    }
}

TEST_CASE("tracemalloc: a snapshot in a file", "[tracemalloc]") {
    std::string const name = "tracemalloc_test.snapshot";
    Snapshot odd({trace(7, 1, {{"a b\n 12 c", 1}, {"", 0}}, 9), Trace(0, 2, Traceback({{"x", 1}}))}, 25);
    odd.dump(name);
    Snapshot const back = Snapshot::load(name);
    CHECK(back.traces == odd.traces);
    CHECK(back.traceback_limit == 25);
    CHECK_FALSE(back.traces[1].traceback().total_nframe());

    std::FILE* const cut = std::fopen(name.c_str(), "wb");
    std::fputs("amphis tracemalloc 1\n25 1 ", cut);
    std::fclose(cut);
    std::string message;
    try {
        static_cast<void>(Snapshot::load(name));
    } catch (amphis::ValueError const& e) {
        message = str(e);
    }
    CHECK(message == "not a snapshot of tracemalloc: 'tracemalloc_test.snapshot'");
    std::remove(name.c_str());
    CHECK_THROWS_AS(Snapshot::load(name), amphis::FileNotFoundError);
    CHECK_THROWS_AS(odd.dump("/nonexistent/x"), amphis::FileNotFoundError);
}
