// A pipeline of generators over a log: lazily, a line at a time
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <sstream>

using amphis::generator, amphis::next, amphis::print;

constexpr auto LOG = "10.0.0.1 GET /index.html 200 512\n10.0.0.2 GET /missing 404 0\nnot a log line\n"
                     "10.0.0.1 POST /form 500 64\n10.0.0.3 GET /big.iso 200 700000\n";
using Record = std::tuple<std::string, std::string, int, int>;
using Error = std::tuple<std::string, std::string, int>;

// --- Each stage takes an iterable and yields
generator<std::string> lines(std::istringstream stream) {
    for (std::string line; std::getline(stream, line);) {
        print("  read", line.substr(0, line.find(' ')));
        co_yield line;
    }
}

generator<Record> records(generator<std::string> source) {
    for (auto& line : source) {
        std::string host, verb, path;
        int status, size;
        if (std::istringstream(line) >> host >> verb >> path >> status >> size) {
            Record record(host, path, status, size);
            co_yield std::move(record);
        }
    }
}

generator<Error> errors(generator<Record> source) {
    for (auto& [host, path, status, size] : source)
        if (status >= 400) co_yield Error(host, path, status);
}

int main() {
    // --- Nothing is read before it is asked for
    auto pipeline = errors(records(lines(std::istringstream(LOG))));
    print("built");
    print(next(pipeline));
    for (auto& error : pipeline) print(error);

    // --- A sum of one column, in constant memory
    int sum = 0;
    for (auto& [host, path, status, size] : records(lines(std::istringstream(LOG)))) sum += size;
    print(sum);
}
