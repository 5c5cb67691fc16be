"""Attacks on the package: awkward values, memory, calls and engines, each in its own process, each with what must come of it.

An attack is a function that returns what it saw. `expect` says what that must be, `refuse` which exception must end it and which
words its message must have. A signal, another answer, or no answer in a minute is a failure."""

import dataclasses
import importlib.util
import os
import re
import signal
import sys
import traceback
from typing import Any, Callable

MOST_SECONDS = 60


@dataclasses.dataclass(frozen=True)
class Attack:
    """A function, and the one right outcome of calling it."""

    name: str
    function: Callable[[], Any]
    expected: Any = None
    refusal: "type[BaseException] | tuple[type[BaseException], ...] | None" = None
    words: str = ""
    needs: "tuple[str, ...]" = ()

    @property
    def missing(self):
        return [name for name in self.needs if importlib.util.find_spec(name) is None]


ATTACKS: "list[Attack]" = []


def _add(attack):
    assert attack.name not in [one.name for one in ATTACKS], attack.name
    ATTACKS.append(attack)


def expect(expected, needs=()):
    """The attacked call must return this."""
    def keep(function):
        _add(Attack(function.__name__, function, expected, needs=tuple(needs)))
        return function
    return keep


def refuse(refusal, words="", needs=()):
    """The attacked call must raise this, with these words in the message (a regular expression)."""
    def keep(function):
        _add(Attack(function.__name__, function, None, refusal, words, tuple(needs)))
        return function
    return keep


def _judge(attack):
    """What was wrong; "" for nothing."""
    try:
        answer = attack.function()
    except BaseException as error:  # noqa: BLE001
        if attack.refusal is not None and isinstance(error, attack.refusal) and re.search(attack.words, str(error)):
            return ""
        return "".join(traceback.format_exception(error))
    if attack.refusal is not None:
        return f"was not refused: {answer!r}"
    return "" if answer == attack.expected else f"found {answer!r}\nexpected {attack.expected!r}"


def _be_attacked(attack, out):
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(MOST_SECONDS)
    wrong = _judge(attack)
    os.write(out, wrong.encode("utf-8", "replace")[-4000:])
    sys.stdout.flush()
    os._exit(1 if wrong else 0)


def run(attack):
    """Runs an attack in a process of its own; says what was wrong, "" for nothing."""
    into, out = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(into)
        _be_attacked(attack, out)
    os.close(out)
    with os.fdopen(into, "rb") as file:
        wrong = file.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return f"no answer in {MOST_SECONDS} s" if number == signal.SIGALRM else f"ended by {signal.Signals(number).name}"
    return wrong or ("" if os.WEXITSTATUS(status) == 0 else f"ended with {os.WEXITSTATUS(status)}")


from . import calls, engines, memory, numbers, times  # noqa: E402,F401
