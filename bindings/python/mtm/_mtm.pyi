# The generated floor: flat functions of the C names. Its types are the upper floor's business.
from typing import Any

def __getattr__(name: str) -> Any: ...
