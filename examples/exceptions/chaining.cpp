// Exceptions: one that was caused by another
#include <amphis/builtins.hpp>

using amphis::KeyError, amphis::None, amphis::print, amphis::raise_from, amphis::repr, amphis::RuntimeError, amphis::ValueError;

void show(amphis::BaseException const& e) {
    print(repr(e), "cause", repr(e.cause()), "context", repr(e.context()), e.suppress_context());
}

// --- raise ... from ... says what caused it
int read_port(std::map<std::string, std::string> const& settings) {
    try {
        if (!settings.contains("port")) throw KeyError("port");
        return std::stoi(settings.at("port"));
    } catch (KeyError const& e) {
        raise_from(RuntimeError("no port in the settings"), e);
    }
}

int main() {
    try {
        read_port({{"host", "localhost"}});
    } catch (RuntimeError const& e) {
        show(e);
    }

    // --- What was being handled is the context, without a word
    try {
        try {
            throw KeyError("port");
        } catch (KeyError const&) {
            throw ValueError("while handling it");
        }
    } catch (ValueError const& e) {
        show(e);
    }

    // --- from None hides it
    try {
        try {
            throw KeyError("port");
        } catch (KeyError const&) {
            raise_from(ValueError("the user need not know"), None);
        }
    } catch (ValueError const& e) {
        show(e);
    }

    // --- A chain can be walked down to where it began
    try {
        try {
            read_port({});
        } catch (RuntimeError const& e) {
            raise_from(amphis::SystemExit("cannot start"), e);
        }
    } catch (amphis::SystemExit const& e) {
        for (auto error = amphis::exc_info::current(e); error; error = error.value()->cause()) print(error.type_name(), error);
    }
}
