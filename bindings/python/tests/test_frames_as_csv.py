"""A frame becomes the dataset that its CSV becomes: the same observations, or a refusal of the same row for the same reason."""

import random
import re

import pandas
import pytest

import mtm


def random_table(seed):
    chance = random.Random(seed)
    n = chance.randrange(1, 60)
    months = chance.sample([f"{year}-{month:02d}" for year in range(2018, 2025) for month in range(1, 13)], min(n, 60))
    pick = lambda *of: [chance.choice(of) for _ in range(n)]  # noqa: E731
    wrong = chance.random() < 0.4
    values = [chance.choice([1, 20, 3000]) for _ in range(n)]
    kind = chance.choice(["int", "float", "text", "missing", "text"])
    if kind == "float":
        values = [value + chance.choice([0, 0.5, 0.25]) for value in values]
    elif kind == "missing":
        values = pandas.array([None if chance.random() < 0.2 else value for value in values], dtype="Int64")
    elif kind == "text":
        values = [chance.choice([str(value), f"{value}.5", "..", "n/a"] + (["ten"] if wrong else [])) for value in values]
    frame = pandas.DataFrame({
        "period": chance.choice([months, [chance.choice(months) for _ in range(n)] if wrong else months]),
        "citizenship": pick("KAZ", "UZB", "Узбекистан", "Narnia", *(["Total", ""] if wrong else [])),
        "sex": pick("F", "M", *(["?"] if wrong else [])),
        "value": values})
    for column in ("citizenship", "sex", "period"):
        if chance.random() < 0.4:
            frame[column] = frame[column].astype("category")
    if chance.random() < 0.3:
        frame["note"] = pick("a,b", "say \"so\"", "x")
    return frame.iloc[::-1] if chance.random() < 0.2 else frame


def outcome(make, lines_above):
    roles = {"period": "period", "value": "value", "citizenship": ("dimension", "citizenship"), "sex": ("dimension", "sex"),
             "note": "ignore"}
    try:
        dataset = make(roles)
    except mtm.MtmError as error:
        message = re.sub(r"line (\d+)", lambda found: f"row {int(found[1]) - lines_above}", error.message)
        return error.status, error.code, error.line and error.line - lines_above, message
    table = [line.rsplit(",", 1)[0] for line in dataset.to_csv().splitlines()]
    return table, dataset.decimals, [int(line) - lines_above for line in dataset.view("lines")]


@pytest.mark.parametrize("seed", range(80))
def test_a_frame_is_its_csv(seed):
    frame = random_table(seed)
    said = {"concept": "border-crossings", "unit": "persons", "name": "data"}

    def roles_of(roles):
        return {name: role for name, role in roles.items() if name in frame.columns}

    by_column = outcome(lambda roles: mtm.Dataset.from_pandas(frame, roles=roles_of(roles), **said), 0)
    as_text = outcome(lambda roles: mtm.Dataset.from_csv(frame.to_csv(index=False), roles=roles_of(roles), **said), 1)
    assert by_column == as_text
