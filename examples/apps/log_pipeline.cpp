// A web access log of any size: read lazily, reported in constant memory
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <unistd.h>
#include <array>
#include <fstream>
#include <string>
#include <unordered_map>

using namespace amphis::literals;
using amphis::generator, amphis::list, amphis::print, std::string, std::string_view;

struct Record { string_view host; int hour; string_view path; int status; long size; };
using Counts = std::unordered_map<string, long>;

// --- A log in the common format, the same each time
generator<string> generate(long count) {
    unsigned long seed = 1;
    auto below = [&seed](unsigned long limit) { return ((seed = (seed * 1103515245 + 12345) % (1UL << 31)) >> 8) % limit; };
    for (long i = 0; i < count; ++i) {
        auto host = below(200), page = below(50), status = std::array{200UL, 200UL, 200UL, 304UL, 404UL, 500UL}[below(6)];
        auto minute = below(60), second = below(60), size = below(100'000);
        co_yield "10.0.7.{} - - [20/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET /page/{}/index.html HTTP/1.1\" {} {}\n"_f(
            host, i * 24 / count, minute, second, page, status, size);
    }
}

// --- The stages
generator<Record> parse(std::istream& lines) {
    for (string line; std::getline(lines, line);) {
        std::array<string_view, 10> f;
        string_view rest = line;
        for (auto& field : f) rest.remove_prefix(std::min(rest.size(), (field = rest.substr(0, rest.find(' '))).size() + 1));
        auto number = [](string_view s) { return std::strtol(s.data(), nullptr, 10); };
        Record record{f[0], int(number(f[3].substr(13))), f[6], int(number(f[8])), number(f[9])};
        co_yield record;
    }
}
auto successes(generator<Record> records) { return amphis::filter([](Record const& r) { return r.status < 400; }, std::move(records)); }
auto top(Counts const& counts, long n) {
    return amphis::slice(amphis::sorted(counts, "key"_k = [](auto const& item) { return std::tuple(-item.second, item.first); }), 0, n);
}

int main(int, char** argv) {
    // --- Write it, read it, count
    string path = "{}/amphis_access_{}.log"_f(argv[2], getpid());
    for (std::ofstream log(path); auto& line : generate(std::atol(argv[1]))) log << line;
    Counts hosts, pages;
    std::array<long, 24> hours{};
    std::ifstream log(path);
    for (auto& [host, hour, page, status, size] : successes(parse(log))) {
        ++hosts[string(host)], ++pages[string(page)], hours[std::size_t(hour)] += size;
    }
    std::remove(path.c_str());

    // --- The report
    for (auto& [name, counts] : {std::pair("hosts", &hosts), std::pair("pages", &pages)}) print("top", name, list(top(*counts, 3)));
    print("bytes an hour", hours);
}
