// an object-relational mapping: attributes that are columns
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <map>
#include <string>
#include <utility>

using amphis::print;
using namespace amphis::literals;

// --- The database
struct Row {
    std::string director;
    int year = 0;
};
std::map<std::string, std::map<std::string, Row>> database{
    {"Movies", {{"Star Wars", {"George Lucas", 1977}}, {"Jaws", {"Steven Spielberg", 1975}}}}};

// --- A descriptor that fetches and stores
template <auto Column>
struct Field {
    std::string name;
    void set_name(char const* given) { name = given; }
    auto get(auto const& object) const {
        print("select {} from {} where {}"_f(name, object.table, object.key));
        return database[object.table][object.key].*Column;
    }
    void set(auto& object, auto const& value) const {
        print("update {} set {} where {}"_f(object.table, name, object.key));
        database[object.table][object.key].*Column = value;
    }
};

// --- A model: it holds a key, and no data
struct Movie {
    static constexpr char const* table = "Movies";
    std::string key;
    [[no_unique_address]] amphis::descriptor<"director", Movie, Field<&Row::director>> director;
    [[no_unique_address]] amphis::descriptor<"year", Movie, Field<&Row::year>> year;

    explicit Movie(std::string k) : key(std::move(k)) {}
};
static_assert(sizeof(Movie) == sizeof(std::string));

int main() {
    // --- Reading and writing it reads and writes the database
    print(Movie("Star Wars").director);
    Movie jaws("Jaws");
    int const year = jaws.year;
    print("Released in", year, "by", jaws.director);
    jaws.year = 1976;
    jaws.year += 1;
    print(database["Movies"]["Jaws"].year);
}
