// error: amphis: the keys of a WeakValueDictionary must be hashable: numbers, text, tuples, or a class with == and a member hash\(\)
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

#include <vector>

struct Image {
    int n = 0;
};
#ifdef AMPHIS_OK
using Key = int;
#else
using Key = std::vector<int>;
#endif

int main() {
    amphis::weakref::WeakValueDictionary<Key, Image> images;
    static_cast<void>(images.size());
}
