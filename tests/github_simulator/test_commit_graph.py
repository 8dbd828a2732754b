"""Who stands on whom, against sets of all ancestors; and how little of a long history is looked at."""

from itertools import islice

from dulwich.objects import Commit
from hypothesis import given
from hypothesis import strategies as st

from github_simulator.commit_graph import CommitGraph

NOW = 1_800_000_000


class Commits:
    """Commits by oid, each with those below it; counts how often one is read."""

    def __init__(self):
        self.all, self.reads = {}, 0

    def add(self, parents, time):
        commit = Commit()
        commit.tree = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        commit.parents = [each.encode() for each in parents]
        commit.author = commit.committer = b"A <a@example.org>"
        commit.author_time = commit.commit_time = time
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = str(len(self.all)).encode()
        oid = commit.id.decode()
        self.all[oid] = commit
        return oid

    def at(self, oid):
        self.reads += 1
        return self.all.get(oid)

    def ancestors(self, oid):
        found, waiting = set(), [oid]
        while waiting:
            if (each := waiting.pop()) not in found:
                found.add(each)
                waiting += [parent.decode() for parent in self.all[each].parents]
        return found


@st.composite
def histories(draw):
    """Draw up to twenty commits on any earlier ones, at times that go back and forth; and two of them."""
    commits, made = Commits(), []
    for number in range(draw(st.integers(1, 20))):
        below = (
            [made[each] for each in draw(st.sets(st.integers(0, number - 1), max_size=3))] if number else []
        )
        made.append(commits.add(below, NOW + draw(st.integers(-5, 5))))
    return commits, draw(st.sampled_from(made)), draw(st.sampled_from(made))


@given(histories())
def test_it_agrees_with_sets_of_ancestors(drawn):
    commits, base, head = drawn
    graph = CommitGraph(commits.at)
    below_base, below_head = commits.ancestors(base), commits.ancestors(head)

    between = graph.between(base, head)
    assert set(between) == below_head - below_base
    assert len(set(between)) == len(between)
    for place, oid in enumerate(between):
        parents = {parent.decode() for parent in commits.all[oid].parents}
        assert parents & set(between) <= set(between[:place])  # every one after its parents

    common = below_base & below_head
    found = graph.merge_base(base, head)
    assert (found is None) == (not common)
    if found:
        assert not any(found in commits.ancestors(other) for other in common - {found})
    assert graph.has_ancestor(head, base) == (base in below_head)
    assert {commit.id.decode() for commit in graph.history(head)} == below_head


def test_what_is_not_there():
    commits = Commits()
    one, zeros = commits.add([], NOW), "0" * 40
    graph = CommitGraph(commits.at)
    assert graph.between(zeros, one) == [one]
    assert (graph.between(one, zeros), graph.merge_base(zeros, one)) == ([], None)
    assert list(graph.history(zeros)) == []


def test_history_is_told_newest_first():
    commits = Commits()
    first = commits.add([], NOW)
    old, new = commits.add([first], NOW + 1), commits.add([first], NOW + 2)
    merge = commits.add([old, new], NOW + 3)
    history = CommitGraph(commits.at).history(merge)
    assert [commit.id.decode() for commit in history] == [merge, new, old, first]


def test_history_is_told_in_order_when_the_clock_stood_still_or_went_back():
    commits, made = Commits(), []
    for time in (NOW, NOW, NOW - 50, NOW - 50):
        made.append(commits.add(made[-1:], time))
    history = [commit.id.decode() for commit in CommitGraph(commits.at).history(made[-1])]
    assert history == made[::-1]


def test_all_within_one_second_is_told_in_order_too():
    commits, made = Commits(), []
    for _ in range(12):
        made.append(commits.add(made[-1:], NOW))
    merge = commits.add([made[-1], made[0]], NOW)
    history = [commit.id.decode() for commit in CommitGraph(commits.at).history(merge)]
    assert history == [merge, *made[::-1]]


def test_a_long_history_is_left_alone():
    commits, tip = Commits(), None
    for number in range(3000):
        tip = commits.add([tip] if tip else [], NOW + number)
    branch = commits.add([tip], NOW + 3000)
    graph = CommitGraph(commits.at)
    graph.generation(branch)  # once for each commit, ever
    commits.reads = 0
    assert graph.between(tip, branch) == [branch]
    assert graph.merge_base(tip, branch) == tip
    assert len(list(islice(graph.history(branch), 30))) == 30
    assert commits.reads < 200
