// Exceptions: raise the specific one, catch only what you can handle
#include <amphis/builtins.hpp>

#include <cerrno>

using amphis::print, amphis::repr, amphis::ValueError;
using namespace amphis::literals;

// --- Your own exception carries what its handler needs
struct InsufficientFunds : amphis::exception<"InsufficientFunds", ValueError> {
    InsufficientFunds(int balance, int amount)
        : exception("balance {} is less than {}"_f(balance, amount)), missing(amount - balance) {}
    int missing;
};

int withdraw(int balance, int amount) {
    if (amount <= 0) throw ValueError("Amount must be positive");
    if (amount > balance) throw InsufficientFunds(balance, amount);
    return balance - amount;
}

int main() {
    // --- The first handler that fits wins, so the specific one comes first
    for (int amount : {30, 80, -5}) {
        try {
            print("left:", withdraw(50, amount));
        } catch (InsufficientFunds const& e) {
            print("{}:"_f(e.type_name()), e, "- missing", e.missing);
        } catch (ValueError const& e) {
            print("{}:"_f(e.type_name()), e);
        }
    }

    // --- A base class catches its whole family
    try {
        throw amphis::KeyError("bob");
    } catch (amphis::LookupError const& e) {
        print(repr(e), "prints as", e, "with args", e.args());
    }

    // --- The operating system's errors have a class each
    try {
        amphis::raise_os_error(ENOENT, "x.txt");
    } catch (amphis::FileNotFoundError const& e) {
        print(e);
        print(e.errno_(), e.strerror(), repr(e.filename()));
    }

    // --- A note adds what the place of the error could not know
    try {
        try {
            withdraw(10, 20);
        } catch (InsufficientFunds const& e) {
            e.add_note("while paying the rent");
            throw;
        }
    } catch (ValueError const& e) {
        print(e, e.notes());
    }
}
