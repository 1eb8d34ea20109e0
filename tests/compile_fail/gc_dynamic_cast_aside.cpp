// error: amphis: dynamic_pointer_cast\(\) to a class that is not derived from this one: by its fields it is in no cycle, but the object can be
#include <amphis/gc.hpp>

struct Shape {
    virtual ~Shape() = default;
    void traverse(auto&&) {}
};
struct Tag {
#ifdef AMPHIS_OK
    virtual ~Tag() = default;
#endif
};

void look(amphis::gc::ptr<Shape> const& shape) { static_cast<void>(amphis::gc::dynamic_pointer_cast<Tag>(shape)); }
int main() {}
