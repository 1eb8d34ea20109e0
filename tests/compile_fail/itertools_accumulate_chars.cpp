// error: amphis: accumulate: two chars do not add up to a str
#include <amphis/itertools.hpp>

#include <string>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    std::string const s = "abc";
#ifdef AMPHIS_OK
    (void)it::accumulate(s, "initial"_k = std::string());
#else
    (void)it::accumulate(s);
#endif
}
