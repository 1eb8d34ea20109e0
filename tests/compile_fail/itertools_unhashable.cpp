// error: amphis: unhashable type
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

struct Row {
    int id = 0;
    friend bool operator==(Row const&, Row const&) = default;
};

int main() {
    Row const v[2];
#ifdef AMPHIS_OK
    (void)it::unique_everseen(v, &Row::id).next();
#else
    (void)it::unique_everseen(v).next();
#endif
}
