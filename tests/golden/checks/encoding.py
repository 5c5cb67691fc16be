"""Bytes that are text, in which encoding, and bytes that are none."""

import codecs
import datetime

from .case import MARK, check, group, resource

TABLE = "period,country,persons\n2024-Q1,Россия,100\n2024-Q2,Китай,200\n"
KAZAKH = "period,country,persons\n2024-Q1,Ресей,100\n2024-Q2,Өзбекстан,200\n2024-Q3,Қырғызстан,300\n"
LONG = "period,country,persons\n" + "".join(f"{y},{c},{y - 2000}\n" for y in range(2001, 2021) for c in
                                            ("Россия", "Китай", "Узбекистан", "Германия", "Турция", "Беларусь"))


STRANGE = "period,country,persons\n" + "".join(f"{y},{c},{y - 2000}\n" for y in range(2001, 2021) for c in
                                         ("Петя", "Вася", "Коля", "Женя", "Саша", "Боря"))


def declared(encoding):
    described = resource()
    described["encoding"] = encoding
    return described


def broken(name, bad, before=b"period,country,persons\n2024-Q1,", after=b",100\n2024-Q2,KGZ,200\n", **more):
    """Bytes that are no text, in the second line."""
    check(name, before + bad + after, "error", None, None, "error CHARACTER|error ENCODING", line=2, **more)


group("encoding")

check("UTF-8", TABLE, "ok", (3, 2, 0, 1), "300")
check("UTF-8 with a byte order mark", codecs.BOM_UTF8 + TABLE.encode(), "ok", (3, 2, 0, 1), "300")
check("a byte order mark before a quoted header", codecs.BOM_UTF8 + '"period","country","persons"\n"2024-Q1","UZB","5"\n'.encode(),
      "ok", (2, 1, 0, 1), "5")
for name, mark in [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-32-le", codecs.BOM_UTF32_LE),
                   ("utf-32-be", codecs.BOM_UTF32_BE)]:
    check(f"{name} with its byte order mark", mark + TABLE.encode(name), "ok", (3, 2, 0, 1), "300")
    check(f"{name} declared", TABLE.encode(name), "ok", (3, 2, 0, 1), "300", resource=declared(name[:-3] + name[-2:]))
    check(f"{name} without a mark", TABLE.encode(name), "error", None, None, "error CHARACTER|error ENCODING")
check("utf-16 that ends in half a character", codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le") + b"\x31", "rejected-rows|error", None, None,
      "error CHARACTER|error ENCODING")
check("utf-16 with half a pair", codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le").replace("Р".encode("utf-16-le"), b"\x00\xd8"), "rejected-rows|error",
      None, None, "error CHARACTER|error ENCODING")
check("utf-32 beyond the last character", codecs.BOM_UTF32_LE + TABLE.encode("utf-32-le")[:-4] + b"\x00\x00\x11\x00", "rejected-rows|error", None, None,
      "error CHARACTER|error ENCODING")

for name in ["windows-1251", "cp866", "koi8-r", "iso-8859-5", "macintosh"]:
    if name != "macintosh":
        check(f"{name} declared", TABLE.encode(name), "ok", (3, 2, 0, 1), "300", resource=declared(name))
    check(f"{name} undeclared", TABLE.encode(name if name != "macintosh" else "mac-cyrillic"), "error", None, None,
          "error CHARACTER|error ENCODING", line=2, column=9)
check("cp1251 is windows-1251", TABLE.encode("cp1251"), "ok", (3, 2, 0, 1), "300", resource=declared("cp1251"))
check("KZ-1048 declared", KAZAKH.encode("kz1048"), "ok", (4, 3, 0, 1), "600", resource=declared("kz-1048"))
check("KZ-1048 undeclared is named", KAZAKH.encode("kz1048"), "error", None, None, "error CHARACTER|error ENCODING", says="1048")
check("windows-1251 undeclared, whose words are known", LONG.encode("cp1251"), "ok-with-notes", (121, 120, 0, 1), str(6 * sum(range(1, 21))),
      "note ENCODING", says="1251")
check("windows-1251 undeclared is named", STRANGE.encode("cp1251"), "error", None, None, "error CHARACTER|error ENCODING", says="1251")
check("windows-1251 guessed where that is allowed", STRANGE.encode("cp1251"), "ok-with-notes", (121, 120, 0, 1), str(6 * sum(range(1, 21))),
      "note ENCODING", guess=True)
check("KZ-1048 guessed where that is allowed", KAZAKH.encode("kz1048"), "ok-with-notes", (4, 3, 0, 1), "600",
      "note ENCODING", guess=True)
check("plain ASCII needs no guess", "period,country,persons\n2024-Q1,UZB,5\n", "ok", (2, 1, 0, 1), "5", guess=True)
check("plain ASCII under any declaration", "period,country,persons\n2024-Q1,UZB,5\n", "ok", (2, 1, 0, 1), "5", resource=declared("windows-1251"))
check("an encoding that nobody knows, and UTF-8", TABLE, "ok-with-notes|error", None, None, resource=declared("klingon"))
check("an encoding that nobody knows", TABLE.encode("cp1251"), "error", None, None, resource=declared("klingon"))
check("declared UTF-8 that is not", TABLE.encode("cp1251"), "rejected-rows", (3, 0, 2, 1), None, "error CHARACTER|error ENCODING", line=2, column=9,
      resource=declared("utf-8"))
check("Latin letters of another encoding", "period,country,persons\n2024-Q1,Côte d'Ivoire,5\n".encode("latin-1"), "error", None, None,
      "error CHARACTER|error ENCODING", line=2, column=10)

broken("half UTF-8, half windows-1251", "Россия".encode("cp1251"), before="period,country,persons\n2024-Q1,".encode(),
       after=",100\n2024-Q2,Китай,200\n".encode(), column=9)
broken("an overlong slash", b"\xc0\xaf", column=9)
broken("an overlong zero of three bytes", b"\xe0\x80\x80", column=9)
broken("a surrogate", b"\xed\xa0\x80", column=9)
broken("beyond the last character", b"\xf4\x90\x80\x80", column=9)
broken("a continuation byte alone", b"U\x80ZB", column=10)
broken("a byte that never occurs", b"\xff", column=9)
broken("a sequence that is cut", b"\xd0", column=9)
broken("a sequence cut by the end of the file", b"\xd0\xa0\xd0", after=b"", column=10)
check("a cut sequence in the last byte", "period,country,persons\n2024-Q1,UZB,5\n2024-Q2,Росс".encode() + b"\xd0", "error", None, None,
      "error CHARACTER|error ENCODING", line=3, column=13)
check("bad bytes far into the file", ("period,country,persons\n" + "".join(f"{datetime.date(1960, 1, 1) + datetime.timedelta(i)},UZB,5\n" for i in range(20000))).encode() + b"2024-Q2,\xcf,5\n", "error",
      None, None, "error CHARACTER|error ENCODING", line=20002, column=9)
check("a NUL in a label", b"period,country,persons\n2024-Q1,U\0ZB,100\n2024-Q2,KGZ,200\n", "rejected-rows", (3, 1, 1, 1), "200",
      "error CHARACTER", line=2, column=10)
check("a NUL in a number", b"period,country,persons\n2024-Q1,UZB,1\x005\n2024-Q2,KGZ,200\n", "rejected-rows", (3, 1, 1, 1), "200", "error CHARACTER",
      line=2, column=14)
check("a file of NULs", bytes(1000), "error", None, None)
check("NULs after the last row", b"period,country,persons\n2024-Q1,UZB,15\n" + bytes(100), "error|rejected-rows", None, None,
      "error CHARACTER|error ENCODING")
check("only a byte order mark", codecs.BOM_UTF8, "error", None, None, "error EMPTY")
check("letters with their marks apart", "period,country,persons\n2024-Q1,Кита\u0438\u0306,5\n", "ok", (2, 1, 0, 1), "5",
      observations=[("2024-Q1", "5", 2, "CHN")])
check("Latin Kazakh", "period,country,persons\n2024-Q1,О\u0301zbekstan,5\n".replace("О\u0301", "O\u0301"), "ok", (2, 1, 0, 1), "5",
      observations=[("2024-Q1", "5", 2, "UZB")])

group("invisible characters")

check("a zero-width space in a label", f"period,country,persons\n2024-Q1,Uzbeki{MARK}\u200bstan,5\n", "ok-with-notes", (2, 1, 0, 1), "5",
      "note INVISIBLE", observations=[("2024-Q1", "5", 2, "UZB")])
check("a zero-width space in the header", f"period,country,per{MARK}\u200bsons\n2024-Q1,UZB,5\n", "ok-with-notes", (2, 1, 0, 1), "5",
      "note INVISIBLE")
check("a soft hyphen in a label", f"period,country,persons\n2024-Q1,Uzbeki{MARK}\u00adstan,5\n", "ok-with-notes", (2, 1, 0, 1), "5",
      "note INVISIBLE", observations=[("2024-Q1", "5", 2, "UZB")])
check("text that is shown right to left", f"period,country,persons\n2024-Q1,UZB,{MARK}\u202e52\n2024-Q2,UZB,1\n", "rejected-rows", (3, 1, 1, 1),
      "1", "error NUMBER|error INVISIBLE")
check("an override in a label", f"period,country,persons\n2024-Q1,{MARK}\u202eBZU,5\n", "ok-with-notes|rejected-rows", (2, 1, 0, 1), None,
      "note INVISIBLE|note LABEL_UNKNOWN|error INVISIBLE")
check("a byte order mark inside the file", f"period,country,persons\n2024-Q1,UZB,5\n{MARK}\ufeff2024-Q2,UZB,6\n", "ok-with-notes|rejected-rows",
      None, None, "note INVISIBLE|error PERIOD|error INVISIBLE")
check("no-break spaces around everything", "period,\u00a0country,persons\u00a0\n\u00a02024-Q1\u00a0,UZB\u00a0,\u00a05\n", "ok", (2, 1, 0, 1), "5")
check("an escape sequence for a terminal", "period,country,persons\n2024-Q1,\x1b[31mUZB,5\n", "ok-with-notes|rejected-rows|error", None, None)
