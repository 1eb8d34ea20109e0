// SPDX-License-Identifier: MIT
// amphis: everything. Include single modules where compile time matters: each says what it costs in its page.
#ifndef AMPHIS_AMPHIS_HPP
#define AMPHIS_AMPHIS_HPP

#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/copy.hpp>
#include <amphis/dataclasses.hpp>
#include <amphis/enum.hpp>
#include <amphis/functools.hpp>
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>
#include <amphis/gc/memory_resource.hpp>
#include <amphis/gc/shared.hpp>
#include <amphis/io.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/descriptor.hpp>
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/function.hpp>
#include <amphis/lang/generator.hpp>
#include <amphis/lang/property.hpp>
#include <amphis/lang/singleton.hpp>
#include <amphis/lang/try.hpp>
#include <amphis/objgraph.hpp>
#include <amphis/os.hpp>
#include <amphis/sys.hpp>
#include <amphis/time.hpp>
#include <amphis/traceback.hpp>
#include <amphis/version.hpp>
#include <amphis/weakref.hpp>

#endif  // AMPHIS_AMPHIS_HPP
