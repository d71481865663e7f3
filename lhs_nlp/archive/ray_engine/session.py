"""Ray: imported when it is needed, connected to while a run lasts."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from lhs_nlp.errors import LhsNlpError, how_to_install

_BLOCK_BYTES = 10_000


def imported_ray() -> Any:  # noqa: ANN401 - Ray is an extra, and need not be there when types are checked
    """Return the module `ray`.

    Raises
    ------
    LhsNlpError
        It is not installed.
    """
    try:
        import_module("ray.data")
    except ImportError as error:
        raise LhsNlpError(f'The engine "ray" needs Ray ({error}); on all machines, {how_to_install("ray")}.') from error
    return import_module("ray")


@contextmanager
def session(ray: Any) -> Iterator[None]:  # noqa: ANN401
    """Connect to the cluster, or start one on this machine for as long as it is needed.

    Raises
    ------
    LhsNlpError
        The cluster cannot be reached or asks for a token, or Ray has stopped.
    """
    # Ray would report how it is used to its makers.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ours = not ray.is_initialized()
    context = ray.data.DataContext.get_current()
    logger = logging.getLogger("ray.data")
    level = logger.level
    kept = {name: getattr(context, name) for name in ("enable_progress_bars", "target_max_block_size")}
    try:
        if ours:
            _connect(ray)
        # So that a portion is passed on at once; by default 128 MB would be listed before the first file is read.
        context.enable_progress_bars, context.target_max_block_size = False, _BLOCK_BYTES
        # What it would say is said here in a sentence, or in its own log files.
        logger.setLevel(logging.CRITICAL)
        yield
    except ray.exceptions.RayError as error:
        raise LhsNlpError(f"Ray stopped: {_why(error)}. The same command goes on from here.") from error
    finally:
        logger.setLevel(level)
        for name, value in kept.items():
            setattr(context, name, value)
        if ours:
            ray.shutdown()


def _connect(ray: Any) -> None:  # noqa: ANN401
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    except ConnectionError as error:
        cluster = f"the cluster at {os.environ.get('RAY_ADDRESS', 'auto')}"
        if isinstance(error.__cause__, ray.exceptions.AuthenticationError):
            raise LhsNlpError(
                f"Ray: {cluster} asks for a token: set RAY_AUTH_MODE=token, and RAY_AUTH_TOKEN to what "
                "`ray get-auth-token` says on its first machine."
            ) from error
        raise LhsNlpError(
            f"Ray: {cluster} cannot be reached ({_why(error)}); `ray status` tells whether it runs."
        ) from error


def _why(error: BaseException) -> str:
    """Return the last line of what Ray says: the error itself, after the places it passed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return lines[-1].removeprefix(f"{LhsNlpError.__module__}.{LhsNlpError.__name__}: ").rstrip(".")
