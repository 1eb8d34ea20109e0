// managed attributes: a descriptor that logs, and knows its name
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <string>

using amphis::print;

// --- One descriptor class for any attribute
template <auto Member>
struct Logged {
    std::string public_name, private_name;
    void set_name(char const* name) {
        public_name = name;
        private_name = "_" + public_name;
    }
    auto const& get(auto const& object) const {
        print("accessing", public_name, "giving", object.*Member);
        return object.*Member;
    }
    void set(auto& object, auto const& value) const {
        print("updating", public_name, "to", value);
        object.*Member = value;
    }
};

// --- Two attributes that use it
struct Person {
    std::string name_;
    int age_ = 0;
    [[no_unique_address]] amphis::descriptor<"name", Person, Logged<&Person::name_>> name;
    [[no_unique_address]] amphis::descriptor<"age", Person, Logged<&Person::age_>> age;

    Person(std::string const& n, int a) { name = n, age = a; }
    void birthday() { age += 1; }
};

int main() {
    // --- Reads and writes are logged, under their names
    Person mary("Mary M", 30);
    mary.birthday();
    print(mary.name);

    // --- What is stored is not logged
    print(mary.age_);

    // --- There is one descriptor for the class, and it was told its name
    print(mary.name.instance().public_name, mary.age.instance().private_name);
}
