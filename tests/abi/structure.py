"""What test_rooms.py measures of lib/: arrows between files, by includes and by calls, and the circles they form (Tarjan's
strongly connected components); names of types; cyclomatic complexity (McCabe, by Debian's pmccabe).

`python3 tests/abi/structure.py` prints them: every circle with the arrows in it, and why each arrow is there. Sources call
sources and include headers, headers include headers. Calls are the symbols that one object file lacks and another defines.
"""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# Run by hand, it looks at the build folder of the preset dev.
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build-dev"))
LIB = SOURCE / "lib"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
TYPE = re.compile(r"^(?:typedef\s+)?(?:struct|enum|union)\s+(mtmi_\w+)\s*\{|^\}\s*(mtmi_\w+)\s*;|^typedef\s[^{;]*?\b(mtmi_\w+)\s*;"
                  r"|^typedef\s[^{;]*\(\s*\*\s*(mtmi_\w+)\s*\)", re.MULTILINE)


def sources():
    return sorted(LIB.rglob("*.[ch]"))


def short(path):
    return path.relative_to(LIB).as_posix()


def includes():
    """{(from, to): reason} of the includes between files."""
    arrows = {}
    for path in sources():
        for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            target = LIB / name if (LIB / name).exists() else path.parent / name
            if target.exists() and target.is_relative_to(LIB):
                arrows.setdefault((short(path), short(target)), f"{path.name} includes {name}")
    return arrows


def objects():
    """The object file of every source of lib/ that this build folder has."""
    folder = BUILD / "lib/CMakeFiles/mtm_objects.dir"
    for path in sources():
        found = folder / path.relative_to(LIB).parent / f"{path.name}.o"
        if path.suffix == ".c" and found.exists():
            yield path, found


def calls():
    """{(from, to): reason} of the calls between files; empty where nothing is built."""
    files = dict((str(built), path) for path, built in objects())
    if not files:
        return {}
    lines = subprocess.run(["nm", "--print-file-name", "--no-sort", *files], check=True, capture_output=True, text=True).stdout
    defined, lacking = {}, collections.defaultdict(set)
    for line in lines.splitlines():
        built, _, rest = line.rpartition(":")
        kind, symbol = rest.split()[-2:]
        if kind == "U":
            lacking[built].add(symbol)
        elif kind.isupper():
            defined[symbol] = files[built]
    arrows = {}
    for built, symbols in lacking.items():
        for symbol in sorted(symbols & defined.keys()):
            pair = short(files[built]), short(defined[symbol])
            if pair[0] != pair[1]:
                arrows.setdefault(pair, f"{files[built].name} uses {symbol}() of {defined[symbol].name}")
    return arrows


def circles(arrows):
    """The strongly connected components of more than one file, sorted."""
    after = collections.defaultdict(list)
    for one, other in arrows:
        after[one].append(other)
    number, low, stack, found = {}, {}, [], []

    def visit(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        for other in after[node]:
            if other not in number:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == number[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    sys.setrecursionlimit(10000)
    for node in sorted(after):
        if node not in number:
            visit(node)
    return sorted(found)


def repeated_types():
    """{name: files} of the hidden types that more than one file defines."""
    places = collections.defaultdict(set)
    for path in sources():
        for names in TYPE.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))):
            name = next(filter(None, names))
            places[name].add(short(path))
    declared = {name: files for name, files in places.items() if len(files) > 1}
    return {name: sorted(files) for name, files in declared.items() if not is_forward(name, files)}


def is_forward(name, files):
    """Whether all but one file only name the type in advance: typedef struct mtmi_x mtmi_x;"""
    forward = re.compile(rf"^typedef\s+(?:struct|enum|union)\s+{name}\s+{name}\s*;", re.MULTILINE)
    body = re.compile(rf"(?:struct|enum|union)\s+{name}\s*\{{|^\}}\s*{name}\s*;", re.MULTILINE)
    texts = [COMMENT.sub("", (LIB / file).read_text(encoding="utf-8")) for file in files]
    return sum(bool(body.search(text)) for text in texts) <= 1 and all(body.search(t) or forward.search(t) for t in texts)


def complex_functions(most):
    """{"file: function": complexity} of those above; None where pmccabe is not installed."""
    if shutil.which("pmccabe") is None:
        return None
    files = [str(path.relative_to(SOURCE)) for path in sources() + sorted((SOURCE / "examples").rglob("*.c")) if path.suffix == ".c"]
    lines = subprocess.run(["pmccabe", *files], cwd=SOURCE, check=True, capture_output=True, text=True).stdout
    found = {}
    for line in lines.splitlines():
        _, complexity, _, _, _, place, function = line.split(None, 6)
        if int(complexity) > most:
            found[f"{place.partition('(')[0]}: {function}"] = int(complexity)
    return found


def main():
    arrows = includes() | calls()
    for circle in circles(arrows):
        print(f"circle: {' '.join(circle)}")
        for pair in sorted(arrows):
            if set(pair) <= set(circle):
                print(f"    {pair[0]} -> {pair[1]}: {arrows[pair]}")
    for name, files in sorted(repeated_types().items()):
        print(f"type: {name}: {', '.join(files)}")
    for place, number in sorted((complex_functions(20) or {}).items()):
        print(f"complexity: {place}: {number}")


if __name__ == "__main__":
    main()
