// SPDX-License-Identifier: MIT
// tracemalloc/symbols: what stands at a code address: whose function it is, while the program runs, and which line, when a snapshot is taken.
#ifndef AMPHIS_TRACEMALLOC_SYMBOLS_HPP
#define AMPHIS_TRACEMALLOC_SYMBOLS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/tracemalloc/traceback.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cxxabi.h>
#if __has_include(<link.h>) && __has_include(<elf.h>)
#include <fcntl.h>
#include <link.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#define AMPHIS_HAS_ELF 1
#else
#define AMPHIS_HAS_ELF 0
#endif

namespace amphis::inline v0::detail::tracemalloc {

/// A function of the allocator, the compiler, the standard library or amphis, by its name as the linker has it: its lines are not the program's.
inline bool is_internal(std::string_view name) noexcept {
    auto const starts = [&](std::string_view with) { return name.substr(0, with.size()) == with; };
    if (!starts("_Z")) {
        for (char const* const one : {"malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign", "memalign", "_start"}) {
            if (name == one) return true;
        }
        return starts("__");
    }
    name.remove_prefix(2);
    if (starts("nw") || starts("na")) return true;  // operator new
    while (starts("Z")) name.remove_prefix(1);      // what is local to a function
    if (starts("N")) {
        name.remove_prefix(1);
        while (!name.empty() && (name[0] == 'K' || name[0] == 'V' || name[0] == 'r' || name[0] == 'R' || name[0] == 'O')) name.remove_prefix(1);
    }
    if (starts("6amphis")) return true;
    if (name.size() > 1 && name[0] == 'S') return name[1] == 't' || name[1] == 'a' || name[1] == 'b' || name[1] == 's' || name[1] == 'i' || name[1] == 'o' || name[1] == 'd';
    std::size_t digits = 0;
    while (digits != name.size() && name[digits] >= '0' && name[digits] <= '9') ++digits;
    return digits != 0 && name.substr(digits, 2) == "__";  // __gnu_cxx, __cxxabiv1, __asan
}

/// The functions of a program or of a library, from its table of symbols.
struct object_file {
    struct function {
        std::uintptr_t first;  // from the base of its file
        std::uint32_t size;
        bool internal;
        char const* name;
    };
    struct segment {
        std::uintptr_t first;
        std::uintptr_t last;
    };
    std::uintptr_t base = 0;
    std::vector<segment> code;
    std::string path;
    bool internal = false;
    std::vector<function> functions;

    [[nodiscard]] bool contains(std::uintptr_t address) const noexcept {
        for (segment const& one : code) {
            if (one.first <= address && address < one.last) return true;
        }
        return false;
    }
    [[nodiscard]] function const* find(std::uintptr_t address) const noexcept {
        auto const after = std::upper_bound(functions.begin(), functions.end(), address - base, [](std::uintptr_t at, function const& one) { return at < one.first; });
        if (after == functions.begin()) return nullptr;
        function const& found = after[-1];
        return address - base - found.first < found.size ? &found : nullptr;
    }
};

/// All files that are loaded. A table is never changed nor freed once it is published: whoever allocates may look into it at any time.
struct symbol_table {
    std::vector<object_file> files;
    unsigned long long loads = 0;  // how many files were ever loaded when it was made

    [[nodiscard]] object_file const* find(std::uintptr_t address) const noexcept {
        for (object_file const& one : files) {
            if (one.contains(address)) return &one;
        }
        return nullptr;
    }
};
inline constinit symbol_table const* symbols = nullptr;
inline constinit lock symbols_lock;

#if AMPHIS_HAS_ELF

inline std::string own_path() {
    std::string path(4096, '\0');
    auto const size = ::readlink("/proc/self/exe", path.data(), path.size());
    path.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return path;
}

/// Takes in the functions of the file, which stays mapped: their names are in it.
inline void read_functions(object_file& into) {
    int const fd = ::open(into.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct ::stat status {};
    void* map = MAP_FAILED;
    std::size_t size = 0;
    if (::fstat(fd, &status) == 0 && status.st_size > static_cast<off_t>(sizeof(ElfW(Ehdr)))) {
        size = static_cast<std::size_t>(status.st_size);
        map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    ::close(fd);
    if (map == MAP_FAILED) return;
    auto const* const file = static_cast<char const*>(map);
    auto const at = [&](std::size_t offset) { return static_cast<void const*>(file + offset); };
    auto const* const head = static_cast<ElfW(Ehdr) const*>(map);
    ElfW(Shdr) const* table = nullptr;
    if (std::memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 && head->e_shentsize == sizeof(ElfW(Shdr)) && head->e_shoff + head->e_shnum * sizeof(ElfW(Shdr)) <= size) {
        auto const* const sections = static_cast<ElfW(Shdr) const*>(at(head->e_shoff));
        for (unsigned i = 0; i != head->e_shnum; ++i) {
            bool const fits = sections[i].sh_link < head->e_shnum && sections[i].sh_offset + sections[i].sh_size <= size;
            // The table of the debugger has all functions; that of the dynamic linker, which a stripped file keeps, those that are exported.
            if (fits && (sections[i].sh_type == SHT_SYMTAB || (sections[i].sh_type == SHT_DYNSYM && table == nullptr))) table = &sections[i];
        }
        if (table != nullptr) {
            auto const& strings = sections[table->sh_link];
            auto const* const all = static_cast<ElfW(Sym) const*>(at(table->sh_offset));
            for (std::size_t i = 0; i != table->sh_size / sizeof(ElfW(Sym)); ++i) {
                if ((all[i].st_info & 0xFU) != STT_FUNC || all[i].st_value == 0 || all[i].st_name >= strings.sh_size || strings.sh_offset + strings.sh_size > size) continue;
                char const* const name = static_cast<char const*>(at(strings.sh_offset + all[i].st_name));
                into.functions.push_back({all[i].st_value, static_cast<std::uint32_t>(all[i].st_size), into.internal || is_internal(name), name});
            }
        }
    }
    if (into.functions.empty()) {
        ::munmap(map, size);
        return;
    }
    std::sort(into.functions.begin(), into.functions.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
}

inline int count_loads(::dl_phdr_info* info, std::size_t, void* loads) {
    *static_cast<unsigned long long*>(loads) = info->dlpi_adds;
    return 1;
}
inline int note_module(::dl_phdr_info* info, std::size_t, void* files) {
    object_file made;
    made.base = info->dlpi_addr;
    if (info->dlpi_name != nullptr) made.path = info->dlpi_name;
    for (unsigned i = 0; i != info->dlpi_phnum; ++i) {
        auto const& part = info->dlpi_phdr[i];
        if (part.p_type == PT_LOAD && (part.p_flags & PF_X) != 0) made.code.push_back({made.base + part.p_vaddr, made.base + part.p_vaddr + part.p_memsz});
    }
    static_cast<std::vector<object_file>*>(files)->push_back(std::move(made));
    return 0;
}

/// The table for what is loaded now.
inline symbol_table const& current_symbols() {
    held const only(symbols_lock);
    unsigned long long loads = 0;
    ::dl_iterate_phdr(&count_loads, &loads);
    if (symbols != nullptr && symbols->loads == loads) return *symbols;
    auto* const made = new symbol_table();
    made->loads = loads;
    ::dl_iterate_phdr(&note_module, &made->files);
    for (std::size_t i = 0; i != made->files.size(); ++i) {
        object_file& one = made->files[i];
        if (one.path.empty() && i == 0) one.path = own_path();
        std::string_view const file = std::string_view(one.path).substr(one.path.rfind('/') + 1);
        for (char const* const name : {"libstdc++", "libc++", "libgcc", "libunwind", "libc.", "libc-", "libm.", "libpthread", "ld-", "libasan", "libtsan", "libubsan", "linux-"}) {
            if (i != 0 && file.substr(0, std::strlen(name)) == name) one.internal = true;
        }
        if (!one.path.empty()) read_functions(one);
    }
    __atomic_store_n(&symbols, made, __ATOMIC_RELEASE);
    return *made;
}

/// What a program prints; empty where it cannot be run.
inline std::string output_of(std::vector<std::string> const& command) {
    std::string output;
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return output;
    std::vector<char*> arguments;
    for (std::string const& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    for (char** one = ::environ; *one != nullptr; ++one) {
        if (std::strncmp(*one, "DEBUGINFOD_URLS=", 16) != 0) environment.push_back(*one);  // nobody asked for downloads
    }
    environment.push_back(nullptr);
    ::posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::pid_t child = 0;
    bool const runs = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environment.data()) == 0;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (runs) {
        char buffer[4096];
        for (;;) {
            auto const count = ::read(ends[0], buffer, sizeof(buffer));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) break;
            output.append(buffer, static_cast<std::size_t>(count));
        }
        int status = 0;
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    }
    ::close(ends[0]);
    return output;
}

#else

inline symbol_table const& current_symbols() {
    static symbol_table const none;
    return none;
}
inline std::string output_of(std::vector<std::string> const&) { return {}; }

#endif

/// Recent answers of is_internal_at() on this thread: the address, and a bit for the answer.
inline constexpr std::size_t remembered = 256;
inline constinit thread_local std::uintptr_t recent_answers[remembered] = {};

/// Whether the code there is not the program's own. Called for each block that is allocated.
inline bool is_internal_at(std::uintptr_t address) noexcept {
    std::uintptr_t& answer = recent_answers[(address ^ (address >> 8U)) % remembered];
    if (answer >> 1U == address) return (answer & 1U) != 0;
    symbol_table const* const table = __atomic_load_n(&symbols, __ATOMIC_ACQUIRE);
    object_file const* const in = table != nullptr ? table->find(address) : nullptr;
    object_file::function const* const function = in != nullptr ? in->find(address) : nullptr;
    bool const internal = in != nullptr && (function != nullptr ? function->internal : in->internal);
    answer = address << 1U | (internal ? 1U : 0U);
    return internal;
}

/// A line, and whether it is the program's own.
struct place {
    std::string filename;
    long lineno = 0;
    bool internal = false;
    bool is_main = false;
};

inline bool is_internal_file(std::string_view name) noexcept {
    // The directory of this header, however amphis was installed.
    constexpr std::string_view here = __FILE__;
    constexpr std::size_t end = here.rfind("amphis/");
    if constexpr (end != std::string_view::npos) {
        if (name.substr(0, end + 7) == here.substr(0, end + 7)) return true;
    }
    for (char const* const part : {"/include/amphis/", "/include/c++/", "/c++/v1/"}) {
        if (name.find(part) != std::string_view::npos) return true;
    }
    return name.substr(0, 13) == "/usr/include/" || name.substr(0, 9) == "/usr/lib/";
}

/// `load(int)+0x1c`, for want of a line.
inline place place_without_line(object_file const* in, std::uintptr_t address) {
    place made;
    char offset[32];
    if (object_file::function const* const function = in != nullptr ? in->find(address) : nullptr; function != nullptr) {
        int status = 0;
        char* const demangled = abi::__cxa_demangle(function->name, nullptr, nullptr, &status);
        made.filename = demangled != nullptr ? demangled : function->name;
        std::free(demangled);
        std::snprintf(offset, sizeof(offset), "+0x%lx", static_cast<unsigned long>(address - in->base - function->first));
        made.internal = function->internal;
        made.is_main = std::strcmp(function->name, "main") == 0;
    } else {
        made.filename = in != nullptr ? in->path : "<unknown>";
        std::snprintf(offset, sizeof(offset), "+0x%lx", static_cast<unsigned long>(in != nullptr ? address - in->base : address));
        made.internal = in != nullptr && in->internal;
    }
    made.filename += offset;
    return made;
}

/// The lines at code addresses, of inlined calls the innermost first. What addr2line said once is remembered.
class line_cache {
public:
    [[nodiscard]] std::vector<place> const& operator[](std::uintptr_t address) const { return known_.at(address); }

    void look_up(std::vector<std::uintptr_t> addresses) {
        symbol_table const& table = current_symbols();
        std::sort(addresses.begin(), addresses.end());
        addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
        std::map<object_file const*, std::vector<std::uintptr_t>> wanted;
        for (std::uintptr_t const one : addresses) {
            if (known_.find(one) != known_.end()) continue;
            object_file const* const in = table.find(one);
            known_[one].push_back(place_without_line(in, one));
            if (in != nullptr && !in->internal && !in->path.empty()) wanted[in].push_back(one);
        }
        for (auto const& [in, all] : wanted) {
            constexpr std::size_t batch = 4096;  // so that the arguments fit
            for (std::size_t i = 0; i < all.size(); i += batch) {
                std::vector<std::uintptr_t> part(all.begin() + static_cast<std::ptrdiff_t>(i), all.begin() + static_cast<std::ptrdiff_t>((std::min)(i + batch, all.size())));
                ask("addr2line", *in, part);
                // binutils 2.40 does not see what clang inlined, where a call has several ranges (DWARF 5, DW_FORM_rnglistx).
                part.erase(std::remove_if(part.begin(), part.end(), [&, &file = *in](std::uintptr_t one) { return !lacks_own_line(file, one); }), part.end());
                if (!part.empty()) ask("llvm-addr2line", *in, part);
            }
        }
    }

private:
    /// A function of the program, with nothing but lines of libraries.
    [[nodiscard]] bool lacks_own_line(object_file const& in, std::uintptr_t address) const {
        object_file::function const* const function = in.find(address);
        if (function == nullptr || function->internal) return false;
        auto const& places = known_.at(address);
        return std::all_of(places.begin(), places.end(), [](place const& one) { return one.internal; });
    }
    void ask(char const* program, object_file const& in, std::vector<std::uintptr_t> const& addresses) {
        std::vector<std::string> command{program, "-a", "-f", "-i", "-e", in.path};
        for (std::uintptr_t const one : addresses) {
            char number[32];
            std::snprintf(number, sizeof(number), "0x%lx", static_cast<unsigned long>(one - in.base));
            command.emplace_back(number);
        }
        std::string const output = output_of(command);
        // For each address "0x...", then pairs of a function and "file:line".
        std::vector<place> places;
        std::uintptr_t of = 0;
        auto const take = [&] {
            if (of != 0 && !places.empty()) known_[of] = places;
            places.clear();
        };
        std::string_view rest = output;
        auto const next_line = [&] {
            std::size_t const end = rest.find('\n');
            std::string_view const line = rest.substr(0, end);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            return line;
        };
        while (!rest.empty()) {
            std::string_view const function = next_line();
            if (function.substr(0, 2) == "0x") {
                take();
                of = in.base + std::strtoul(std::string(function).c_str(), nullptr, 16);
                continue;
            }
            std::string_view line = next_line();
            if (std::size_t const note = line.find(" (discriminator"); note != std::string_view::npos) line = line.substr(0, note);
            std::size_t const colon = line.rfind(':');
            if (colon == std::string_view::npos || line.substr(0, 2) == "??") continue;
            place made;
            made.filename = line.substr(0, colon);
            made.lineno = std::strtol(std::string(line.substr(colon + 1)).c_str(), nullptr, 10);
            made.internal = is_internal(function) || is_internal_file(made.filename);
            made.is_main = function == "main";
            places.push_back(std::move(made));
        }
        take();
    }
    std::map<std::uintptr_t, std::vector<place>> known_;
};

/// The lines of a stack of return addresses, the innermost first. Those within the allocator and the libraries are left out on the inside, and
/// on the outside those before main(). All addresses have been looked up.
inline std::vector<amphis::tracemalloc::Frame> program_frames(line_cache const& lines, std::vector<std::uintptr_t> const& stack) {
    std::vector<place const*> all;
    bool done = false;
    for (std::uintptr_t const address : stack) {
        for (place const& one : lines[address]) {
            all.push_back(&one);
            if (one.is_main) {
                done = true;
                break;
            }
        }
        if (done) break;
    }
    auto const is_own = [](place const* one) { return !one->internal; };
    auto first = std::find_if(all.begin(), all.end(), is_own);
    auto last = all.end();
    if (first == all.end()) {
        first = all.begin();  // nothing but libraries: their lines are better than none
    } else {
        while (!is_own(last[-1])) --last;
    }
    std::vector<amphis::tracemalloc::Frame> frames;
    for (; first != last; ++first) frames.emplace_back((*first)->filename, (*first)->lineno);
    if (frames.empty()) frames.emplace_back("<unknown>", 0);
    return frames;
}

}  // namespace amphis::inline v0::detail::tracemalloc

#undef AMPHIS_HAS_ELF

#endif  // AMPHIS_TRACEMALLOC_SYMBOLS_HPP
