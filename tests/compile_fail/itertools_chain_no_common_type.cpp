// error: amphis: chain: the elements of these iterables have no common type
#include <amphis/itertools.hpp>

#include <string>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
    std::string const words[1];
#ifdef AMPHIS_OK
    (void)it::chain(v, v);
#else
    (void)it::chain(v, words);
#endif
}
