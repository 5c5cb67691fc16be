"""A resource's JSON from keyword arguments: what a data package would say about a table."""

from __future__ import annotations

import json
import re
from typing import Any, Mapping, Union

Role = Union[str, "tuple[str, str]", "Mapping[str, Any]"]


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


def _field(name: str, role: Role) -> "dict[str, Any]":
    if isinstance(role, str):
        return {"name": name, "mtm": {"role": role}}
    if isinstance(role, tuple):
        if len(role) != 2 or role[0] != "dimension":
            raise ValueError(f"roles[{name!r}]: expected ('dimension', NAME)")
        return {"name": name, "mtm": {"role": "dimension", "dimension": role[1]}}
    own = {"name", "type", "format", "groupChar", "decimalChar", "bareNumber", "missingValues"}
    return {"name": name, **{k: v for k, v in role.items() if k in own},
            "mtm": {k: v for k, v in role.items() if k not in own}}


def plain_name(name: str) -> str:
    """What a resource is called after its file: "folder/arrivals.csv.gz" is "arrivals"."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.split(".", 1)[0] or last or "data"


def resource_json(name: str, roles: "Mapping[str, Role] | None", properties: "Mapping[str, Any]",
                  **top: Any) -> str:
    """`properties` become the resource's `mtm`; snake_case names are those of docs/data-package.md."""
    resource: dict[str, Any] = {"name": name, **top}
    if roles:
        resource["schema"] = {"fieldsMatch": ["partial"], "fields": [_field(n, r) for n, r in roles.items()]}
    mtm = {_camel(key): value for key, value in properties.items() if value is not None}
    if mtm:
        resource["mtm"] = mtm
    return json.dumps(resource, ensure_ascii=False)
