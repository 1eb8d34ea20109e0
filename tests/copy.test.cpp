// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/copy.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace copy = amphis::copy;

namespace {

struct Node {
    int value{};
    std::vector<std::shared_ptr<Node>> children{};
    std::weak_ptr<Node> parent{};
    Node* next{};
};
struct Tree {
    int value{};
    std::unique_ptr<Tree> left{};
    std::unique_ptr<Tree> right{};
};
struct Nested {
    int value{};
    std::vector<Nested> children{};
};

struct Shape {
    Shape() = default;
    Shape(Shape const&) = default;
    Shape& operator=(Shape const&) = default;
    virtual ~Shape() = default;
    [[nodiscard]] virtual std::unique_ptr<Shape> clone() const = 0;
    [[nodiscard]] virtual int corners() const = 0;
};
struct Polygon : copy::clonable<Polygon, Shape> {
    explicit Polygon(int n) : corners_(n) {}
    [[nodiscard]] int corners() const override { return corners_; }

private:
    int corners_;
};

}  // namespace

// ---- copy

TEST_CASE("copy: values are copied, pointers are shared", "[copy]") {
    auto const child = std::make_shared<Node>();
    Node node{1, {child}, {}, nullptr};
    Node const other = copy::copy(node);
    node.value = 2;
    CHECK(other.value == 1);
    CHECK(other.children[0] == child);
    CHECK(copy::copy(std::string("a")) == "a");
    STATIC_REQUIRE(copy::copy(3) == 3);
}

TEST_CASE("copy: of a shared_ptr is a new object, one level deep", "[copy]") {
    auto const node = std::make_shared<Node>();
    node->children.push_back(std::make_shared<Node>());
    auto const other = copy::copy(node);
    CHECK(other != node);
    CHECK(other->children[0] == node->children[0]);
    CHECK(copy::copy(std::shared_ptr<Node>()) == nullptr);
    auto const unique = std::make_unique<int>(3);
    CHECK(*copy::copy(unique) == 3);
}

namespace {
struct Customised {
    int value{};
    int copies{};
    [[nodiscard]] Customised copy() const { return {value, copies + 1}; }
    [[nodiscard]] Customised deepcopy() const { return {value, copies + 100}; }
};
class Graph {
public:
    std::vector<std::shared_ptr<Node>> nodes{};
    explicit Graph(std::vector<std::shared_ptr<Node>> n) : nodes(std::move(n)) {}
    [[nodiscard]] Graph deepcopy(copy::memo& memo) const { return Graph(memo(nodes)); }
};
}  // namespace

TEST_CASE("copy: a class says how it is copied", "[copy][deepcopy]") {
    // test_copy.py, test_copy_copy, test_deepcopy_deepcopy
    CHECK(copy::copy(Customised{1, 0}).copies == 1);
    CHECK(copy::deepcopy(Customised{1, 0}).copies == 100);
    CHECK(copy::deepcopy(std::vector<Customised>{{1, 0}})[0].copies == 100);
    auto const shared = std::make_shared<Node>();
    std::vector<Graph> const graphs{Graph({shared}), Graph({shared, shared})};
    auto const other = copy::deepcopy(graphs);
    CHECK(other[0].nodes[0] != shared);
    CHECK(other[0].nodes[0] == other[1].nodes[0]);
    CHECK(other[1].nodes[0] == other[1].nodes[1]);
}

// ---- deepcopy

TEST_CASE("deepcopy: what is flat is copied by its copy constructor", "[copy][deepcopy]") {
    using probes::tracked;
    STATIC_REQUIRE(amphis::detail::copying::flat<Nested>);
    STATIC_REQUIRE(amphis::detail::copying::flat<std::map<std::string, std::vector<int>>>);
    STATIC_REQUIRE_FALSE(amphis::detail::copying::flat<std::vector<std::unique_ptr<int>>>);
    tracked::reset();
    std::vector<tracked> const three(3);
    tracked::copies = 0;
    CHECK(copy::deepcopy(three).size() == 3);
    CHECK(tracked::copies == 3);
    Nested const n{1, {{2, {}}, {3, {{4, {}}}}}};
    CHECK(copy::deepcopy(n).children[1].children[0].value == 4);
}

TEST_CASE("deepcopy: what was one object is one object", "[copy][deepcopy]") {
    // test_copy.py, test_deepcopy_reflexive_list ...: [x, x] -> y[0] is y[1]
    auto const x = std::make_shared<int>(1);
    std::vector<std::shared_ptr<int>> const pair{x, x};
    auto const other = copy::deepcopy(pair);
    CHECK(other[0] == other[1]);
    CHECK(other[0] != x);
    CHECK(*other[0] == 1);
    CHECK(other[0].use_count() == 2);
}

TEST_CASE("deepcopy: cycles close", "[copy][deepcopy]") {
    auto const root = std::make_shared<Node>();
    root->children = {std::make_shared<Node>(), root};
    root->children[0]->parent = root;
    root->next = root->children[0].get();
    auto const other = copy::deepcopy(root);
    CHECK(other != root);
    CHECK(other->children[1] == other);
    CHECK(other->children[0]->parent.lock() == other);
    CHECK(other->next == other->children[0].get());
    root->children.clear();
    other->children.clear();
}

TEST_CASE("deepcopy: pointers to what is copied later are set at the end", "[copy][deepcopy]") {
    struct Chain {
        std::vector<Node*> order{};
        std::vector<std::unique_ptr<Node>> nodes{};
        Node* outside{};
    };
    Node elsewhere;
    Chain chain;
    for (int i = 0; i != 20; ++i) chain.nodes.push_back(std::make_unique<Node>(Node{i, {}, {}, nullptr}));
    for (int i = 0; i != 20; ++i) chain.order.push_back(chain.nodes[static_cast<std::size_t>(19 - i)].get());
    for (std::size_t i = 0; i != 19; ++i) chain.nodes[i]->next = chain.nodes[i + 1].get();
    chain.outside = &elsewhere;
    Chain const other = copy::deepcopy(chain);
    CHECK(other.order[0] == other.nodes[19].get());
    CHECK(other.order[19] == other.nodes[0].get());
    CHECK(other.nodes[3]->next == other.nodes[4].get());
    CHECK(other.nodes[19]->next == nullptr);
    CHECK(other.outside == &elsewhere);
}

TEST_CASE("deepcopy: everything that holds something", "[copy][deepcopy]") {
    using P = std::shared_ptr<int>;
    struct All {
        std::optional<P> optional{};
        std::variant<int, P> variant{};
        std::map<std::string, P> map{};
        std::unordered_map<int, P> hashed{};
        std::array<P, 2> array{};
        P plain[2]{};
        std::pair<int, P> pair{};
        std::tuple<P, P> tuple{};
        std::list<P> list{};
        std::deque<P> deque{};
        std::set<P> set{};
        std::shared_ptr<int const> constant{};
    };
    P const p = std::make_shared<int>(5);
    All const all{p, p, {{"x", p}}, {{1, p}}, {p, p}, {p, nullptr}, {1, p}, {p, p}, {p}, {p}, {p}, p};
    All const other = copy::deepcopy(all);
    P const q = *other.optional;
    CHECK(q != p);
    CHECK(std::get<P>(other.variant) == q);
    CHECK(other.map.at("x") == q);
    CHECK(other.hashed.at(1) == q);
    CHECK(other.array[1] == q);
    CHECK(other.plain[0] == q);
    CHECK(other.plain[1] == nullptr);
    CHECK(other.pair.second == q);
    CHECK(std::get<1>(other.tuple) == q);
    CHECK(other.list.front() == q);
    CHECK(other.deque.front() == q);
    CHECK(*other.set.begin() == q);
    CHECK(*other.constant == 5);
    CHECK(p.use_count() == 15);
}

TEST_CASE("deepcopy: unique_ptr trees", "[copy][deepcopy]") {
    Tree tree{1, std::make_unique<Tree>(), nullptr};
    tree.left->value = 2;
    Tree const other = copy::deepcopy(tree);
    CHECK(other.left->value == 2);
    CHECK(other.left != tree.left);
    CHECK(other.right == nullptr);
}

TEST_CASE("deepcopy: a memo is kept between calls", "[copy][deepcopy]") {
    // test_copy.py, test_deepcopy_memo
    auto const x = std::make_shared<int>(1);
    auto const y = x;
    copy::memo memo;
    CHECK(copy::deepcopy(x, memo) == copy::deepcopy(y, memo));
    CHECK(memo.size() == 1);
    std::vector<std::shared_ptr<int>> many;
    for (int i = 0; i != 1000; ++i) many.push_back(std::make_shared<int>(i));
    auto twice = many;
    twice.insert(twice.end(), many.begin(), many.end());
    auto const other = copy::deepcopy(twice, memo);
    CHECK(other[0] == other[1000]);
    CHECK(other[999] == other[1999]);
    CHECK(*other[1500] == 500);
    CHECK(memo.size() == 1001);
}

namespace {
struct Member {
    std::shared_ptr<Member> const other;  // const: it can only be made of its parts
    int value;
};
}  // namespace

TEST_CASE("deepcopy: objects that can only be made of their parts", "[copy][deepcopy]") {
    auto const inner = std::make_shared<Member>(Member{nullptr, 1});
    Member const outer{inner, 2};
    Member const other = copy::deepcopy(outer);
    CHECK(other.other != inner);
    CHECK(other.other->value == 1);

    auto cyclic = std::make_shared<Member>(Member{nullptr, 1});
    const_cast<std::shared_ptr<Member>&>(cyclic->other) = cyclic;
    CHECK_THROWS_AS(copy::deepcopy(cyclic), copy::Error);
    const_cast<std::shared_ptr<Member>&>(cyclic->other) = nullptr;
}

TEST_CASE("deepcopy: a failure leaves nothing behind", "[copy][deepcopy]") {
    using probes::countdown;
    using probes::throws_on_nth;
    struct Part {
        std::shared_ptr<throws_on_nth> a{};
        std::vector<std::shared_ptr<throws_on_nth>> b{};
    };
    {
        auto const p = std::make_shared<throws_on_nth>(1);
        Part const part{p, {p, std::make_shared<throws_on_nth>(2), std::make_shared<throws_on_nth>(3)}};
        int const before = throws_on_nth::live;
        for (int n = 1;; ++n) {
            countdown::arm(n);
            try {
                Part const other = copy::deepcopy(part);
                CHECK(other.a == other.b[0]);
            } catch (probes::probe_error const&) {
                CHECK(throws_on_nth::live == before);
                continue;
            }
            break;
        }
        countdown::disarm();
        CHECK(throws_on_nth::live == before);
    }
    CHECK(throws_on_nth::live == 0);
}

namespace {
bool downwards(int a, int b) { return a > b; }
using Downwards = std::map<int, std::shared_ptr<int>, bool (*)(int, int)>;
struct ByRest {
    std::size_t divisor;
    std::size_t operator()(std::shared_ptr<int> const& p) const { return static_cast<std::size_t>(*p) % divisor; }
};
struct Scores {
    Downwards scores{};
};
}  // namespace

TEST_CASE("deepcopy: a container keeps the order and the hash that it was given", "[copy][deepcopy]") {
    auto const p = std::make_shared<int>(1);
    Downwards const scores({{1, p}, {2, p}}, downwards);
    auto const other = copy::deepcopy(scores);
    CHECK(other.begin()->first == 2);
    CHECK(other.at(1) == other.at(2));
    CHECK(other.at(1) != p);
    CHECK(copy::deepcopy(Scores{scores}).scores.begin()->first == 2);
    CHECK(copy::deepcopy(std::tuple(scores, 1)) != std::tuple(scores, 1));
    std::unordered_set<std::shared_ptr<int>, ByRest> const some({p, std::make_shared<int>(3)}, 4, ByRest{2});
    CHECK(copy::deepcopy(some).hash_function().divisor == 2);
    auto const less = [order = 1](int a, int b) { return order * a < order * b; };  // it has no default constructor
    std::map<int, std::shared_ptr<int>, decltype(less)> const captured({{1, p}}, less);
    CHECK(copy::deepcopy(captured).at(1) != p);
}

namespace {
struct Link {
    Tree* to{};
    int more[4]{};
};
/// Copies its parts one by one, and moves them.
struct PartByPart {
    Link link{};
    std::unique_ptr<Tree> tree{};
    [[nodiscard]] PartByPart deepcopy(copy::memo& memo) const {
        PartByPart other;
        {
            auto const part = std::make_unique<Link>(memo(link));
            other.link = *part;
        }
        other.tree = memo(tree);
        return other;
    }
};
struct Refuses {
    Refuses deepcopy(copy::memo&) const { throw copy::Error("no"); }
};
struct Doubtful {
    std::unique_ptr<Link> link{};
    std::vector<Link> links{};
    Refuses refuses{};
};
/// Goes on without the part that cannot be copied.
struct Careful {
    std::shared_ptr<Doubtful> part{};
    std::unique_ptr<Tree> tree{};
    [[nodiscard]] Careful deepcopy(copy::memo& memo) const {
        Careful other;
        CHECK_THROWS_AS(memo(part), copy::Error);
        CHECK_THROWS_AS(memo(part), copy::Error);
        other.tree = memo(tree);
        return other;
    }
};
}  // namespace

TEST_CASE("deepcopy: nothing is set later in a part that was moved or given up", "[copy][deepcopy]") {
    PartByPart graph;
    graph.tree = std::make_unique<Tree>();
    graph.link.to = graph.tree.get();
    auto const other = copy::deepcopy(graph);  // under the address sanitizer: the pointer in the part that is gone is not written
    CHECK(other.tree != nullptr);

    Careful careful;
    careful.tree = std::make_unique<Tree>();
    careful.part = std::make_shared<Doubtful>();
    careful.part->link = std::make_unique<Link>();
    careful.part->link->to = careful.tree.get();
    careful.part->links.resize(3);
    careful.part->links[1].to = careful.tree.get();
    auto const again = careful.part;  // two owners: it is remembered
    CHECK(copy::deepcopy(careful).tree != nullptr);
}

TEST_CASE("deepcopy: a memo keeps what it has copied", "[copy][deepcopy]") {
    // test_copy.py, test_keep_alive
    copy::memo memo;
    std::weak_ptr<int> original;
    {
        auto const x = std::make_shared<int>(1);
        auto const y = x;
        CHECK(*copy::deepcopy(x, memo) == 1);
        original = x;
    }
    CHECK_FALSE(original.expired());
    auto const alone = std::make_shared<int>(2);
    CHECK(copy::deepcopy(alone, memo) == copy::deepcopy(alone, memo));
}

namespace {
struct Whole {
    explicit Whole(int n) : number(n) {}
    int number;
};
struct Grid {
    std::shared_ptr<int> cells[2][2];
    Whole whole;
};
}  // namespace

TEST_CASE("copy: what once did not compile, or was made by one new and freed by another delete", "[copy][deepcopy]") {
    auto const p = std::make_shared<int>(5);
    CHECK(*std::get<1>(copy::deepcopy(std::variant<int, std::unique_ptr<int>>(std::make_unique<int>(3)))) == 3);
    auto const line = copy::deepcopy(std::forward_list<std::shared_ptr<int>>{std::make_shared<int>(1), p, p});
    CHECK(*line.front() == 1);
    CHECK(*std::next(line.begin()) == *std::next(line.begin(), 2));
    CHECK(*std::next(line.begin()) != p);
    std::shared_ptr<int[]> const many(new int[2]{1, 2});
    CHECK(copy::copy(many) == many);
    CHECK(copy::deepcopy(many) == many);
    std::shared_ptr<void> const any = p;
    CHECK(copy::copy(any) == any);
    CHECK(*copy::deepcopy(std::unique_ptr<int const>(new int(3))) == 3);
    int volatile port = 0;
    CHECK(copy::deepcopy(std::vector<int volatile*>{&port})[0] == &port);
    Grid const grid{{{p, p}, {p, p}}, Whole(3)};
    Grid const other = copy::deepcopy(grid);
    CHECK(other.cells[0][0] == other.cells[1][1]);
    CHECK(other.cells[0][0] != p);
    CHECK(other.whole.number == 3);
}

TEST_CASE("copy: a literal is a string", "[copy][deepcopy]") {
    CHECK(copy::copy("abc") == "abc");
    CHECK(copy::deepcopy("abc") == "abc");
    char const buffer[8] = "ab";
    CHECK(copy::copy(buffer).size() == 2);
}

// ---- clone

TEST_CASE("clone: of the class that it is", "[copy][clone]") {
    std::unique_ptr<Shape> const shape = std::make_unique<Polygon>(5);
    CHECK(copy::clone(*shape)->corners() == 5);
    CHECK(copy::clone(shape)->corners() == 5);
    CHECK(copy::copy(shape)->corners() == 5);
    std::vector<std::shared_ptr<Shape>> shapes{std::make_shared<Polygon>(3)};
    shapes.push_back(shapes[0]);
    auto const other = copy::deepcopy(shapes);
    CHECK(other[0] == other[1]);
    CHECK(other[0] != shapes[0]);
    CHECK(other[0]->corners() == 3);
}
