"""Measure the workbench over a large store, and with many reviewers at once: ``make bench-workbench``.

    python -m benchmarks.workbench_load
    python -m benchmarks.workbench_load --documents 100 --seconds 5      # a quick look

A store is made of documents whose sentences the script puts together from lists of words; the shipped
model tags them. Two reviewers have read a fifth of the documents to their end. Then ``lhs-nlp serve`` serves
the store in a process of its own. First each page is asked for again and again over one connection, and the
time until the last byte is taken: what the server needs, and the way through the loopback. Then reviewers,
each with a token of its own, read documents and decide on them at once, on few documents, so that they get
into each other's way. Every decision that was acknowledged must be in the store afterwards, and no other; a
decision that came too late must be answered as a conflict. Results are written to
``benchmarks/results/workbench.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.shared import machine

RESULTS = Path(__file__).resolve().parent / "results" / "workbench.json"
COMMAND = Path(sys.executable).parent / "lhs-nlp"
PASSAGES = 50
SENTENCES = 2000
CONTESTED = 12
"""Documents on which all reviewers decide at once."""
STALE = 0.1
"""Share of decisions on what was read long before."""

WHO = "the network|our hospitals|the partnership|every clinic|the project team|the nursing service|the region".split(
    "|"
)
WHAT = (
    "mortality after surgery|falls on the wards|waiting times|the costs of an admission|trust in the service|"
    "differences between districts|comfort at night|medication errors|staff turnover|the annual plan|meetings"
).split("|")
DID = "reduced|will reduce|described|expects to improve|did not change|measured|improved|hopes to lower".split("|")
HOW = "by a tenth|within two years|with a new checklist|together with families|as agreed in spring|in all sites".split(
    "|"
)
WHY = (
    "because data are returned to those who need them|so that each team learns from the last month|"
    "as the steering group had asked|while the old forms were still in use|and shared the results with others"
).split("|")


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0, help="of deciding")
    parser.add_argument("--requests", type=int, default=30, help="of each page")
    parser.add_argument("--store", type=Path, help="keep the store here, and use it when it is there")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    where = machine()
    with tempfile.TemporaryDirectory() as name:
        store = arguments.store or Path(name, "store.sqlite")
        if not store.exists():
            make_store(store, arguments.documents)
        tokens = {f"reviewer{at}": f"{'secret' * 4}{at}" for at in range(arguments.reviewers)}
        file = Path(name, "tokens")
        file.write_text("".join(f"{who} {token}\n" for who, token in tokens.items()), encoding="utf-8")
        with Server(store, file) as server:
            results = {
                **where,
                **size(store),
                "pages": pages(server, tokens["reviewer0"], store, arguments.requests),
                "reviewers": reviewing(server, tokens, store, arguments.seconds),
            }
    arguments.output.parent.mkdir(exist_ok=True)
    arguments.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(arguments.output.read_text(encoding="utf-8"), end="")


# The store


def make_store(path: Path, count: int) -> None:
    """Tag documents that are put together from words, and let two reviewers read a fifth of them."""
    from lhs_nlp.archive import Store
    from lhs_nlp.archive.store import Source
    from lhs_nlp.archive.waiting import WaitingDocuments
    from lhs_nlp.documents import read_text
    from lhs_nlp.passages import Passage
    from lhs_nlp.tagger import load

    chance = random.Random(1)  # noqa: S311 - no secret
    known = [sentence(chance) for _ in range(SENTENCES)]
    classifier = load().classifier
    bundle = classifier.bundle
    waiting = WaitingDocuments(classifier)
    with Store(path) as store:
        run, tagging = store.begin_run(model=bundle.id, model_sha256=bundle.sha256, framework=classifier.framework)
        for number in range(count):
            text = "\n\n".join([f"Document {number}.", *(chance.choice(known) for _ in range(PASSAGES - 1))])
            document = read_text(text, name=f"{number:06}.txt")
            passages = tuple(
                Passage(at, text[block.start : block.end], block.start, block.end)
                for at, block in enumerate(document.blocks)
            )
            waiting.add(Source(document.source), document, passages)
            if waiting.passages >= 50 * PASSAGES or number == count - 1:
                for tagged in waiting.tag():
                    store.add(tagged.summary, tagged.claims, [tagged.source], tagging, run)
                print(f"{number + 1:,} of {count:,} documents made", file=sys.stderr)
        store.end_run(run, "finished", tagged=count, skipped=0, failed=0)
    read_twice(path, count // 5)


def sentence(chance: random.Random) -> str:
    """Return a sentence of about twenty words."""
    return f"{' '.join(chance.choice(words) for words in (WHO, DID, WHAT, HOW, WHY))}.".capitalize()


def read_twice(path: Path, count: int) -> None:
    """Let two reviewers read documents to their end; now and then they differ."""
    from itertools import islice

    from lhs_nlp.archive import Store
    from lhs_nlp.corrections import Desk, Proposal, decide

    with Store(path) as store:
        tagging = store.tagging()
        for stored in list(islice(store.summaries(tagging), count)):
            for who, every in (("Ann", 3), ("Ben", 4)):
                last, desk = 0, Desk(who, blind=True)
                for finding in stored.summary.findings[::every]:
                    proposal = Proposal("reject", 0, finding.passage.index, finding.benefit)
                    last = decide(store, stored, tagging, desk, proposal).id
                decide(store, stored, tagging, desk, Proposal("done", last))


def size(path: Path) -> dict[str, int]:
    """Return what a store holds."""
    from lhs_nlp.archive import Store

    with Store(path, read_only=True) as store:
        tables = ("documents", "passages", "findings", "decisions")
        return {table: store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


# The server


class Server:
    """`lhs-nlp serve` in a process of its own, until the end of the context."""

    def __init__(self, store: Path, tokens: Path) -> None:
        command = [str(COMMAND), "serve", str(store), "--port", "0", "--token-file", str(tokens)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        said = self._process.stdout.readline() if self._process.stdout else ""
        found = re.search(r":(\d+)/", said)
        if not found:
            raise SystemExit(f"The server did not start: {said}")
        self.port = int(found[1])

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


class Client:
    """One reviewer's connection, which is kept."""

    def __init__(self, server: Server, token: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
        self._headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def ask(self, method: str, address: str, body: object = None) -> tuple[int, bytes, float]:
        """Return status, body, and seconds until the last byte."""
        begun = time.perf_counter()
        data = None if body is None else json.dumps(body)
        self._connection.request(method, address, body=data, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        return answer.status, content, time.perf_counter() - begun


# Pages


def pages(server: Server, token: str, store: Path, requests: int) -> dict[str, dict[str, float]]:
    """Return the median and the 95th percentile of each page, in milliseconds."""
    client = Client(server, token)
    read = documents(store)
    addresses = {
        "portfolio": "/",
        "filtered": "/?benefit=safety&verdict=claimed&status=achieved",
        "search": "/?text=checklist+families",
        "document": "/documents/{}",
        "queue": "/queue",
        "agreement": "/agreement",
        "adjudication": "/agreement?first=Ann&second=Ben&page=2",
        "teach": "/teach",
        "codebook": "/codebook",
        "upload": "/upload",
    }
    measured = {}
    for name, address in addresses.items():
        seconds = []
        # The first one is for what is made once: the index of words, a template.
        for at in range(requests + 1):
            status, _, taken = client.ask("GET", address.format(read[at % len(read)]))
            if status != 200:
                raise SystemExit(f"{address} was answered with {status}.")
            seconds.append(taken)
        first, *rest = seconds
        measured[name] = {**milliseconds(rest), "first_ms": round(first * 1000, 1)}
        print(f"{name}: {measured[name]}", file=sys.stderr)
    return measured


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    twentieths = statistics.quantiles(seconds, n=20, method="inclusive")
    return {"median_ms": round(statistics.median(seconds) * 1000, 1), "p95_ms": round(twentieths[-1] * 1000, 1)}


def documents(path: Path) -> list[str]:
    """Return SHA-256s of all documents, those that were read last."""
    from lhs_nlp.archive import Store

    with Store(path, read_only=True) as store:
        return [sha256 for (sha256,) in store.connection.execute("SELECT sha256 FROM documents ORDER BY id DESC")]


# Reviewers


@dataclass
class Reviewing:
    """What became of one reviewer's decisions."""

    statuses: Counter[int] = field(default_factory=Counter)
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def reviewing(server: Server, tokens: dict[str, str], store: Path, seconds: float) -> dict[str, Any]:
    """Let all reviewers decide at once, and look for what they decided in the store."""
    contested = documents(store)[:CONTESTED]
    before = size(store)["decisions"]
    works = [Reviewing() for _ in tokens]
    end = time.monotonic() + seconds
    threads = [
        Thread(target=review, args=(Client(server, token), contested, end, seed, work))
        for seed, (token, work) in enumerate(zip(tokens.values(), works, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sum((work.statuses for work in works), Counter[int]())
    acknowledged = [decision for work in works for decision in work.acknowledged]
    lost, extra = compared(store, acknowledged, before)
    return {
        "reviewers": len(tokens),
        "seconds": seconds,
        "acknowledged": len(acknowledged),
        "conflicts": statuses[409],
        "other_answers": {str(status): count for status, count in statuses.items() if status not in (200, 201, 409)},
        "wrong": [sentence for work in works for sentence in work.wrong][:10],
        "lost": lost,
        "not_acknowledged": extra,
        "decision": milliseconds([taken for work in works for taken in work.seconds]),
    }


def review(client: Client, contested: list[str], end: float, seed: int, work: Reviewing) -> None:
    """Decide until the time is over; what was shown is now and then out of date."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    remembered: list[tuple[str, dict[str, Any]]] = []
    while time.monotonic() < end:
        if remembered and chance.random() < STALE:
            sha256, label = chance.choice(remembered)
        else:
            sha256 = chance.choice(contested)
            status, content, _ = client.ask("GET", f"/api/v1/documents/{sha256}/decisions")
            work.statuses[status] += 1
            if status != 200:
                work.wrong.append(f"reading: {status} {content[:200]!r}")
                continue
            label = chance.choice(json.loads(content)["labels"])
            remembered = [*remembered[-20:], (sha256, label)]
        sent = {"seen": label["version"], "position": label["position"], "benefit": label["benefit"]}
        sent |= {"action": "add", "status": "achieved"} if label["status"] is None else {"action": "reject"}
        status, content, taken = client.ask("POST", f"/api/v1/documents/{sha256}/decisions", sent)
        work.statuses[status] += 1
        work.seconds.append(taken)
        if status == 201:
            work.acknowledged.append(json.loads(content))
        elif status != 409:
            work.wrong.append(f"deciding: {status} {content[:200]!r}")


def compared(path: Path, acknowledged: list[dict[str, Any]], before: int) -> tuple[int, int]:
    """Return how many acknowledged decisions the store does not hold as they were, and how many others it holds."""
    from lhs_nlp.archive import Store

    with Store(path, read_only=True) as store:
        stored = {row["id"]: dict(row) for row in store.connection.execute("SELECT * FROM decisions")}
    lost = sum(any(stored.get(each["id"], {}).get(name) != each[name] for name in kept(each)) for each in acknowledged)
    return lost, len(stored) - before - len({each["id"] for each in acknowledged})


def kept(decision: dict[str, Any]) -> Iterator[str]:
    """Yield the columns of the store that a decision in the API has too."""
    yield from (name for name in decision if name != "blind")


if __name__ == "__main__":
    main()
