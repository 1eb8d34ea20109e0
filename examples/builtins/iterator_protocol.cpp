// The iteration protocol: iter() and next(), and what a class gives to be iterated
#include <amphis/builtins.hpp>

#include <string>
#include <vector>

using amphis::in, amphis::iter, amphis::list, amphis::next, amphis::None, amphis::print, amphis::StopIteration, amphis::zip;

struct Countdown {
    int left;

    int next() {
        if (left == 0) throw StopIteration();
        return left--;
    }
};

struct Deck {
    std::vector<std::string> cards;

    auto iter() const { return amphis::iter(cards); }
};

int main() {
    // --- An iterator gives one element after the other
    auto letters = iter("abc");
    char const first = next(letters);
    print(first, next(letters));
    for (char letter : letters) print("rest:", letter);  // goes on where next() stopped

    // --- At the end it raises StopIteration, or gives the default
    try {
        next(letters);
    } catch (StopIteration const&) {
        print("exhausted");
    }
    print(next(letters, '-'), next(letters, None));

    // --- A class with next is an iterator
    print(list(Countdown{3}), amphis::sum(Countdown{4}), list(zip(Countdown{2}, "xy")));
    Countdown launch{5};
    int const highest = amphis::max(launch);
    print(highest, list(launch));  // it can be iterated once

    // --- A class with iter is iterable, again and again
    Deck const deck{{"ace", "king"}};
    for (auto& card : iter(deck)) print(card);
    print(list(deck), in("king", deck));

    // --- Until a sentinel
    auto lines = iter(std::vector<std::string>{"to be", "or not", "", "never read"});
    for (auto& line : iter([&] { return next(lines); }, "")) print(line);
}
