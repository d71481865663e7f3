"""The steps of `stages` and `tagging` as one Ray Data pipeline; Ray's own pickle carries what passes between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lhs_nlp.archive.ray_engine.contents import Contents, Keys
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.session import imported_ray
from lhs_nlp.archive.ray_engine.stages import Outcome, Tagged, listed, loaded, portions
from lhs_nlp.archive.ray_engine.tagging import DocumentTagger
from lhs_nlp.archive.reading import Order
from lhs_nlp.archive.sources import Bounds, Columns
from lhs_nlp.tagger import Tagger

# Few, so that a small machine soon has results to show and to keep; many, so that a large one writes few files.
_FEWEST_PER_FILE, _MOST_PER_FILE = 4, 32

# Of a processor. An actor leaves room on its own for the tasks that keep it busy, which mostly
# wait; on a machine with one processor they would otherwise wait for each other for ever.
_ACTOR, _LIGHT, _SEARCH = 0.9, 0.02, 0.005
_SEARCHES = 8


@dataclass(frozen=True)
class Plan:
    """All that a run's tasks are to know.

    Attributes
    ----------
    named
        What the user named.
    columns
        Of tables.
    order
        How documents are read.
    make_tagger
        Loads the model.
    output
        Where results go.
    run_at
        When the run began.
    folder
        From which relative paths start.
    actors
        Most actors; None for as many as the cluster gives.
    """

    named: tuple[str, ...]
    columns: Columns
    order: Order
    make_tagger: Callable[[], Tagger]
    output: Output
    run_at: datetime
    folder: str
    actors: int | None


def outcomes_of(ray: Any, plan: Plan, known: Keys, others: Keys) -> Iterator[Outcome]:  # noqa: ANN401
    """Yield what became of everything, after it was written."""
    here = ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(
        ray.get_runtime_context().get_node_id(), soft=False
    )
    # Beside this program, as a machine that does nothing else may be given back.
    contents = ray.remote(Contents).options(num_cpus=0, scheduling_strategy=here).remote(known, others)
    processors = int(ray.cluster_resources().get("CPU", 1))
    # A block holds whole portions; `session` sees to it that it rarely holds more than one.
    whole: dict[str, Any] = {"batch_format": "pyarrow", "batch_size": None}
    named = ray.data.from_arrow([_portion([source]) for source in enumerate(plan.named)])
    few = ray.data.TaskPoolStrategy(size=min(_SEARCHES, len(plan.named)))
    found = named.map_batches(_search, fn_args=(plan,), compute=few, num_cpus=_SEARCH, **whole)
    tasks = found.map_batches(_load, fn_args=(plan, contents), num_cpus=_LIGHT, **whole)
    # What Ray would add to a pool by itself is half of the processors at most.
    at_first = max(1, min(processors, plan.actors or processors))
    pool = ray.data.ActorPoolStrategy(min_size=at_first, max_size=plan.actors)
    tagged = tasks.map_batches(_Actor, fn_constructor_args=(plan,), compute=pool, num_cpus=_ACTOR, **whole)
    whole["batch_size"] = portions_per_file(plan.actors or processors)
    written = tagged.map_batches(_write, fn_args=(plan,), num_cpus=_LIGHT, **whole)
    for table in written.iter_batches(**whole):
        yield from _things(table)


def portions_per_file(actors: int) -> int:
    """Return how many portions a file of results is made of, when so many actors fill it."""
    return min(max(2 * actors, _FEWEST_PER_FILE), _MOST_PER_FILE)


def _search(batch: Any, plan: Plan) -> Iterator[Any]:  # noqa: ANN401 - tables of pyarrow, here and below
    _enter(plan.folder)
    bounds = Bounds(plan.order.seconds, plan.order.megabytes)
    for at, named in _things(batch):
        yield from _portions(listed(at, named, plan.columns, plan.order.limits, bounds))


def _load(batch: Any, plan: Plan, contents: Any) -> Iterator[Any]:  # noqa: ANN401
    _enter(plan.folder)
    get = imported_ray().get
    yield from _portions(loaded(_things(batch), lambda asked: get(contents.ask.remote(asked))))


class _Actor:
    def __init__(self, plan: Plan) -> None:
        _enter(plan.folder)
        self._tagger = DocumentTagger(plan.make_tagger, plan.order, plan.output.model_sha256)

    def __call__(self, batch: Any) -> Iterator[Any]:  # noqa: ANN401
        yield from _portions(self._tagger.outcomes(_things(batch)))


def _write(batch: Any, plan: Plan) -> Iterator[Any]:  # noqa: ANN401
    _enter(plan.folder)
    outcomes: list[Outcome] = list(_things(batch))
    plan.output.write(outcomes, plan.run_at)
    yield from _portions(replace(each, row=None) if isinstance(each, Tagged) else each for each in outcomes)


def _enter(folder: str) -> None:
    """Let relative paths mean what they mean where the run was started."""
    with suppress(OSError):
        os.chdir(folder)


def _portions(things: Iterable[object]) -> Iterator[Any]:
    return map(_portion, portions(things))


def _portion(things: list[Any]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    packed = imported_ray().cloudpickle.dumps(things)
    return pa.table({"portion": pa.array([packed], pa.large_binary())})


def _things(table: Any) -> Iterator[Any]:  # noqa: ANN401
    for portion in table.column("portion") if table.num_rows else ():
        # Made by `_portion` on a machine of the same cluster.
        yield from imported_ray().cloudpickle.loads(portion.as_buffer())
