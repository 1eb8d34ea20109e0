// error: amphis: the attribute is read_only: it has the value it was made with
// error: amphis: this number is in another unit than the attribute's: convert it first
// error: amphis: a number without a unit: write quantity<"m">\(value\)
// error: amphis: the attribute holds an int, and a float would be cut: round it first
#include <amphis/lang/descriptor.hpp>

using amphis::attribute;
using amphis::quantity;

int main() {
    attribute<"id", int, amphis::read_only> id = 1;
    attribute<"length", double, amphis::in_unit<"m">> length = quantity<"m">(1);
    attribute<"age", int> age = 1;
#ifdef AMPHIS_OK
    length = quantity<"m">(2.0);
    age = 2;
#else
    id = 2;
    length = quantity<"km">(2.0);
    length = 2.0;
    age = 2.5;
#endif
    return id + age > length;
}
