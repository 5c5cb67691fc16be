"""Prints this machine's sources of Debian packages in the one-line form, for a suite. Usage: sources.py SUITE

Sources of other origins are left out: a machine that has none of them is what is tested. Without a keyring named, apt trusts
what it trusts for this machine.
"""
import pathlib
import re
import sys

OFFICIAL = re.compile(r"/debian(-security)?/?$")


def blocks(text):
    """The stanzas of a deb822 file as dictionaries."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        fields = {}
        for line in lines:
            if line[0].isspace():
                fields[last] += " " + line.strip()
            else:
                last, _, value = line.partition(":")
                last = last.strip().lower()
                fields[last] = value.strip()
        if fields:
            yield fields


def from_sources(text):
    """(options, address, suite, components) of each source of a .sources file."""
    for fields in blocks(text):
        if fields.get("enabled", "yes").lower() in ("no", "false") or "deb" not in fields.get("types", "").split():
            continue
        key = fields.get("signed-by", "")
        options = f"[signed-by={key}] " if key.startswith("/") and " " not in key else ""
        for address in fields["uris"].split():
            for suite in fields["suites"].split():
                yield options, address, suite, fields.get("components", "main")


def from_list(text):
    """The same of a .list file."""
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+([^#]*)", line)
        if match:
            yield match.group(1) or "", match.group(2), match.group(3), match.group(4).strip()


def all_sources():
    folder = pathlib.Path("/etc/apt")
    for path in sorted((folder / "sources.list.d").glob("*.sources")):
        yield from from_sources(path.read_text())
    for path in [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*.list"))]:
        if path.exists():
            yield from from_list(path.read_text())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    printed = set()
    for options, address, suite, components in all_sources():
        if not OFFICIAL.search(address):
            continue
        release, _, pocket = suite.partition("-")
        if pocket not in ("", "updates", "security"):
            continue
        line = f"deb {options}{address} {sys.argv[1]}{'-' + pocket if pocket else ''} {components}"
        if line not in printed:
            print(line)
        printed.add(line)


if __name__ == "__main__":
    main()
