// Exceptions: several at once, each handled by who can
#include <amphis/builtins.hpp>
#include <amphis/lang/try.hpp>

#include <string>
#include <vector>

using amphis::except_star, amphis::ExceptionGroup, amphis::exc_info, amphis::KeyError, amphis::on, amphis::print, amphis::repr, amphis::TypeError,
    amphis::ValueError;
using namespace amphis::literals;

// --- Every check runs, and all that failed is raised as one
void check(int port, std::string const& name) {
    std::vector<exc_info> errors;
    if (port < 1024) errors.push_back(ValueError("port {} is reserved"_f(port)));
    if (name.empty()) errors.push_back(KeyError("name"));
    if (port == 22) errors.push_back(amphis::OSError("port 22 is taken"));
    if (!errors.empty()) throw ExceptionGroup("bad settings", errors);
}

struct Failures : amphis::exception<"Failures", ExceptionGroup> {
    using exception::exception;
    exc_info derive(amphis::exception_tuple exceptions) const override { return Failures(message(), exceptions); }
};

int main() {
    try {
        check(80, "");
    } catch (ExceptionGroup const& eg) {
        print(eg);
        for (exc_info const& e : eg.exceptions()) print(" ", repr(e));
    }

    // --- except* takes its part; what nobody takes is raised
    try {
        except_star([] { check(22, ""); },  //
                    on<ValueError>([](ExceptionGroup const& eg) { print("values:", eg.exceptions()); }),
                    on<KeyError, amphis::IndexError>([](ExceptionGroup const& eg) { print("lookups:", eg.exceptions()); }));
    } catch (ExceptionGroup const& eg) {
        print("left:", repr(eg));
    }

    // --- split and subgroup keep the shape of groups within groups
    ExceptionGroup const group("all", {ValueError(1), ExceptionGroup("inner", {TypeError(2), ValueError(3)})});
    auto const [match, rest] = group.split<ValueError>();
    if (auto const* values = match.get<ExceptionGroup>()) print(values->message(), values->exceptions());
    print(repr(rest));
    print(group.subgroup<KeyError>(), repr(group.subgroup([](exc_info const& e) { return amphis::str(e) == "3"; })));

    // --- A group of your own stays what it is when it is split
    print(repr(Failures("two", ValueError(1), TypeError(2)).subgroup<TypeError>()));
}
