import numpy as np
import pytest
from numba import njit

from foedus.chance.philox import philox4x32

# Known answers for philox4x32 with 10 rounds, from the kat_vectors of the Random123 distribution
# (Salmon, Moraes, Dror & Shaw 2011).
KNOWN_ANSWERS = [
    ((0x00000000,) * 4, (0x00000000,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


def words(*values):
    return [np.uint64(value) for value in values]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_known_answers(counter, key, answer):
    assert tuple(int(word) for word in philox4x32(*words(*counter), *words(*key))) == answer


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_compiled_philox_gives_the_published_known_answers(counter, key, answer):
    compiled = njit(philox4x32)
    assert tuple(int(word) for word in compiled(*words(*counter), *words(*key))) == answer
