// error: amphis: in_range<Min, Max>: Max is less than Min
// error: amphis: an attribute with a default has a value from the start: use read_only, or no default
// error: amphis: an attribute holds a value: attribute<"age", int>
#include <amphis/lang/descriptor.hpp>

using amphis::attribute;

int main() {
#ifdef AMPHIS_OK
    attribute<"age", int, amphis::in_range<0, 150>> age = 1;
    attribute<"id", int, amphis::write_once> id;
    attribute<"name", char const*> name = "";
#else
    attribute<"age", int, amphis::in_range<150, 0>> age = 1;
    attribute<"id", int, amphis::write_once, amphis::default_value<1>> id;
    attribute<"name", char[5]> name;
#endif
    id = 1;
    return age + id + (*name == 0);
}
