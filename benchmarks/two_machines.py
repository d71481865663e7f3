"""Show that two machines find what one finds, also when one is lost: ``python -m benchmarks.two_machines``.

The machines are two network namespaces of Linux with a cable between them: each has addresses of its own, and
reaches the other through the cable alone. They share processors and the disk that Python and the model lie on, so
no times are measured. The archive of `benchmarks.engines` lies on an S3 server (moto) on the first, and results
go there. It is tagged by `lhs-nlp batch` without Ray; on both machines; and on both, where the second is lost
once first results are written: its cable is cut, then its processes are killed. The stores are compared row for row.
Needs root, iproute2, and the extras ``ray`` and ``s3`` with ``moto[server]``. What was compared is written to
``benchmarks/results/two_machines.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks.engines import COMMAND, difference, finish, write_archive
from benchmarks.shared import need_shared
from tests.archive.rows import rows

RESULTS = Path(__file__).resolve().parent / "results" / "two_machines.json"
FIRST, SECOND = "lhs-first", "lhs-second"
"""The namespaces; their ends of the cable are called the same."""

ADDRESSES = {FIRST: "10.77.0.1", SECOND: "10.77.0.2"}
S3_PORT = 5555
CLUSTER, S3 = f"{ADDRESSES[FIRST]}:6379", f"http://{ADDRESSES[FIRST]}:5555"
BUCKET = "lhs"
PATIENCE = 120.0
"""Seconds to wait for a server to start."""

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Lay the cable, and run the rest of this program on the first machine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100, help="texts beside the real files (default %(default)s)")
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    need_shared()
    if options.inside:
        run_on_first(options.texts, options.output)
        return
    with machines():
        command = [sys.executable, "-m", "benchmarks.two_machines", *sys.argv[1:], "--inside"]
        raise SystemExit(subprocess.call(on(FIRST, command)))  # noqa: S603


@contextmanager
def machines() -> Iterator[None]:
    """Make two namespaces with a cable between them, for as long as this is entered."""
    for name in ADDRESSES:
        subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL, check=False)  # noqa: S603, S607
    try:
        for name in ADDRESSES:
            ip("netns", "add", name)
        ip("link", "add", FIRST, "netns", FIRST, "type", "veth", "peer", "name", SECOND, "netns", SECOND)
        for name, address in ADDRESSES.items():
            ip("-n", name, "address", "add", f"{address}/24", "dev", name)
            ip("-n", name, "link", "set", name, "up")
            ip("-n", name, "link", "set", "lo", "up")
        for name, other in ((FIRST, SECOND), (SECOND, FIRST)):
            # By the way to the rest of the world Ray tells which address a machine has.
            ip("-n", name, "route", "add", "default", "via", ADDRESSES[other])
        yield
    finally:
        for name in ADDRESSES:
            kill_all(name)
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL, check=False)  # noqa: S603, S607


def run_on_first(texts: int, output: Path) -> None:
    """Tag in each way, compare, write the results; fail when the stores are not the same."""
    os.environ |= {"AWS_ENDPOINT_URL": S3, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
    os.environ |= {"RAY_ADDRESS": CLUSTER, "RAY_USAGE_STATS_ENABLED": "0", "AWS_DEFAULT_REGION": "us-east-1"}
    # Ray asks for a token where one lies about, and joins only machines that know it.
    os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        server = [sys.executable, "-m", "moto.server", "-H", ADDRESSES[FIRST], "-p", str(S3_PORT)]
        servers.enter_context(started(server, folder / "s3.log"))
        put(folder / "archive", texts)
        local = rows(tagged(folder / "local.sqlite"))
        calm, calm_used = on_both(folder, "calm", lose=False)
        lost, lost_used = on_both(folder, "lost", lose=True)
        results = {
            "versions": {each: version(each) for each in ("lhs-nlp", "ray", "onnxruntime", "pyarrow", "moto")},
            "model": local["models"][0][1],
            "rows": {table: len(some) for table, some in local.items()},
            "both": {"processor_seconds_on_second": calm_used, **difference(local, rows(calm))},
            "second_lost": {"processor_seconds_on_second": lost_used, **difference(local, rows(lost))},
        }
    output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))
    if not all(results[run]["same"] and results[run]["processor_seconds_on_second"] for run in ("both", "second_lost")):
        raise SystemExit("Two machines do not find what one finds.")


def on_both(folder: Path, name: str, *, lose: bool) -> tuple[Path, float]:
    """Tag on a cluster of both machines; return the store, and the processor seconds that the second spent on it."""
    # In a folder of its own: else the next program that starts Ray would look for this cluster.
    apart = f"--temp-dir={folder / 'ray'}"
    head = ["ray", "start", "--head", "--port=6379", "--include-dashboard=false", apart, *ray_options(FIRST)]
    worker = ["ray", "start", f"--address={CLUSTER}", *ray_options(SECOND)]
    store, results = folder / f"{name}.sqlite", f"s3://{BUCKET}/{name}"
    with started(bin_of(head), folder / f"{name}-first.log"):
        wait_for(lambda: nodes() == 1, "Ray on the first machine")
        with started(on(SECOND, bin_of(worker)), folder / f"{name}-second.log"):
            wait_for(lambda: nodes() == 2, "Ray on the second machine")
            before = processor_seconds(SECOND)
            process = subprocess.Popen(command_of(store, "--engine", "ray", "--parquet", results))  # noqa: S603
            if lose:
                wait_for(lambda: written(name) or process.poll() is not None, "first results")
                used = processor_seconds(SECOND) - before
                ip("-n", SECOND, "link", "set", SECOND, "down")
                kill_all(SECOND)
                finish(process)
            else:
                finish(process)
                used = processor_seconds(SECOND) - before
    kill_all(SECOND)
    ip("-n", SECOND, "link", "set", SECOND, "up")
    return store, round(used, 1)


def tagged(store: Path) -> Path:
    """Tag the archive without Ray."""
    finish(subprocess.Popen(command_of(store)))  # noqa: S603
    return store


def command_of(store: Path, *engine: str) -> list[str]:
    """Return the command that tags the archive into a store."""
    return [str(COMMAND), "batch", f"s3://{BUCKET}/archive", "--store", str(store), *engine]


def put(folder: Path, texts: int) -> None:
    """Write the archive, and copy it to the S3 server, which keeps no links."""
    import s3fs

    write_archive(folder, texts)
    files = s3fs.S3FileSystem()
    wait_for(listening, "the S3 server")
    files.mkdir(BUCKET)
    for path in sorted(folder.iterdir()):
        if path.exists():
            files.put_file(str(path), f"{BUCKET}/archive/{path.name}")


def listening() -> bool:
    """Return whether the S3 server takes connections."""
    try:
        socket.create_connection((ADDRESSES[FIRST], S3_PORT), timeout=1).close()
    except OSError:
        return False
    return True


def written(name: str) -> bool:
    """Return whether a run has written results."""
    import s3fs

    files = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
    return bool(files.glob(f"{BUCKET}/{name}/documents/**/part-*.parquet"))


def nodes() -> int:
    """Return how many machines the cluster has."""
    code = "import ray; ray.init(logging_level=50); print(sum(node['Alive'] for node in ray.nodes()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    return int(found.stdout) if found.returncode == 0 else 0


def ray_options(machine: str) -> list[str]:
    """Return what each machine's Ray is told: one processor, no dashboard, run until it is ended."""
    return [f"--node-ip-address={ADDRESSES[machine]}", "--num-cpus=1", "--block", "--disable-usage-stats"]


def bin_of(command: Sequence[str]) -> list[str]:
    """Return a command with the program of this environment."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


@contextmanager
def started(command: Sequence[str], log: Path) -> Iterator[None]:
    """Run a server in a session of its own, for as long as this is entered."""
    with log.open("wb") as file:
        server = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, start_new_session=True)  # noqa: S603
    try:
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for(true: Callable[[], bool], what: str) -> None:
    """Wait until something is true; end the program when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not come within {PATIENCE:.0f} seconds.")
        time.sleep(0.2)


def on(machine: str, command: Sequence[str]) -> list[str]:
    """Return the command that runs a command on a machine."""
    return ["ip", "netns", "exec", machine, *command]


def ip(*arguments: str) -> None:
    """Run iproute2; raise CalledProcessError when it fails."""
    subprocess.run(["ip", *arguments], check=True)  # noqa: S603, S607


def processes(machine: str) -> list[int]:
    """Return the processes on a machine."""
    found = subprocess.run(["ip", "netns", "pids", machine], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return [int(pid) for pid in found.stdout.split()]


def processor_seconds(machine: str) -> float:
    """Return the processor time that the processes on a machine have taken so far, with their ended children."""
    total = 0
    for pid in processes(machine):
        try:
            total += sum(
                map(int, Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15])
            )
        except OSError:
            continue  # it has just ended
    return total / _TICKS


def kill_all(machine: str) -> None:
    """Kill what runs on a machine, as a power cut would."""
    for pid in processes(machine):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


if __name__ == "__main__":
    main()
