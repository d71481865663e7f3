"""What is said when no cluster answers; Ray itself is not needed."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest

from lhs_nlp.archive.ray_engine.session import session
from lhs_nlp.errors import LhsNlpError


class _RayError(Exception):
    pass


class _AuthenticationError(_RayError):
    pass


def ray_that(refuses: Exception | None) -> Any:  # noqa: ANN401 - it stands for a module
    """Return what stands for Ray, whose `init` fails as Ray's does, for a reason."""

    def init(**_: object) -> None:
        raise ConnectionError("Failed to connect to Ray cluster at 10.0.0.1:6379") from refuses

    context = SimpleNamespace(enable_progress_bars=True, target_max_block_size=1)
    return SimpleNamespace(
        init=init,
        shutdown=lambda: None,
        is_initialized=lambda: False,
        data=SimpleNamespace(DataContext=SimpleNamespace(get_current=lambda: context)),
        exceptions=SimpleNamespace(RayError=_RayError, AuthenticationError=_AuthenticationError),
    )


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (_AuthenticationError("InvalidAuthToken"), "at 10.0.0.1:6379 asks for a token: set RAY_AUTH_MODE=token"),
        (None, r"at 10.0.0.1:6379 cannot be reached \(Failed to connect"),
    ],
)
def test_cluster_that_does_not_let_in_is_a_sentence(
    why: Exception | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    level = logging.getLogger("ray.data").level
    with pytest.raises(LhsNlpError, match=said), session(ray_that(why)):
        pass
    assert logging.getLogger("ray.data").level == level
