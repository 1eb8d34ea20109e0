// A context manager is a class with enter and exit
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>

#include <map>

using amphis::exc_info, amphis::KeyError, amphis::print, amphis::repr, amphis::ValueError, amphis::with;
using Accounts = std::map<std::string, int>;

struct Transaction {
    Accounts& accounts;
    Accounts before = {};

    Accounts& enter() {
        before = accounts;
        print("begin");
        return accounts;
    }
    bool exit(exc_info const& error) {
        if (!error) {
            print("commit");
        } else {
            accounts = before;
            print("rollback:", error.type_name(), error);
        }
        return error.is<ValueError>();  // handled: go on after the with
    }
};

void transfer(Accounts& accounts, int amount) {
    accounts["ann"] -= amount;
    if (accounts["ann"] < 0) throw ValueError("not enough money");
    accounts["bob"] += amount;
}

int main() {
    Accounts accounts{{"ann", 100}, {"bob", 0}};

    // --- Without an error
    with(Transaction{accounts}, [](Accounts& open_accounts) { transfer(open_accounts, 30); });
    print(accounts);

    // --- An error that __exit__ handles, by returning True
    with(Transaction{accounts}, [](Accounts& open_accounts) { transfer(open_accounts, 500); });
    print(accounts);

    // --- One that it lets pass, after it has cleaned up
    try {
        with(Transaction{accounts}, [](Accounts& open_accounts) {
            open_accounts["ann"] = 0;
            throw KeyError("carl");
        });
    } catch (KeyError const& e) {
        print("caught", repr(e));
    }
    print(accounts);
}
