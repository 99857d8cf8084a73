import numpy as np

from foedus.chance.stream import high_below, keyed, low_below, unit_single

# SplitMix64 from the start 1234567: the first five outputs that the reference implementations give
# (Vigna's splitmix64.c; Rosetta Code, 'Pseudo-random numbers/Splitmix64').
KNOWN = (
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
)


def test_a_stream_gives_the_known_answers_of_splitmix64():
    start = np.uint64(1234567)
    assert tuple(int(keyed(start, np.uint64(n))) for n in range(len(KNOWN))) == KNOWN


def test_numbers_below_a_bound_are_uniform_by_both_halves():
    bits = [np.uint64(keyed(np.uint64(7), np.uint64(n))) for n in range(20_000)]
    for below in (low_below, high_below):
        counts = np.bincount([int(below(b, 7)) for b in bits], minlength=7)
        expected = len(bits) / 7
        chi_square = float(((counts - expected) ** 2 / expected).sum())
        assert counts.sum() == len(bits)
        assert chi_square < 27.9  # the 0.9999 quantile with 6 degrees of freedom


def test_unit_numbers_lie_in_the_half_open_interval_and_fill_it():
    values = np.array([unit_single(np.uint64(keyed(np.uint64(3), np.uint64(n)))) for n in range(20_000)])
    assert values.min() >= 0.0
    assert values.max() < 1.0
    assert abs(values.mean() - 0.5) < 5 * np.sqrt(1 / 12 / len(values))
    assert unit_single(np.uint64(2**64 - 1)) < 1.0
