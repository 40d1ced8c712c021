"""How sure a share, or a difference of two, is: intervals of 95 %. Pure."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Pair = tuple[npt.ArrayLike, npt.ArrayLike]
Z = 1.959963984540054  # standard normal quantile of 0.975


def wilson(hits: npt.ArrayLike, trials: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the ends of the 95 % interval of shares; of no trials, 0 and 1.

    Parameters
    ----------
    hits, trials : array-like of int
        Successes and trials, `0 <= hits <= trials`.

    Returns
    -------
    tuple of two arrays of float
        The lower and the upper end, within 0 to 1.

    Examples
    --------
    >>> low, high = wilson([8], [10])
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.49, 0.943)

    Source
    ------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
    recommended for small samples by Brown, Cai and DasGupta, Statistical Science 16 (2001).
    """
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    some = np.maximum(n, 1)
    share, square = k / some, Z * Z / some
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * np.sqrt(share * (1 - share) / some + square / (4 * some))
    empty = n == 0
    low = np.where(empty | (k == 0), 0.0, np.clip(middle - half, 0, 1))
    return low, np.where(empty | (k == n), 1.0, np.clip(middle + half, 0, 1))


def newcombe(hits: Pair, trials: Pair) -> tuple[Numbers, Numbers]:
    """Return the ends of the 95 % interval of the difference of two shares, the first less the second.

    Parameters
    ----------
    hits, trials : pair of array-like of int
        Successes and trials of the one and of the other, `0 <= hits <= trials`.

    Returns
    -------
    tuple of two arrays of float
        The lower and the upper end, within -1 to 1.

    Examples
    --------
    >>> low, high = newcombe(([56], [48]), ([70], [80]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0524, 0.3339)

    Source
    ------
    R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
    eleven methods", Statistics in Medicine 17 (1998), method 10; the example is his table II (a).
    """
    (k, k2), (n, n2) = (tuple(np.asarray(each, dtype=np.float64) for each in pair) for pair in (hits, trials))
    share, share2 = k / np.maximum(n, 1), k2 / np.maximum(n2, 1)
    (low, high), (low2, high2) = wilson(k, n), wilson(k2, n2)
    gap = share - share2
    below, above = np.hypot(share - low, high2 - share2), np.hypot(high - share, share2 - low2)
    known = (n > 0) & (n2 > 0)
    return np.where(known, gap - below, -1.0), np.where(known, gap + above, 1.0)


def ratio(events: Pair, exposure: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """Return the ends of the 95 % interval of the ratio of two rates, the first over the second.

    Parameters
    ----------
    events : pair of array-like of int
        How often something happened in the one stretch and in the other.
    exposure : pair of float
        How long the stretches are, in the same unit; above 0.

    Returns
    -------
    tuple of two arrays of float
        The lower and the upper end, 0 to infinity.

    Examples
    --------
    >>> low, high = ratio(([50], [100]), (30, 30))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.357, 0.701)

    Source
    ------
    Of two Poisson counts, given their sum, the first is binomial: J. Przyborowski and H. Wilenski,
    Biometrika 31 (1940). The interval of that share is Wilson's.
    """
    one, other = (np.asarray(each, dtype=np.float64) for each in events)
    low, high = wilson(one, one + other)
    with np.errstate(divide="ignore"):
        low, high = low / (1 - low), high / (1 - high)
    return low * exposure[1] / exposure[0], high * exposure[1] / exposure[0]
