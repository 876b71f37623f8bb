"""The numbers of src/numeric/random.ts: Philox4x32-10, number k of a seed, uniform on [0, 1) with 53 bits."""

import numpy as np

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def uniform(seed: int, count: int) -> np.ndarray:
    """Numbers 0 … count − 1 of the stream of `seed`."""
    place = np.arange(count, dtype=np.uint64)
    zero = np.zeros(count, dtype=np.uint64)
    counter = [place & LOW, place >> HALF, zero, zero]
    key = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        first = counter[0] * np.uint64(0xD2511F53)
        second = counter[2] * np.uint64(0xCD9E8D57)
        counter = [
            (second >> HALF) ^ counter[1] ^ np.uint64(key[0]),
            second & LOW,
            (first >> HALF) ^ counter[3] ^ np.uint64(key[1]),
            first & LOW,
        ]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    high, low = counter[0], counter[1]
    return ((high >> np.uint64(5)) * np.uint64(2**26) + (low >> np.uint64(6))) / 2.0**53
