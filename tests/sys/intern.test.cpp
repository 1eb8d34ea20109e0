// SPDX-License-Identifier: MIT
#include <amphis/builtins/numbers/hash.hpp>
#include <amphis/builtins/numbers/len.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/gc.hpp>
#include <amphis/sys/intern.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sys = amphis::sys;
using amphis::repr;
using amphis::str;

namespace {

std::size_t kept() { return amphis::detail::interning::texts.size(); }
std::string numbered(int i) { return "a text of some length, number " + std::to_string(i); }

struct Words {  // a string of somebody else's
    std::string text;
    [[nodiscard]] char const* data() const { return text.data(); }
    [[nodiscard]] std::size_t size() const { return text.size(); }
};

}  // namespace

static_assert(sizeof(sys::interned) == sizeof(void*));
static_assert(std::is_nothrow_copy_constructible_v<sys::interned> && std::is_nothrow_move_constructible_v<sys::interned>);
static_assert(std::is_convertible_v<sys::interned, std::string_view> && !std::is_convertible_v<std::string, sys::interned>);

TEST_CASE("intern: equal texts are one", "[sys][intern]") {
    std::string const one = numbered(1);
    std::string const same = numbered(1);
    auto const a = sys::intern(one);
    auto const b = sys::intern(same);
    CHECK(a == b);
    CHECK(a.data() == b.data());
    CHECK(a.data() != one.data());
    CHECK(a != sys::intern(numbered(2)));
    CHECK(a.view() == one);
    CHECK(std::string(a.c_str()) == one);
    CHECK(a.size() == one.size());
    CHECK(a == one);  // with other texts by value
    CHECK(a == one.c_str());
    CHECK(one == a);
    CHECK(a != "another");
}

TEST_CASE("intern: takes any text of char", "[sys][intern]") {
    char array[] = "color";
    char const* const pointer = array;
    auto const a = sys::intern("color");
    CHECK(sys::intern(array) == a);
    CHECK(sys::intern(pointer) == a);
    CHECK(sys::intern(std::string("color")) == a);
    CHECK(sys::intern(std::string_view("colors").substr(0, 5)) == a);
    CHECK(sys::intern(Words{"color"}) == a);
    CHECK(sys::intern(a) == a);  // >>> sys.intern(a) is a
    CHECK(sys::intern(sys::interned(a)) == a);
    CHECK(sys::intern(std::string("a\0b", 3)) != sys::intern("a"));
    CHECK(sys::intern(std::string("a\0b", 3)).size() == 3);
    CHECK(sys::intern("na\u00efve") == "na\u00efve");
    char const* const null = nullptr;
    CHECK_THROWS_AS(sys::intern(null), amphis::TypeError);
}

TEST_CASE("intern: the empty text is the default one", "[sys][intern]") {
    sys::interned const none;
    CHECK(none == sys::intern(""));
    CHECK(none == sys::intern(std::string()));
    CHECK(none == "");
    CHECK(none.empty());
    CHECK(none.size() == 0);
    CHECK(*none.c_str() == '\0');
    CHECK(none != sys::intern(" "));
    CHECK(none < sys::intern(" "));
    CHECK(repr(none) == "''");
    CHECK(amphis::hash(none) == amphis::hash(""));
}

TEST_CASE("intern: is a text to print, to hash, to measure and to order", "[sys][intern]") {
    auto const a = sys::intern("it's");
    CHECK(str(a) == "it's");
    CHECK(repr(a) == "\"it's\"");
    CHECK(amphis::len(sys::intern("caf\u00e9")) == 4);
    CHECK(amphis::hash(a) == amphis::hash(std::string("it's")));
    CHECK(std::hash<sys::interned>{}(a) == a.hash());
    CHECK(sys::intern("a") < sys::intern("b"));
    CHECK(sys::intern("a") < "b");
    CHECK("b" > sys::intern("a"));
    CHECK(((sys::intern("same") <=> sys::intern("same")) == 0));
    CHECK(sys::intern("\xff") > sys::intern("a"));  // bytes are not negative
    std::map<sys::interned, int> const table{{sys::intern("b"), 2}, {sys::intern("a"), 1}};
    CHECK(repr(table) == "{'a': 1, 'b': 2}");
    std::unordered_map<sys::interned, int> found{{a, 1}};
    CHECK(found.at(sys::intern("it's")) == 1);
}

TEST_CASE("intern: goes when nobody has it any more", "[sys][intern]") {
    std::size_t const before = kept();
    {
        auto a = sys::intern("a passing word");
        CHECK(kept() == before + 1);
        auto b = a;
        auto c = std::move(a);
        CHECK(a.empty());  // NOLINT(bugprone-use-after-move): it is the empty text then
        CHECK(kept() == before + 1);
        b = sys::intern("another word");
        CHECK(kept() == before + 2);
        c = sys::interned();
        CHECK(kept() == before + 1);
        auto const& same = b;
        b = same;
        CHECK(b == "another word");
        sys::interned d = sys::intern("third");
        swap(b, d);
        CHECK((b == "third" && d == "another word"));
    }
    CHECK(kept() == before);
}

TEST_CASE("intern: as a set that is told about each, while they come and go", "[sys][intern]") {
    std::size_t const before = kept();
    {
        std::mt19937 random(6);
        std::unordered_map<std::string, std::vector<sys::interned>> model;
        for (int i = 0; i < 20'000; ++i) {
            // The number of texts rises and falls, so that the tables grow and shrink.
            int const many = i / 4000 % 2 == 0 ? 2000 : 20;
            std::string const text = numbered(static_cast<int>(random() % static_cast<unsigned>(many)));
            auto& held = model[text];
            if (random() % 3 != 0) {
                auto one = sys::intern(text);
                if (!held.empty() && one.data() != held.front().data()) FAIL("two of one text");
                held.push_back(std::move(one));
            } else if (!held.empty()) {
                held.pop_back();
            }
            if (many == 20 && i % 7 == 0 && !model.empty()) model.erase(model.begin());
            if (model.contains(text) && model[text].empty()) model.erase(text);
        }
        std::set<void const*> addresses;
        for (auto const& [text, held] : model) {
            for (auto const& one : held) {
                if (one != text) FAIL("not its text");
                addresses.insert(one.data());
            }
        }
        CHECK(addresses.size() == model.size());
        CHECK(kept() == before + model.size());
    }
    CHECK(kept() == before);
}

TEST_CASE("intern: texts with one hash are kept apart", "[sys][intern]") {
    std::size_t const before = kept();
    // The first eight bytes are what the hash multiplies by nothing then.
    char first[8];
    std::memcpy(first, &amphis::detail::hash_k1, sizeof(first));
    std::vector<sys::interned> all;
    for (int i = 0; i < 100; ++i) all.push_back(sys::intern(std::string(first, 8) + std::to_string(100 + i)));
    CHECK(all[0].hash() == all[99].hash());
    CHECK(kept() == before + 100);
    for (int i = 0; i < 100; i += 2) all[static_cast<std::size_t>(i)] = sys::interned();
    CHECK(kept() == before + 50);
    for (int i = 1; i < 100; i += 2) {
        if (sys::intern(std::string(first, 8) + std::to_string(100 + i)) != all[static_cast<std::size_t>(i)]) FAIL(i);
    }
    CHECK(kept() == before + 50);
}

TEST_CASE("intern: without memory nothing has happened", "[sys][intern]") {
    std::size_t const before = kept();
    std::vector<sys::interned> all;
    all.reserve(300);
    for (int i = 0; i < 300; ++i) {
        std::string const text = numbered(i);
        for (std::size_t nth = 1;; ++nth) {
            fail_allocation(nth);
            try {
                all.push_back(sys::intern(text));
                break;
            } catch (std::bad_alloc const&) {
                if (kept() != before + static_cast<std::size_t>(i)) FAIL("half of a text");
            }
        }
        fail_allocation(0);
    }
    CHECK(kept() == before + 300);
    for (int i = 0; i < 300; ++i) {
        if (all[static_cast<std::size_t>(i)] != numbered(i)) FAIL(i);
    }
    while (!all.empty()) {
        fail_allocation(1);  // to go needs none, though the tables shrink where they can
        all.pop_back();
        fail_allocation(0);
    }
    CHECK(kept() == before);
}

TEST_CASE("intern: threads share the texts", "[sys][intern][threads]") {
    std::size_t const before = kept();
    auto const common = sys::intern("common");
    constexpr int threads = 4;
    std::atomic<int> wrong{0};
    std::vector<std::vector<sys::interned>> found(threads);
    {
        std::vector<std::thread> all;
        for (int t = 0; t < threads; ++t) {
            all.emplace_back([&, t] {
                std::mt19937 random(static_cast<unsigned>(t));
                for (int i = 0; i < 4000; ++i) {
                    // Few texts, so that the last use of one goes while another thread asks for it.
                    std::string const text = numbered(static_cast<int>(random() % 5));
                    auto const one = sys::intern(text);
                    auto const copy = one;
                    if (copy != text || copy != sys::intern(text)) ++wrong;
                    if (sys::intern("common") != common) ++wrong;
                    auto other = common;
                    other = copy;
                }
                for (int i = 0; i < 100; ++i) found[static_cast<std::size_t>(t)].push_back(sys::intern(numbered(i)));
            });
        }
        for (auto& one : all) one.join();
    }
    CHECK(wrong == 0);
    CHECK(kept() == before + 101);
    for (auto const& one : found) CHECK(one == found[0]);
    found.clear();
    CHECK(kept() == before + 1);
}

namespace {

struct Named {
    sys::interned name{};
    amphis::gc::ptr<Named> next{};
};
// Longer-lived than the table would be, were it ever destroyed.
sys::interned const of_the_program = sys::intern("of the program");

}  // namespace

TEST_CASE("intern: as a field of what the collector frees", "[sys][intern]") {
    std::size_t const before = kept();
    {
        auto const a = amphis::gc::make<Named>(sys::intern("in a cycle"));
        a->next = a;
    }
    CHECK(kept() == before + 1);
    CHECK(amphis::gc::collect() == 1);
    CHECK(kept() == before);
    CHECK(of_the_program == "of the program");
}
