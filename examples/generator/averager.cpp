// averager: a generator that is sent numbers, yields their mean and returns it
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <optional>

using amphis::generator, amphis::next, amphis::print;

// --- What is sent is the value of yield
generator<double, std::optional<double>, double> averager() {  // Generator[float, float | None, float]
    double total = 0, mean = 0;
    int count = 0;
    struct at_end {
        int& count;
        ~at_end() { print("closed after", count); }
    } guard{count};
    for (;;) {
        std::optional<double> number = co_yield mean;
        if (!number) co_return mean;
        total += *number;
        ++count;
        mean = total / count;
    }
}

int main() {
    // --- The first next runs to the yield, then it takes numbers
    auto g = averager();
    next(g);
    print(g.send(10.0));
    print(g.send(20.0));

    // --- None ends it, and it returns
    try {
        next(g);
    } catch (amphis::StopIteration const&) {
        print("returned", g.result());
    }

    // --- close ends it where it waits
    auto h = averager();
    next(h);
    h.send(1.5);
    h.close();
    print(next(h, -1) == -1 ? "nothing more" : "?");
}
