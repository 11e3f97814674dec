"""Postcodes are packed and come back as they were; what is no postcode, or not in the list, is nothing."""

from itertools import product

import numpy as np
import pytest

from metrics.domain.geography import LETTERS, Postcodes, pack_codes, postcode_parts, unpack_codes

EVERY = ["".join(code) for code in product("0123456789", LETTERS, LETTERS)]


@pytest.mark.parametrize("share", [0.001, 0.02, 0.5, 1.0])
def test_what_is_packed_comes_back(share):
    random = np.random.default_rng(4)
    chosen = sorted(random.choice(EVERY, size=max(1, int(share * len(EVERY))), replace=False).tolist())
    assert sorted(unpack_codes(pack_codes(chosen))) == chosen


@pytest.mark.parametrize("text", ["", "Kingston", "KT1 1CU", "KT", "1EU", "KT1 1EU2", "KT1 EU1", "SW1A 1A", "K.T1"])
def test_what_is_no_postcode_is_none(text):
    assert postcode_parts(text) is None


@pytest.mark.parametrize(("text", "code"), [("sw1a1aa", ("SW1A", "1AA")), (" e1w 1bj ", ("E1W", "1BJ")), ("KT111EU", ("KT11", "1EU"))])
def test_a_postcode_is_read_however_it_is_written(text, code):
    assert postcode_parts(text) == code


def test_an_unknown_postcode_has_no_ward():
    known = Postcodes("", "", {"KT1": {"W1": pack_codes(["1EU"])}})
    assert (known.ward("KT1", "1EU"), known.ward("KT1", "1EX"), known.ward("KT2", "1EU")) == ("W1", None, None)
    assert known.wards("KT2") == {}
