// error: amphis: an object behind a base class is copied by its clone\(\): declare `virtual std::unique_ptr<Base> clone\(\) const` there
#include <amphis/copy.hpp>

#include <memory>

struct Shape {
    virtual ~Shape() = default;
#ifdef AMPHIS_OK
    virtual std::unique_ptr<Shape> clone() const { return std::make_unique<Shape>(); }
#endif
};

int main() {
    std::shared_ptr<Shape> const shape = std::make_shared<Shape>();
    return amphis::copy::deepcopy(shape) == shape ? 1 : 0;
}
