// staticmethod and classmethod: methods without an object
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <string>
#include <tuple>

using amphis::print;

// --- The class
struct Date {
    int year = 1, month = 1, day = 1;

    static constexpr auto from_string = amphis::classmethod<Date>([](auto cls, std::string const& text) {
        return cls(std::stoi(text), std::stoi(text.substr(5)), std::stoi(text.substr(8)));
    });
    static constexpr auto kind = amphis::classmethod<Date>([](auto cls) { return cls.name(); });

    static constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
};

// --- A derived class
struct Deadline : Date {
    static constexpr auto from_string = Date::from_string.of<Deadline>();
    static constexpr auto kind = Date::kind.of<Deadline>();

    bool is_over(Date const& today) const {
        return std::tie(year, month, day) < std::tie(today.year, today.month, today.day);
    }
};

int main() {
    // --- A classmethod is given the class: an alternative constructor
    Date const today = Date::from_string("2024-02-29");
    print(today.year, today.month, today.day, Date::kind());

    // --- It is given the derived class, too
    Deadline const deadline = Deadline::from_string("2023-12-31");
    print(Deadline::kind(), deadline.is_over(today));

    // --- A staticmethod is given nothing, and is called through either
    print(Date::is_leap(2024), today.is_leap(1900), Deadline::is_leap(2000));
}
