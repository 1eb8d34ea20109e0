// __call__: objects that are called like functions
#include <amphis/builtins.hpp>

#include <concepts>
#include <vector>

using amphis::print;
using namespace amphis::literals;

// --- A class whose objects can be called
struct Polynomial {
    std::vector<int> coefficients;

    int operator()(int x) const {
        int result = 0;
        for (int c : coefficients) result = result * x + c;
        return result;
    }
};

struct Average {
    int count = 0;
    double total = 0;

    double operator()(double value) {
        ++count;
        total += value;
        return total / count;
    }
};

auto make_average() {
    return [count = 0, total = 0.0](double value) mutable {
        ++count;
        total += value;
        return total / count;
    };
}

int main() {
    // --- An object with parameters, called like a function
    Polynomial const p{{1, -3, 2}};
    print(p(0), p(1), p(5));
    print(std::invocable<Polynomial, int>, std::invocable<int>);

    // --- It goes wherever a function goes
    std::vector<int> values;
    for (int x = 0; x < 5; ++x) values.push_back(p(x));
    print(values);

    // --- It keeps state between the calls
    Average average;
    for (double value : {10.0, 11.0, 15.0}) print(average(value), "end"_k = " ");
    print(average.count);

    // --- A closure does the same with less writing
    auto closure = make_average();
    for (double value : {10.0, 11.0, 15.0}) print(closure(value), "end"_k = value < 15 ? " " : "\n");
}
