// yield from: one generator delegates to another
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <memory>

using amphis::generator, amphis::next, amphis::print, amphis::yield_from;

struct Tree { std::unique_ptr<Tree> left{}; int value{}; std::unique_ptr<Tree> right{}; };
std::unique_ptr<Tree> leaf(int value) { return std::make_unique<Tree>(nullptr, value); }

generator<int> walk(Tree const* tree) {
    if (!tree) co_return;
    co_yield yield_from(walk(tree->left.get()));
    co_yield tree->value;
    co_yield yield_from(walk(tree->right.get()));
}

generator<int, std::optional<int>, std::string> total() {
    int subtotal = 0;
    while (auto sent = co_yield subtotal) subtotal += *sent;
    co_return "total=" + amphis::str(subtotal);
}
generator<int, std::optional<int>, int> report() {
    std::string result = co_yield yield_from(total());
    print("inner returned", result);
    co_return 7;
}

struct closing { char const* name; ~closing() { print(name, "is closed"); } };
generator<int> inner() { closing at_end{"inner"}; co_yield 1; }
generator<int> outer() { closing at_end{"outer"}; co_yield yield_from(inner()); }

int main() {
    // --- In place of a loop that yields again
    Tree tree{leaf(1), 2, std::make_unique<Tree>(leaf(3), 4, leaf(5))};
    print(amphis::list(walk(&tree)));

    // --- What is sent reaches the innermost, and its return value comes back
    auto g = report();
    next(g);
    int first = g.send(10), second = g.send(5);
    print(first, second);
    try {
        g.send(std::nullopt);
    } catch (amphis::StopIteration const&) {
        print("outer returned", g.result());
    }

    // --- Closing goes from the inside out
    auto h = outer();
    print(next(h));
    h.close();
}
