// == or is: the same value, or the same object
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gc = amphis::gc;
using amphis::in, amphis::None, amphis::print, std::vector;

struct Anything {
    bool operator==(auto const&) const { return true; }
};

int main() {
    // --- Two lists with one value, and a second name for one of them
    vector a{1, 2};
    vector b{1, 2};
    vector<int>& c = a;
    print(a == b, &a == &b, &a == &c);
    c.push_back(3);
    print(a == b, a.size());

    // --- A class says what == means, and nobody what is means
    struct Money {
        long cents = 0;
        bool operator==(Money const&) const = default;
    };
    auto const price = gc::make<Money>(500);
    auto const paid = gc::make<Money>(500);
    print(*price == *paid, price == paid);

    // --- So None is compared by is: == may answer anything
    auto const thing = gc::make<Anything>();
    print(*thing == None, thing == nullptr);

    // --- Why n is 256 seems to work: CPython keeps one object for each integer from -5 to 256
    auto integer = [small = std::map<long, gc::ptr<long const>>()](long n) mutable {
        if (n < -5 || n > 256) return gc::ptr<long const>(gc::make<long>(n));
        auto& one = small[n];
        if (!one) one = gc::make<long>(n);
        return one;
    };
    print(*integer(256) == *integer(256), integer(256) == integer(256));
    print(*integer(257) == *integer(257), integer(257) == integer(257));

    // --- Not equal to itself, and yet in the list: containers ask for the identity first
    auto const nan = gc::make<double>(std::nan(""));
    print(*nan == *nan, nan.get() == nan.get());
    print(in(nan, vector{nan}), vector{nan} == vector{nan}, in(gc::make<double>(std::nan("")), vector{nan}));
    print(in(*nan, vector{*nan}));

    // --- Text that was made is another object than the constant that it equals
    std::string_view const word = "amphis";
    std::string const made = std::string("amp") + "his";
    print(made == word, made.data() == word.data());
}
