// SPDX-License-Identifier: MIT
// dataclasses: plain structs that print, compare, hash, and are made and changed by the names of their fields.
// Python: docs.python.org/3/library/dataclasses.html
//
//     struct Person { std::string name{}; int age{}; };
//     Person p{"Alice", 30};
//     print(p);                                                 // Person(name='Alice', age=30)
//     dc::eq(p, Person{"Alice", 30});                           // True
//     dc::replace(p, "age"_k = 31);                             // Person(name='Alice', age=31)
//     dc::asdict(p);                                            // {'name': 'Alice', 'age': 30}
//     dc::make<Person>("name"_k = "Bob", "age"_k = 25);         // Person(name='Bob', age=25)
#ifndef AMPHIS_DATACLASSES_HPP
#define AMPHIS_DATACLASSES_HPP

#include <amphis/dataclasses/asdict.hpp>
#include <amphis/dataclasses/compare.hpp>
#include <amphis/dataclasses/fields.hpp>
#include <amphis/dataclasses/make.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/dataclasses/repr.hpp>

#endif  // AMPHIS_DATACLASSES_HPP
