"""Mutation testing: small faults are put into the code, and the tests have to notice them.

    python -m tools.mutation [--count 300] [--seed 1] [--only TEXT] [--leave-out TEXT] [--seconds 5] [--again FILE]

A random sample of the mutants of ``stages/`` and ``e164/`` is tried, each in a process of its own, with the tests
that concern its module, the fastest first.  Tests that start other processes are left out, since those see no fault;
so the score is a lower bound.  ``--seconds``: only as many tests as take so long together; ``--again``: only
the survivors that the output of a former run of the same code names.  Needs ``os.fork``.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import itertools
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor as Workers
from concurrent.futures import as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase, settings

from tests.samples import ROOT

# For every module, beside those of its own place.
COMMON = (
    "tests/test_examples.py",
    "tests/promises/test_samples.py",
    "tests/promises/test_main_sample.py",
    "tests/test_api.py",
    "tests/inspection/test_inspection.py",
    "tests/promises/test_properties.py",
    "tests/writing/test_check_and_clean.py",
    "tests/promises/test_cells.py",
    "tests/promises/test_large_list.py",
    "tests/promises/test_finds.py",
)
TESTS = {
    "csv_preflight/e164": ("tests/e164", "tests/stages/test_phones.py"),
    "csv_preflight/encoding": ("tests/encoding", "tests/stages/source"),
    "csv_preflight/stages/source": ("tests/stages/source",),
    "csv_preflight/stages/dialect": ("tests/stages/test_dialect.py",),
    "csv_preflight/stages/records": ("tests/stages/test_records.py",),
    "csv_preflight/stages/columns": ("tests/stages/test_columns.py",),
    "csv_preflight/stages/phones": ("tests/stages/test_phones.py", "tests/reports/test_advice.py"),
    "csv_preflight/stages/identifiers": ("tests/stages/test_identifiers.py",),
    "csv_preflight/stages/duplicates": ("tests/stages/test_duplicates.py",),
    "csv_preflight/stages/limits": ("tests/stages/test_limits.py",),
}
# From here on numbers are left alone: most are sizes of blocks, tables and caches, where one more changes nothing.
SIZE = 16
# The least score, for the exit code.
LEAST = 0.85
# Seconds of processor time: a mutant that takes longer than this, and three times what its tests take, is caught.
CPU = 60
PYTEST = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault: in a file's tree, ``container[key]`` (or that attribute) becomes node."""

    place: str
    container: ast.AST | list[ast.AST]
    key: str | int
    node: ast.AST

    @property
    def was(self) -> ast.AST:
        return getattr(self.container, self.key) if isinstance(self.key, str) else self.container[self.key]  # type: ignore[index]

    def apply(self) -> None:
        if isinstance(self.key, str):
            setattr(self.container, self.key, self.node)
        else:
            self.container[self.key] = self.node  # type: ignore[index]

    def __str__(self) -> str:
        was, now = (ast.unparse(node).replace("\n", " ")[:90] for node in (self.was, self.node))
        return f"{self.place}: {was}  ->  {now}"


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""

    def changed(**fields: object) -> ast.AST:
        new = copy.copy(node)
        for name, value in fields.items():
            setattr(new, name, value)
        return new

    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                yield changed(ops=[*ops[:place], SWAPS[type(op)](), *ops[place + 1 :]])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPS:
            yield changed(op=SWAPS[type(op)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)) | ast.Constant(value=float(value)) if value < SIZE:
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(value + "x")
        case ast.Constant(value=bytes(value)):
            yield ast.Constant(value + b"x")
        case ast.Break() | ast.Continue():
            yield SWAPS[type(node)]()
        case ast.Return(value=value) if not (isinstance(value, ast.Constant) or value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case ast.If() | ast.IfExp():
            yield changed(test=ast.Constant(True))
            yield changed(test=ast.Constant(False))


def is_left_alone(parent: ast.AST, field: str, node: ast.AST) -> bool:
    """Whether a node says nothing about what the code does: types, documentation, checks of its own."""
    return (
        field in ("annotation", "returns", "decorator_list")
        or (isinstance(parent, ast.Expr) and isinstance(node, ast.Constant))
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        or (isinstance(parent, ast.If) and ast.unparse(parent.test) == "TYPE_CHECKING")
        or (isinstance(node, ast.keyword) and node.arg == "strict")
    )


def mutants(path: Path, tree: ast.AST) -> Iterator[Mutant]:
    """Every mutant of a file's tree."""
    for field, value in ast.iter_fields(tree):
        for place, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or is_left_alone(tree, field, node):
                continue
            at = node if hasattr(node, "lineno") else tree
            where = f"{path.relative_to(ROOT)}:{getattr(at, 'lineno', 0)}:{getattr(at, 'col_offset', 0) + 1}"
            for new in replacements(node):
                if isinstance(value, list):
                    yield Mutant(where, value, place, new)
                else:
                    yield Mutant(where, tree, field, new)
            yield from mutants(path, node)


def parsed(path: Path) -> ast.Module:
    """The tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


class _Loader(importlib.abc.Loader):
    """Runs a changed tree instead of a module's source."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path, self.tree = path, tree

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(ast.fix_missing_locations(self.tree), str(self.path), "exec"), module.__dict__)  # noqa: S102


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, path: Path, tree: ast.Module) -> None:
        parts = path.relative_to(ROOT).with_suffix("").parts
        self.package = parts[-1] == "__init__"
        self.name, self.loader = ".".join(parts[:-1] if self.package else parts), _Loader(path, tree)

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(
            name,
            self.loader.path,
            loader=self.loader,
            submodule_search_locations=[str(self.loader.path.parent)] if self.package else None,
        )


class _Order:
    """Runs the named tests in their order, and notes how long each takes."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = {name: place for place, name in enumerate(names)}
        self.seconds: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.names:
            items[:] = sorted(
                (item for item in items if item.nodeid in self.names), key=lambda item: self.names[item.nodeid]
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - start


def _skip(*_: object, **__: object) -> None:
    pytest.skip("starts a process")


def in_a_child(
    files: Sequence[str], order: _Order, finder: _Finder | None = None, seconds: int = 3600
) -> tuple[int | None, str]:
    """Run tests in a process of its own; return pytest's exit code, None after a time-out, and the durations."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        if finder:
            sys.meta_path.insert(0, finder)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        subprocess.Popen.__init__ = _skip  # type: ignore[method-assign, assignment]
        code = 3
        try:
            code = pytest.main([*PYTEST, *files], plugins=[order])
            with os.fdopen(writing, "w") as pipe:
                pipe.write("\n".join(f"{seconds} {name}" for name, seconds in order.seconds.items()))
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    status = os.waitpid(child, 0)[1]
    return (None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), said


@dataclass(frozen=True)
class Tests:
    """The names of tests in the order to run them, and the seconds of processor time that all of them take."""

    names: tuple[str, ...]
    seconds: float


def tests_of(path: Path) -> tuple[str, ...]:
    """The test files that concern a module, its own first."""
    name = str(path.relative_to(ROOT))
    own = next(tests for place, tests in TESTS.items() if name.startswith(place))
    return tuple(dict.fromkeys((*own, *COMMON)))


def timed(file: str) -> list[tuple[float, str]]:
    """How long each test of a file (or directory) takes that starts no process.  All of them must pass."""
    code, said = in_a_child([file], _Order())
    if code:
        raise SystemExit(f"{file}: pytest ends with {code} without any fault")
    return [(float(line.partition(" ")[0]), line.partition(" ")[2]) for line in said.splitlines()]


def fastest(durations: Iterable[tuple[float, str]], most: float) -> Tests:
    """The tests in the order of their durations, as many as take so many seconds."""
    durations = sorted(durations)
    totals = itertools.accumulate(seconds for seconds, _ in durations)
    chosen = [(total, name) for total, (_, name) in zip(totals, durations, strict=True) if total <= most]
    return Tests(tuple(name for _, name in chosen), chosen[-1][0])


def is_caught(path: Path, number: int, tests: Tests) -> tuple[bool, str]:
    """Try one of the mutants of a file; return whether its tests notice it, and that in words."""
    start, tree = time.monotonic(), parsed(path)
    mutant = next(itertools.islice(mutants(path, tree), number, None))
    line = str(mutant)
    mutant.apply()
    finder = _Finder(path, tree)
    code, _ = in_a_child(tests_of(path), _Order(tests.names), finder, seconds=int(CPU + 3 * tests.seconds))
    word = {0: "SURVIVED", None: "time-out"}.get(code, "caught")
    return code != 0, f"{time.monotonic() - start:5.1f} s {word} {line}"


def survivors(output: str) -> set[str]:
    """The mutants that were not caught by a run."""
    return {line.partition(" SURVIVED ")[2] for line in output.splitlines() if " SURVIVED " in line}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="modules whose path holds this")
    parser.add_argument("--leave-out", action="append", default=[], help="modules whose path holds this")
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", type=Path, help="the output of a former run")
    options = parser.parse_args()
    paths = [
        path
        for place in ("stages", "e164")
        for path in sorted((ROOT / "csv_preflight" / place).rglob("*.py"))
        if not options.only or any(text in str(path) for text in options.only)
        if not any(text in str(path) for text in options.leave_out)
    ]
    former = survivors(options.again.read_text(encoding="utf-8")) if options.again else None
    every = [
        (path, number)
        for path in paths
        for number, mutant in enumerate(mutants(path, parsed(path)))
        if former is None or str(mutant) in former
    ]
    sample = random.Random(options.seed).sample(every, min(options.count, len(every)))
    print(f"{len(sample)} of {len(every)} mutants, seed {options.seed}", flush=True)
    settings.register_profile("mutation", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
    settings.load_profile("mutation")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take longer than most tests
    for shared in ("faker", "hypothesis.strategies", "jinja2", "jsonschema", "numpy", "pandas", "phonenumbers"):
        importlib.import_module(shared)

    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    files = list(dict.fromkeys(file for path, _ in sample for file in tests_of(path)))
    with Workers(options.jobs, mp_context=get_context("fork")) as workers:
        durations = dict(zip(files, workers.map(timed, files), strict=True))
        tests = {
            path: fastest(itertools.chain(*(durations[file] for file in tests_of(path))), options.seconds)
            for path, _ in sample
        }
        tries = {workers.submit(is_caught, path, number, tests[path]): path for path, number in sample}
        for number, one in enumerate(as_completed(tries), 1):
            name = str(tries[one].relative_to(ROOT / "csv_preflight"))
            noticed, words = one.result()
            tried[name] += 1
            caught[name] += noticed
            print(f"{number:4} {words}", flush=True)
    for name in sorted(tried):
        print(f"{caught[name]:4} of {tried[name]:4}  {caught[name] / tried[name]:4.0%}  {name}")
    score = caught.total() / tried.total()
    print(f"{caught.total()} of {tried.total()} caught: {score:.1%}")
    raise SystemExit(score < LEAST)


if __name__ == "__main__":
    main()
