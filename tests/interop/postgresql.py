"""The PostgreSQL extension on a real server: its regression tests in PostgreSQL's own form, parallel plans, kills. Not part
of the base tests; it needs a PostgreSQL 15 or later with its development files, and a libmtm that is installed:

    PKG_CONFIG_PATH=/opt/mtm/lib/pkgconfig python3 tests/interop/postgresql.py [--update]

The server, its programs and its data are copies in a temporary folder, it listens on a socket there alone, and it ends with
the test. The end is 77, and said so, when something is missing."""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
EXTENSION = SOURCE / "bindings/postgresql"
SPECIFICATION = '{"groupings": [{"by": ["direction"]}, {"by": ["direction", "citizenship"], "period": "month"}]}'


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def asked(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


class Server:
    """A server of its own: programs, libraries and shared files copied, so that nothing of the system's is written to."""

    def __init__(self, folder):
        self.folder = folder
        try:
            told = {name: asked("pg_config", f"--{name}") for name in ("bindir", "pkglibdir", "sharedir")}
            asked("pkg-config", "--exists", "mtm")
        except (OSError, subprocess.CalledProcessError) as missing:
            skip(f"no pg_config, or pkg-config does not know mtm: {missing}")
        if not pathlib.Path(asked("pg_config", "--pgxs")).exists():
            skip("the server's development files are not installed")
        self.user = [] if os.getuid() else ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        root = folder / "root"
        for place in told.values():
            shutil.copytree(place, root / place.lstrip("/"), symlinks=False, ignore_dangling_symlinks=True)
        self.bin = root / told["bindir"].lstrip("/")
        build = folder / "build"
        shutil.copytree(EXTENSION, build)
        subprocess.run(["make", "-s", "install", f"DESTDIR={root}"], cwd=build, check=True)
        self.build = build
        if self.user:
            nobody = pwd.getpwnam("nobody").pw_uid
            for path in [folder, *folder.rglob("*")]:
                os.lchown(path, nobody, -1)

    def run(self, *command, **options):
        environment = dict(os.environ, PGHOST=str(self.folder), PGUSER="tester", PGDATABASE="postgres", LC_ALL="C.UTF-8",
                           HOME=str(self.folder))
        return subprocess.run([*self.user, *map(str, command)], env=environment, cwd=self.folder, **options)

    def start(self):
        data = self.folder / "data"
        if not data.exists():
            self.run(self.bin / "initdb", "-D", data, "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust",
                     check=True, stdout=subprocess.DEVNULL)
        settings = (f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_parallel_workers_per_gather=4 "
                    "-c max_parallel_workers=8 -c log_min_messages=panic")
        self.run(self.bin / "pg_ctl", "-w", "-D", data, "-l", self.folder / "log", "-o", settings, "start", check=True,
                 stdout=subprocess.DEVNULL)

    def stop(self):
        self.run(self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", stdout=subprocess.DEVNULL)

    def ask(self, text, check=True):
        done = self.run(self.bin / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text, capture_output=True,
                        text=True)
        if check and done.returncode != 0:
            raise AssertionError(f"{text}\n{done.stderr}")
        return done.stdout.strip()


def regression(server, update):
    """As pg_regress runs it."""
    with open(server.build / "sql/mtm.sql", encoding="utf-8") as script:
        done = server.run(server.bin / "psql", "-X", "-a", "-q", "-d", "postgres", stdin=script, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    expected = EXTENSION / "expected/mtm.out"
    if update:
        expected.write_text(done.stdout, encoding="utf-8")
    if done.stdout != expected.read_text(encoding="utf-8"):
        (server.folder / "found").write_text(done.stdout, encoding="utf-8")
        subprocess.run(["diff", str(expected), str(server.folder / "found")])
        raise AssertionError("the regression test prints something else")


def parallel(server, rows=400000):
    server.ask(f"""CREATE TABLE many AS SELECT date '2022-01-01' + (n * 7) % 1000 AS date,
        CASE n % 3 WHEN 0 THEN 'in' ELSE 'out' END AS direction,
        (ARRAY['UZB', 'KGZ', 'TJK', 'Atlantis', NULL])[1 + n % 5] AS citizenship FROM generate_series(1, {rows}) n""")
    server.ask("ALTER TABLE many SET (parallel_workers = 4)")
    server.ask("ANALYZE many")
    query = f"SELECT mtm_count('{SPECIFICATION}', m) FROM many m"
    table = f"SELECT * FROM mtm_finish(({query}))"
    easy = "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; "
    plan = server.ask(easy + "EXPLAIN " + query)
    assert "Partial Aggregate" in plan and "Workers Planned: 4" in plan, plan
    one = server.ask("SET max_parallel_workers_per_gather = 0; " + table)
    assert server.ask(easy + table).splitlines()[-len(one.splitlines()) + 1:] == one.splitlines()[1:], "workers show"
    sets = server.ask("""SELECT extract(year FROM date) || '-Q' || extract(quarter FROM date), upper(direction), count(*)
        FROM many GROUP BY 1, 2 ORDER BY 1, 2""")
    ours = server.ask(f"SELECT period, members[1], value FROM mtm_finish(({query}), 'quarter-direction') ORDER BY 1, 2")
    assert ours == sets, (ours, sets)
    return query, one


def kills(server, query, one, n=3):
    """A backend that is killed in the middle takes its query with it and nothing else."""
    slow = f"SELECT * FROM mtm_finish((SELECT mtm_count('{SPECIFICATION}', m) FROM many m, generate_series(1, 40)))"
    for _ in range(n):
        asking = subprocess.Popen([*server.user, str(server.bin / "psql"), "-X", "-h", str(server.folder), "-U", "tester",
                                   "-d", "postgres", "-c", slow], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pid = ""
        while not pid:
            time.sleep(0.2)
            pid = server.ask("SELECT pid FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 40)%' "
                             "AND pid <> pg_backend_pid() AND leader_pid IS NULL LIMIT 1")
        os.kill(int(pid), signal.SIGKILL)
        asking.wait(timeout=60)
        for _ in range(100):  # the server recovers
            if server.ask("SELECT 1", check=False) == "1":
                break
            time.sleep(0.2)
        assert server.ask(f"SET max_parallel_workers_per_gather = 0; SELECT * FROM mtm_finish(({query}))") == one
    asking = subprocess.Popen([*server.user, str(server.bin / "psql"), "-X", "-h", str(server.folder), "-U", "tester", "-d",
                               "postgres", "-c", "SET statement_timeout = 300; " + slow], stderr=subprocess.PIPE, text=True)
    assert "cancel" in asking.communicate(timeout=60)[1]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        server = Server(folder)
        server.start()
        try:
            regression(server, "--update" in sys.argv[1:])
            print("regression: as expected")
            query, one = parallel(server)
            print("parallel: 0 and 4 workers give the same table, which is that of GROUP BY")
            kills(server, query, one)
            print("kills: the server recovers, the next answer is right")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
