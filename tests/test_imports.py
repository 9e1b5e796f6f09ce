"""Dependencies point one way, and heavy packages are imported only where they are needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.samples import ROOT

PACKAGE = ROOT / "csv_preflight"

# From the bottom up: a module may import those of its own layer's files and of the layers before it.
LAYERS = (
    ("_version", "kernels", "_kernels", "misread", "country_names"),
    ("model", "shell", "suggest", "rfc4180", "formulas", "word_groups"),
    ("errors",),
    ("frames",),
    ("inputs", "rules", "list_files"),
    ("collector",),
    ("e164", "encoding"),
    ("countries", "consent"),
    ("config", "destinations"),
    ("stages",),
    ("summary", "reading", "lists", "area_codes"),
    ("row_stages", "frame_rows"),
    ("applied",),
    ("corrections",),
    ("file_of_list", "opening", "file_rows", "report_of_run"),
    ("pipeline",),
    ("reports",),
    ("writing", "inspection", "workbooks"),
    ("findings_table", "corrections_files"),
    ("result",),
    ("api",),
    ("planning",),
    ("engines",),
    ("dask", "spark"),
    ("upload",),
    ("web",),
    ("cli",),
    ("__main__", "__init__"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

ONLY_IN = {
    "click": {"cli"},
    "phonenumbers": {"e164"},
    "chardet": {"encoding"},
    "pandas": {"result", "inputs", "frames", "applied", "engines"},
    "pyarrow": {"frames", "engines"},
    "dask": {"engines"},
    "distributed": {"engines"},
    "pyspark": {"engines"},
    "smallestai": {"upload"},
    "httpx": {"upload"},
    "python_calamine": {"workbooks"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "python_multipart": {"web"},
    "jinja2": {"html", "web"},
    "markupsafe": {"html"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every module that a file imports, and whether that is only for type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [(name, id(node) in typing_only) for name in names]
    return found


def home(path: Path) -> str:
    """The layer's name of a file: its own, or that of its package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def stage(path: Path) -> str:
    parts = path.relative_to(PACKAGE / "stages").with_suffix("").parts
    return parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short_and_packages_only_name_what_they_offer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    if path.name == "__init__.py" and path.parent != PACKAGE:
        names = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign)
        assert not [node for node in ast.parse(text).body if not isinstance(node, names)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    for name, typing_only in imports(path):
        first, _, rest = name.partition(".")
        if first == "csv_preflight" and rest:
            target = rest.split(".")[0]
            if target in LEVEL:
                assert LEVEL[target] <= LEVEL[home(path)], f"{home(path)} imports {target}"
        elif first in ONLY_IN and not typing_only:
            places = {home(path), path.stem, path.parent.name}
            assert places & ONLY_IN[first], f"{path.name} imports {first}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    graph = {
        module: {
            next((found for found in (name, name.rpartition(".")[0]) if found in modules), "")
            for name, _ in imports(path)
            if name.startswith("csv_preflight.")
        }
        for module, path in modules.items()
    }
    assert [*TopologicalSorter(graph).static_order()]  # CycleError names the modules


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "stages").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_stages_do_not_import_each_other(path: Path) -> None:
    for name, _ in imports(path):
        if name.startswith("csv_preflight.stages."):
            assert name.split(".")[2] == stage(path), f"{path.name} imports {name}"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        pytest.param(["--help"], ["numpy", "pandas", "phonenumbers"], id="help"),
        pytest.param(["rules"], ["pandas", "phonenumbers"], id="rules"),
        pytest.param(
            ["check", "sample_data/contacts.csv", "--region", "US"],
            ["pandas", "jinja2", "chardet", "csv_preflight.encoding.letters", "numpy.ma"],
            id="check",
        ),
        pytest.param(["check", "sample_data/rules/F102.csv"], ["chardet"], id="check of a list in UTF-8"),
    ],
)
def test_start_up_imports_nothing_heavy(arguments: list[str], absent: list[str]) -> None:
    script = f"import sys; from csv_preflight.cli import main\ntry:\n main({arguments!r})\nexcept SystemExit: pass\n"
    script += "print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & set(absent)


def test_chardet_is_imported_for_a_list_that_is_not_unicode() -> None:
    script = (
        "import io, sys; from csv_preflight.stages.source import examine\n"
        "examine(io.BytesIO('Name,phone\\nJosé,+12025550101\\n'.encode())); assert 'chardet' not in sys.modules\n"
        "examine(io.BytesIO('Name,phone\\nZoë,+12025550101\\n'.encode('cp1252'))); assert 'chardet' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
