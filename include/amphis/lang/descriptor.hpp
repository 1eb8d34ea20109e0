// SPDX-License-Identifier: MIT
// descriptor: attributes that check, compute and report what is read and written.
// Python: docs.python.org/3/howto/descriptor.html
//
//     struct Person {
//         attribute<"name", std::string, size_range<1, 40>> name;             // holds its value, validated
//         attribute<"age", int, in_range<0, 150>, default_<18>> age;
//     };
//     Person p{.name = "Ann"};
//     p.age = 151;                   // ValueError: Expected 151 to be no more than 150
//
//     [[no_unique_address]] descriptor<"size", Directory, DirectorySize> size{};    // a descriptor of yours: get, set, del, set_name
//     static constexpr auto from_string = classmethod<Date>([](auto cls, std::string_view text) { return cls(...); });
#ifndef AMPHIS_LANG_DESCRIPTOR_HPP
#define AMPHIS_LANG_DESCRIPTOR_HPP

#include <amphis/lang/descriptor/attribute.hpp>
#include <amphis/lang/descriptor/custom.hpp>
#include <amphis/lang/descriptor/methods.hpp>
#include <amphis/lang/descriptor/non_data.hpp>
#include <amphis/lang/descriptor/policies.hpp>
#include <amphis/lang/descriptor/slots.hpp>

#endif  // AMPHIS_LANG_DESCRIPTOR_HPP
