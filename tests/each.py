"""One test of a law for all its cases, where a test for each would cost more than the case does."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any


def each(
    names: str | tuple[str, ...], cases: Iterable[Any] | Callable[[], Iterable[Any]]
) -> Callable[..., Any]:
    """Run a test for each case in turn, as ``pytest.mark.parametrize`` does for each in a test.

    The case that fails is named below the failure. All share the fixtures of the one test. Cases
    that cost something are given by a function: they are made once the test runs.
    """
    wanted = tuple(part.strip() for part in names.split(",")) if isinstance(names, str) else names
    listed = cases if callable(cases) else list(cases)

    def decorate(law: Callable[..., None]) -> Callable[..., None]:
        @wraps(law)
        def test(**fixtures: Any) -> None:
            found = list(listed() if callable(listed) else listed)
            assert found, "no case"
            for case in found:
                values = (case,) if len(wanted) == 1 else case
                given = dict(zip(wanted, values, strict=True))
                try:
                    law(**fixtures, **given)
                except BaseException as failure:
                    failure.add_note(f"the case: {given}")
                    raise

        own = inspect.signature(law)
        kept = [one for name, one in own.parameters.items() if name not in wanted]
        test.__signature__ = own.replace(parameters=kept)  # type: ignore[attr-defined]
        return test

    return decorate
