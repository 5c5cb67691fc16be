"""The public interface as the headers of include/ declare it, for test_layout.py, test_abidiff.py and update-abi.

`layout` is a text: the size of every public struct, offset and size of each of its members, the value of every enum constant.
`probe` is a shared object that holds every public struct and a pointer to every public function: what abidw describes and
abidiff compares. It has no private type in it, and nothing of it depends on how the library is written.
"""
import pathlib
import re
import subprocess
import tempfile

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
STRUCT = re.compile(r"typedef struct (\w+) \{(.*?)\n\} \1;", re.DOTALL)
TAGGED = re.compile(r"^(struct \w+) \{(.*?)\n\};", re.DOTALL | re.MULTILINE)
ENUM = re.compile(r"typedef enum (\w+) \{(.*?)\n\} \1;", re.DOTALL)
FUNCTION = re.compile(r"^MTM_API\s[^;]*?(\w+)\(", re.MULTILINE)


class Headers:
    """What the headers of a folder declare. The folder may be a copy."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        text = "".join(COMMENT.sub("", path.read_text(encoding="utf-8")) for path in sorted((self.folder / "mtm").glob("*.h")))
        self.structs = {name: self.members(body) for name, body in STRUCT.findall(text) + TAGGED.findall(text)}
        self.enums = {name: re.findall(r"^\s*(MTM_\w+)", body.replace(",", "\n"), re.MULTILINE) for name, body in ENUM.findall(text)}
        self.functions = sorted(FUNCTION.findall(text))
        for kind, found in (("struct", self.structs), ("enum", self.enums)):
            declared = len(re.findall(rf"\b{kind}\b[^;(){{]*\{{", text))
            if declared != len(found):
                raise ValueError(f"the headers have {declared} bodies of {kind}, of which {len(found)} are typedef {kind} NAME {{...}} NAME;")

    @staticmethod
    def members(body):
        """Names in their order; a declaration may have several, or be a pointer to a function."""
        names = []
        for declaration in body.split(";"):
            pointer = re.search(r"\(\s*\*\s*(\w+)\s*\)\s*\(", declaration)
            if pointer:
                names.append(pointer.group(1))
            elif declaration.strip():
                names += [re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*$", part.strip()).group(1) for part in declaration.split(",")]
        return names

    def compile(self, source, out, *flags):
        run = subprocess.run(["cc", "-std=gnu11", "-DMTM_STATIC", f"-I{self.folder}", *flags, "-o", str(out), "-x", "c", "-"],
                             input=source, capture_output=True, text=True)
        if run.returncode != 0:
            raise ValueError(f"the headers do not compile:\n{run.stderr}")

    def layout(self):
        lines = ['#include <mtm.h>', '#include <stddef.h>', '#include <stdio.h>', 'int main(void) {',
                 'printf("pointer %zu\\n", sizeof(void *));']
        for name, members in sorted(self.structs.items()):
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            lines += [f'printf("    %zu +%zu {member}\\n", offsetof({name}, {member}), sizeof((({name} *)0)->{member}));'
                      for member in members]
        for name, constants in sorted(self.enums.items()):
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            lines += [f'printf("    {constant} %lld\\n", (long long){constant});' for constant in constants]
        lines += ["return 0;", "}"]
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder, "layout")
            self.compile("\n".join(lines) + "\n", program)
            return subprocess.run([program], check=True, capture_output=True, text=True).stdout

    def probe(self, out):
        """Writes the shared object."""
        lines = ["#include <mtm.h>"]
        lines += [f"{name} probe_of_{name.split()[-1]};" for name in sorted({**self.structs, **self.enums})]
        lines += [f"__typeof__({name}) *probe_of_{name};" for name in self.functions]
        self.compile("\n".join(lines) + "\n", out, "-g", "-shared", "-fPIC", "-Wno-pedantic")

    def abi(self, out):
        """Writes what abidw says of the probe."""
        with tempfile.TemporaryDirectory() as folder:
            probe = pathlib.Path(folder, "libmtm.so")
            self.probe(probe)
            subprocess.run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed",
                            "--no-architecture", "--out-file", str(out), str(probe)], check=True)

    def abidiff(self, recorded):
        """Compares the probe with a record: exit status of abidiff, and what it says."""
        with tempfile.TemporaryDirectory() as folder:
            probe = pathlib.Path(folder, "libmtm.so")
            self.probe(probe)
            run = subprocess.run(["abidiff", "--no-architecture", "--harmless", str(recorded), str(probe)], capture_output=True,
                                 text=True)
            return run.returncode, run.stdout + run.stderr
