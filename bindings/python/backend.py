"""Builds wheels and source archives of libmtm with CMake: a PEP 517 backend that needs nothing but the standard library.

The wheel carries libmtm.so beside the extension. CMake, SWIG and the libraries libmtm needs must be installed.
"""

import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE if (HERE / "lib").is_dir() else HERE.parents[1]
SOURCES = ["CMakeLists.txt", "LICENSE", "README.md", "include", "lib", "bindings", "pkgconfig", "docs/data-package.schema.json"]
EPOCH = (1980, 1, 1, 0, 0, 0)


def _version():
    return re.search(r"project\(mtm VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)


def _metadata(version):
    return "\n".join([
        "Metadata-Version: 2.1", "Name: libmtm", f"Version: {version}",
        "Summary: Migration statistics of the Mobility Tracking Matrix, from many agencies' files to one report",
        "License: MIT", "Requires-Python: >=3.9", "Provides-Extra: pandas", 'Requires-Dist: pandas; extra == "pandas"',
        "Provides-Extra: plot", 'Requires-Dist: matplotlib; extra == "plot"', "Provides-Extra: progress",
        'Requires-Dist: tqdm; extra == "progress"', "Description-Content-Type: text/markdown", "",
        (HERE / "README.md").read_text(encoding="utf-8")])


def _tag():
    python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return f"{python}-{python}-{platform}"


def _build(folder):
    """The package as it is to be installed, with libmtm inside."""
    build, tree = folder / "build", folder / "tree"
    for program in ("cmake", "swig"):
        if shutil.which(program) is None:
            raise SystemExit(f"building libmtm needs {program}; on Debian: apt install {program}")
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    subprocess.run(["cmake", "-S", str(ROOT), "-B", str(build), *generator, "-DCMAKE_BUILD_TYPE=Release",
                    "-DMTM_BUILD_PYTHON=ON", "-DMTM_BUILD_TESTS=OFF", "-DMTM_BUILD_PROGRAM=OFF",
                    f"-DPython3_EXECUTABLE={sys.executable}", "-DMTM_PYTHON_DESTINATION=.",
                    "-DCMAKE_INSTALL_LIBDIR=mtm"], check=True)
    subprocess.run(["cmake", "--build", str(build), "--parallel", str(os.cpu_count() or 1)], check=True)
    subprocess.run(["cmake", "--install", str(build), "--prefix", str(tree), "--component", "python"], check=True)
    library = next(path for path in (build / "lib").glob("libmtm.so.*") if re.fullmatch(r"libmtm\.so\.\d+", path.name))
    shutil.copyfile(library, tree / "mtm" / library.name)  # under its soname, which is a number of its own
    return tree


def _write(archive, name, data, lines):
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = (0o755 if ".so" in name else 0o644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    lines.append(f"{name},sha256={digest},{len(data)}")


def _wheel(tag):
    return f"Wheel-Version: 1.0\nGenerator: libmtm\nRoot-Is-Purelib: false\nTag: {tag}\n"


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    info = pathlib.Path(metadata_directory) / f"libmtm-{_version()}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(_metadata(_version()), encoding="utf-8")
    (info / "WHEEL").write_text(_wheel(_tag()), encoding="utf-8")
    return info.name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    version, tag = _version(), _tag()
    info = f"libmtm-{version}.dist-info"
    name = f"libmtm-{version}-{tag}.whl"
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        tree = _build(pathlib.Path(folder))
        with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as archive:
            for path in sorted(p for p in (tree / "mtm").iterdir() if p.is_file()):
                _write(archive, f"mtm/{path.name}", path.read_bytes(), lines)
            _write(archive, f"{info}/METADATA", _metadata(version).encode(), lines)
            _write(archive, f"{info}/WHEEL", _wheel(tag).encode(), lines)
            _write(archive, f"{info}/LICENSE", (ROOT / "LICENSE").read_bytes(), lines)
            lines.append(f"{info}/RECORD,,")
            _write(archive, f"{info}/RECORD", ("\n".join(lines) + "\n").encode(), [])
    return name


def build_sdist(sdist_directory, config_settings=None):
    version = _version()
    base = f"libmtm-{version}"
    with tarfile.open(os.path.join(sdist_directory, f"{base}.tar.gz"), "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for source in SOURCES:
            for path in sorted([ROOT / source] if (ROOT / source).is_file() else (ROOT / source).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.add(path, f"{base}/{path.relative_to(ROOT)}", recursive=False)
        for name in ("pyproject.toml", "backend.py"):  # at the top, where installers look
            archive.add(HERE / name, f"{base}/{name}", recursive=False)
        with tempfile.NamedTemporaryFile("w", suffix="PKG-INFO", encoding="utf-8") as info:
            info.write(_metadata(version))
            info.flush()
            archive.add(info.name, f"{base}/PKG-INFO", recursive=False)
    return f"{base}.tar.gz"
