"""Each public header compiles alone, as C and as C++, with every warning an error; every public function is documented."""
import pathlib
import re
import shutil
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HEADERS = sorted((SOURCE / "include").rglob("*.h"))
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-Wshadow"]


class Headers(unittest.TestCase):
    def compile(self, compiler, language, standard, header):
        if shutil.which(compiler) is None:
            self.skipTest(f"{compiler} is not installed")
        name = header.relative_to(SOURCE / "include").as_posix()
        result = subprocess.run([compiler, f"-std={standard}", *WARNINGS, "-fsyntax-only", f"-I{SOURCE / 'include'}",
                                 "-x", language, "-"], input=f"#include <{name}>\n#include <{name}>\n",
                                capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, f"{name} as {standard}:\n{result.stderr}")

    def test_compile_alone(self):
        for header in HEADERS:
            for compiler, language, standard in (("cc", "c", "c11"), ("c++", "c++", "c++11"),
                                                 ("c++", "c++", "c++20")):
                with self.subTest(header=header.name, standard=standard):
                    self.compile(compiler, language, standard, header)

    def test_every_function_says_since_when(self):
        for header in HEADERS:
            text = header.read_text(encoding="utf-8")
            for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)\s*MTM_API [^;(]*?(\w+)\(", text, re.DOTALL):
                with self.subTest(function=match.group(2)):
                    self.assertIn("@since", match.group(1))
            self.assertEqual(len(re.findall(r"^MTM_API", text, re.MULTILINE)),
                             len(re.findall(r"\*/\s*MTM_API", text)), f"{header.name}: a function without a comment")

    def test_nothing_is_inline(self):
        for header in HEADERS:
            self.assertNotRegex(header.read_text(encoding="utf-8"), r"\binline\b")


if __name__ == "__main__":
    unittest.main()
