"""Reads Arrow IPC files with the standard library alone: what the program writes, by another way than it was written."""
import struct


class Table:
    """A table of a flatbuffer: fields by number."""

    def __init__(self, data, at):
        self.data, self.at = data, at
        self.fields = at - struct.unpack_from("<i", data, at)[0]

    def where(self, field):
        size = struct.unpack_from("<H", self.data, self.fields)[0]
        step = struct.unpack_from("<H", self.data, self.fields + 4 + 2 * field)[0] if 4 + 2 * field < size else 0
        return self.at + step if step else None

    def number(self, field, form):
        at = self.where(field)
        return 0 if at is None else struct.unpack_from("<" + form, self.data, at)[0]

    def refer(self, field):
        at = self.where(field)
        return at + struct.unpack_from("<I", self.data, at)[0]

    def table(self, field):
        return Table(self.data, self.refer(field))

    def text(self, field):
        at = self.refer(field)
        return self.data[at + 4:at + 4 + struct.unpack_from("<I", self.data, at)[0]].decode()

    def tables(self, field):
        at = self.refer(field)
        places = range(at + 4, at + 4 + 4 * struct.unpack_from("<I", self.data, at)[0], 4)
        return [Table(self.data, place + struct.unpack_from("<I", self.data, place)[0]) for place in places]

    def structs(self, field, form):
        at, size = self.refer(field), struct.calcsize("<" + form)
        n = struct.unpack_from("<I", self.data, at)[0]
        assert (at + 4) % 8 == 0, "structs are aligned to eight bytes"
        return [struct.unpack_from("<" + form, self.data, at + 4 + i * size) for i in range(n)]


def root(data):
    return Table(data, struct.unpack_from("<I", data, 0)[0])


def column(field, nodes, buffers):
    """One column of a batch as a list."""
    (n, nulls), kind = next(nodes), field.number(2, "B")
    valid = next(buffers)
    assert nulls > 0 or not valid or kind == 5
    is_valid = [not valid or valid[i // 8] >> i % 8 & 1 for i in range(n)]
    assert is_valid.count(0) == nulls
    if kind == 2:
        return list(struct.unpack(f"<{n}q", next(buffers)[:8 * n]))
    if kind == 13:
        names = [child.text(0) for child in field.tables(5)]
        values = [column(child, nodes, buffers) for child in field.tables(5)]
        return [dict(zip(names, row)) for row in zip(*values)]
    ends = struct.unpack(f"<{n + 1}i", next(buffers)[:4 * n + 4])
    inside = next(buffers) if kind == 5 else column(field.tables(5)[0], nodes, buffers)
    parts = [inside[a:b] for a, b in zip(ends, ends[1:])]
    return [part.decode() if kind == 5 and ok else part if ok else None for part, ok in zip(parts, is_valid)]


def read(data):
    """Names and columns of a file."""
    assert data[:8] == b"ARROW1\0\0" and data[-6:] == b"ARROW1"
    size = struct.unpack("<i", data[-10:-6])[0]
    footer = root(data[-10 - size:-10])
    fields = footer.table(1).tables(1)
    out = {field.text(0): [] for field in fields}
    assert len(out) == len(fields), "every name comes once"
    for at, length, body in footer.structs(3, "qi4xq"):
        assert at % 8 == 0 and data[at:at + 4] == b"\xff\xff\xff\xff" and length % 8 == 0
        message = root(data[at + 8:at + length])
        assert message.number(1, "B") == 3 and message.number(3, "q") == body
        batch = message.table(2)
        nodes = iter(batch.structs(1, "qq"))
        buffers = (data[at + length + first:at + length + first + n] for first, n in batch.structs(2, "qq"))
        for field in fields:
            values = column(field, nodes, buffers)
            assert len(values) == batch.number(0, "q")
            out[field.text(0)] += values
        assert next(nodes, None) is None and next(buffers, None) is None
    return out
