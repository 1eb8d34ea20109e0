// lifecycle: made, shown, gone
#include <amphis/builtins.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace amphis::literals;
using amphis::print, amphis::repr;

class Account {
    std::string owner_;
    int balance_;

public:
    // --- __init__ fills in what the object starts with
    explicit Account(std::string owner, int balance = 0) : owner_(std::move(owner)), balance_(balance) { print("open", owner_); }

    // --- __str__ is for people, __repr__ for programmers
    std::string str() const { return "{} has {}"_f(owner_, balance_); }
    std::string repr() const { return "Account({!r}, {})"_f(owner_, balance_); }

    // --- __del__ runs when the last reference is gone
    ~Account() { print("close", owner_); }
    Account(Account const&) = delete;  // one object is one account
};

int main() {
    // --- Two ways to print one object, and a third in a list
    auto ann = std::make_shared<Account>("Ann", 30);
    print(*ann);
    print(repr(*ann), std::vector{std::cref(*ann)});

    // --- It lives as long as something refers to it
    auto also = ann;
    ann.reset();
    print("still:", *also);
    also.reset();
    print("gone");

    // --- At the end of its scope
    { Account const bob("Bob"); }
    print("the end");
}
