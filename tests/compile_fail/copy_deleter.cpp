// error: amphis: a std::unique_ptr with a function for a deleter does not say how its object is made
#include <amphis/copy.hpp>

#include <memory>

void drop(int* p) { delete p; }

int main() {
#ifdef AMPHIS_OK
    std::unique_ptr<int> const p(new int(1));
#else
    std::unique_ptr<int, void (*)(int*)> const p(new int(1), drop);
#endif
    static_cast<void>(amphis::copy::deepcopy(p));
}
