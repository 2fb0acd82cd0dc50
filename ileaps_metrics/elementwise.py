"""How a formula takes numbers, arrays and Series alike: one place for the plumbing.

A formula is written once over NumPy arrays. :func:`computed` unpacks what the caller handed
over, runs the formula and gives the result back in the caller's own kind: a float for numbers,
an array for arrays and lists, a Series on the caller's index where any argument was a Series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narwhals.typing import IntoSeries

FloatArray: TypeAlias = NDArray[np.float64]

Values: TypeAlias = "float | Sequence[float | None] | NDArray[Any] | IntoSeries | None"
"""A number, a sequence of numbers, a NumPy array or a Series; missing as None or NaN."""

Column: TypeAlias = Any
"""An array or a Series, whichever the caller handed in: a static type cannot say which."""


def _as_series(values: Values) -> nw.Series[Any] | None:
    if values is None or isinstance(values, np.ndarray | float | int | list):
        return None
    native = nw.from_native(values, series_only=True, pass_through=True)
    return native if isinstance(native, nw.Series) else None


def as_floats(values: Values) -> FloatArray:
    """Values as a float array, missing as NaN; the caller's own array is never changed.

    Args:
        values: A number, a sequence, an array or a Series; None and null count as missing.

    Returns:
        A new array: of no dimension for a number, otherwise of the shape handed in.

    Example:
        >>> as_floats([1, None, 3.5]).tolist()
        [1.0, nan, 3.5]
    """
    series = _as_series(values)
    if series is not None:
        values = series.cast(nw.Float64()).to_numpy()
    return np.array(values, dtype=np.float64)


def positive(values: FloatArray) -> FloatArray:
    """Values where they are positive and finite, otherwise NaN.

    A population of zero or less has no logarithm, so no rate; it becomes missing before the
    formula rather than infinite after it.

    Example:
        >>> positive(np.array([2.0, 0.0, -1.0, np.inf, np.nan])).tolist()
        [2.0, nan, nan, nan, nan]
    """
    return np.where(np.isfinite(values) & (values > 0), values, np.nan)


def share(values: FloatArray) -> FloatArray:
    """Percentages where they lie from 0 to 100, otherwise NaN.

    Example:
        >>> share(np.array([0.0, 56.6, 100.0, 100.1, -0.1])).tolist()
        [0.0, 56.6, 100.0, nan, nan]
    """
    return np.where((values >= 0) & (values <= 100), values, np.nan)


def require_positive(values: FloatArray, name: str, remedy: str) -> None:
    """Refuse a scale that has a zero or negative entry; missing entries pass and stay missing.

    Args:
        values: The values to look at.
        name: What the caller calls them.
        remedy: What to do about it, as a sentence.

    Raises:
        ValueError: One entry is zero or less; the message names it.

    Example:
        >>> require_positive(np.array([5.0, 0.0]), "years", "Give a period above zero.")
        Traceback (most recent call last):
            ...
        ValueError: years must be above 0, got 0.0 at position 1. Give a period above zero.
    """
    wrong = np.flatnonzero(values <= 0)
    if wrong.size:
        where = f" at position {wrong[0]}" if values.ndim else ""
        raise ValueError(f"{name} must be above 0, got {values.flat[wrong[0]]}{where}. {remedy}")


def computed(
    name: str, formula: Callable[..., FloatArray | tuple[FloatArray, ...]], *arguments: Values
) -> Any:  # noqa: ANN401 - the kind is the caller's: see Column
    """The formula's result for the arguments, in the caller's own kind.

    Args:
        name: What the result is called; a Series comes back under this name.
        formula: A function over float arrays that broadcast against each other, giving one
            array or a tuple of them. It runs with NumPy's warnings off: what has no value is
            NaN already.
        arguments: Numbers, sequences, arrays or Series.

    Returns:
        A float if every argument is a number; a Series on the caller's index if any is a
        Series; otherwise an array. For a formula with several results, a tuple of these.

    Raises:
        ValueError: Two Series stand on different indexes, or lengths differ.

    Example:
        >>> computed("sum", np.add, 1, 2)
        3.0
        >>> computed("sum", np.add, [1, 2], 2).tolist()
        [3.0, 4.0]
    """
    series = [found for found in map(_as_series, arguments) if found is not None]
    _require_one_index(name, series)
    arrays = [as_floats(argument) for argument in arguments]
    try:
        np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise ValueError(
            f"{name}: the arguments have shapes {shapes}, which do not go together. "
            "Give numbers, or columns of one length."
        ) from None
    with np.errstate(all="ignore"):
        result = formula(*arrays)
    if isinstance(result, tuple):
        return tuple(_like_caller(name, part, series) for part in result)
    return _like_caller(name, result, series)


def _require_one_index(name: str, series: list[nw.Series[Any]]) -> None:
    for other in series[1:]:
        first_index = nw.maybe_get_index(series[0])
        other_index = nw.maybe_get_index(other)
        if first_index is None or other_index is None or first_index is other_index:
            continue
        if not first_index.equals(other_index):
            raise ValueError(
                f"{name}: two Series stand on different indexes, so their values would be paired "
                "by accident. Join them on their key first, or pass arrays."
            )


def _like_caller(name: str, values: FloatArray, series: list[nw.Series[Any]]) -> Any:  # noqa: ANN401
    if not series:
        return float(values) if np.ndim(values) == 0 else values
    return series_like(series[0], name, np.asarray(values))


def series_like(
    template: nw.Series[Any],
    name: str,
    values: Any,  # noqa: ANN401
    dtype: nw.dtypes.DType | None = None,
) -> Any:  # noqa: ANN401
    """A Series of the template's kind, on its index where it has one.

    Example:
        >>> import pandas as pd
        >>> template = nw.from_native(pd.Series([1.0], index=["a"]), series_only=True)
        >>> series_like(template, "colour", ["red"], nw.String()).to_dict()
        {'a': 'red'}
    """
    native = nw.new_series(name, values, dtype, backend=template.implementation).to_native()
    index = nw.maybe_get_index(template)
    if index is not None:
        # nw.maybe_set_index walks the index entry by entry: 30 ms for 16,000 of them
        native.index = index
    return native
