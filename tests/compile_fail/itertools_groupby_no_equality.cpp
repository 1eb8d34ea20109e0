// error: amphis: groupby: the keys have no ==
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

struct Row {
    int id = 0;
};

int main() {
    Row const v[2];
#ifdef AMPHIS_OK
    (void)it::groupby(v, &Row::id);
#else
    (void)it::groupby(v);
#endif
}
