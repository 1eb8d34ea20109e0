// data and non-data descriptors: which one an assignment hides
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <string>

using amphis::print;

std::string changed(std::string word, char from, int by) {
    for (char& c : word) c = static_cast<char>(c >= from && c < from + 26 ? c + by : c);
    return word;
}

// --- A data descriptor has set: it always wins
struct Upper {
    std::string get(auto const& object) const { return changed(object.word, 'a', -32); }
    void set(auto& object, std::string const& value) const { object.word = changed(value, 'A', 32); }
};

// --- A non-data descriptor has only get: the object's own value hides it
struct Length {
    long get(auto const& object) const { return amphis::len(object.word); }
};

// --- A class with both
struct Entry {
    std::string word;
    [[no_unique_address]] amphis::descriptor<"upper", Entry, Upper> upper{};
    amphis::non_data_descriptor<"length", Entry, long, Length> length{this};
};

int main() {
    Entry e{"spam"};
    print(e.upper, e.length);

    // --- Assigning to the data descriptor calls its set
    e.upper = "EGGS";
    print(e.word, e.upper);

    // --- Assigning to the non-data descriptor gives the object a value of its own
    e.length = 100;
    print(e.length, e.length.is_assigned());
    e.upper = "HAM";
    print(e.length, Entry{"bacon"}.length);

    // --- Deleting that value brings the descriptor back
    e.length.del();
    print(e.length);
    try {
        e.length.del();
    } catch (amphis::AttributeError const& error) {
        print("AttributeError:", error);
    }
}
