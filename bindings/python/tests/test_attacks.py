"""A hundred attacks and more, each in a process of its own: no crash, no hang, no wrong value."""

import attacks
import pytest


@pytest.mark.parametrize("attack", attacks.ATTACKS, ids=lambda attack: attack.name)
def test_attack(attack):
    if attack.missing:
        pytest.skip(f"{', '.join(attack.missing)} not installed")
    wrong = attacks.run(attack)
    assert wrong == ""


def test_there_are_a_hundred():
    assert len([one for one in attacks.ATTACKS if not one.needs]) >= 100
