// A generator and an ordinary function: all at once, or one at a time
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

using amphis::generator, amphis::next, amphis::print;

// --- A function returns once, with everything
std::vector<int> squares_list(int n) {
    std::vector<int> result;
    for (int i = 0; i < n; ++i) {
        print("computing", i);
        result.push_back(i * i);
    }
    return result;
}

// --- A generator yields each value when it is asked for
generator<int> squares(int n) {
    for (int i = 0; i < n; ++i) {
        print("computing", i);
        co_yield i * i;
    }
}

int main() {
    // --- First all are computed
    for (int x : squares_list(3)) print("got", x);

    // --- Here one is computed, then used
    for (int x : squares(3)) print("got", x);

    // --- It stops where the consumer stops
    for (int x : squares(1'000'000)) {
        if (x > 3) break;
        print("got", x);
    }

    // --- By hand, with next
    auto g = squares(1);
    print(next(g));
    try {
        next(g);
    } catch (amphis::StopIteration const&) {
        print("nothing left");
    }
    print(next(g, -1) == -1 ? "default" : "?");
}
