// SPDX-License-Identifier: MIT
// enum: a name is found in constant time, however many there are; the name of a member by its number.
#include <amphis/enum.hpp>

#include "gate.hpp"

#include <cstddef>
#include <string_view>

namespace {

namespace en = amphis::enum_;

// clang-format off
#define TEN(p) p##0, p##1, p##2, p##3, p##4, p##5, p##6, p##7, p##8, p##9
enum class Few { TEN(few_) };
enum class Many {
    TEN(a_), TEN(b_), TEN(c_), TEN(d_), TEN(e_), TEN(f_), TEN(g_), TEN(h_), TEN(i_), TEN(j_),
    TEN(k_), TEN(l_), TEN(m_), TEN(n_), TEN(o_), TEN(p_), TEN(q_), TEN(r_), TEN(s_), TEN(t_)
};
// clang-format on
enum class Http : short { OK = 200, MOVED = 301, FOUND = 302, BAD = 400, NOT_FOUND = 404, TEAPOT = 418, ERROR_ = 500 };

template <class E>
void find_all(gates::state& state) {
    constexpr std::size_t count = en::members<E>().size();
    std::size_t i = 0;
    for (auto _ : state) {
        keep(en::by_name<E>(en::names<E>()[i]));
        i = i + 1 == count ? 0 : i + 1;
    }
}
template <class E>
void name_all(gates::state& state) {
    constexpr std::size_t count = en::members<E>().size();
    std::size_t i = 0;
    for (auto _ : state) {
        keep(en::name(opaque(en::members<E>()[i])).data());
        i = i + 1 == count ? 0 : i + 1;
    }
}

}  // namespace

GATE("enum/by_name/10", at_most(110)) { find_all<Few>(state); }
GATE("enum/by_name/200", no_more_than("enum/by_name/10", +25)) { find_all<Many>(state); }
GATE("enum/name/10", at_most(25)) { name_all<Few>(state); }
GATE("enum/name/200", at_most(25)) { name_all<Many>(state); }
GATE("enum/name/gaps_7", at_most(70)) { name_all<Http>(state); }
