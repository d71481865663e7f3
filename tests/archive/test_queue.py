from __future__ import annotations

from threading import Thread

import pytest

from lhs_nlp.archive.queue import ClosedError, WeightedQueue


def test_things_come_out_in_order() -> None:
    queue: WeightedQueue[str] = WeightedQueue(10)
    queue.put("a", 4)
    queue.put("b", 4)
    assert [queue.get(), queue.get()] == ["a", "b"]


def test_nothing_comes_when_the_time_is_over() -> None:
    assert WeightedQueue[str](10).get(timeout=0.01) is None


def test_who_puts_too_much_waits_until_something_is_taken() -> None:
    queue: WeightedQueue[str] = WeightedQueue(10)
    queue.put("a", 8)
    thread = Thread(target=queue.put, args=("b", 8))
    thread.start()
    assert queue.get(timeout=0.05) == "a"
    thread.join()
    assert queue.get() == "b"


def test_what_is_heavier_than_all_is_let_in_alone() -> None:
    queue: WeightedQueue[str] = WeightedQueue(10)
    queue.put("whale", 1000)
    assert queue.get() == "whale"


def test_closing_lets_everybody_go() -> None:
    queue: WeightedQueue[str] = WeightedQueue(1)
    queue.put("a", 1)
    errors: list[BaseException] = []

    def put() -> None:
        try:
            queue.put("b", 1)
        except ClosedError as error:
            errors.append(error)

    thread = Thread(target=put)
    thread.start()
    queue.close()
    thread.join()
    assert len(errors) == 1
    with pytest.raises(ClosedError):
        queue.get()
