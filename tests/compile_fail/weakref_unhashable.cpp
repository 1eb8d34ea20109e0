// error: amphis: unhashable type: an object whose class has == is a key by its value: give the class a member hash\(\)
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

struct Point {
    int x = 0;
    bool operator==(Point const&) const = default;
#ifdef AMPHIS_OK
    std::uint64_t hash() const { return static_cast<std::uint64_t>(x); }
#endif
};

int main() {
    auto const point = amphis::gc::make<Point>();
    amphis::weakref::WeakSet<Point> points;
    points.add(point);
}
