from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from lhs_nlp import __version__
from tests.server.browsing import Site


def samples(site: Site) -> dict[tuple[str, ...], float]:
    text = site.client().get("/metrics").text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_health_says_which_version_works(site: Site) -> None:
    assert site.client().get("/health").json() == {"status": "ok", "version": __version__}


def test_what_is_wrong_is_said_in_json(site: Site) -> None:
    site.store.rename(site.store.with_name("gone.sqlite"))
    answer = site.client().get("/health")
    assert answer.status_code == 503
    assert answer.json()["detail"].endswith(".")


def test_metrics_count_requests_decisions_conflicts_and_texts(site: Site) -> None:
    with site.client() as client:
        sha256 = client.get("/api/v1/documents").json()["documents"][0]["sha256"]
        for _ in range(2):
            client.post(f"/api/v1/documents/{sha256}/decisions", json={"action": "done", "seen": 0})
        client.post("/api/v1/tag/texts", json={"texts": ["a", "b"]})
        client.get("/nowhere/in/particular")
        found = samples(site)
    assert found["lhs_nlp_decisions_total", "done"] == 1
    assert found["lhs_nlp_conflicts_total",] == 1
    assert found["lhs_nlp_tagged_total", "text"] == 2
    assert found["lhs_nlp_requests_total", "POST", "/api/v1/documents/{sha256}/decisions", "201"] == 1
    assert found["lhs_nlp_requests_total", "POST", "/api/v1/documents/{sha256}/decisions", "409"] == 1
    assert found["lhs_nlp_requests_total", "GET", "none", "404"] == 1


def test_methods_that_there_are_not_are_counted_together(site: Site) -> None:
    with site.client() as client:
        for method in ("BREW", "POUR", "get"):
            client.request(method, "/nowhere")
        found = samples(site)
    methods = {labels[1] for labels in found if labels[0] == "lhs_nlp_requests_total"}
    assert methods <= {"GET", "other"}
    assert sum(value for labels, value in found.items() if labels[:2] == ("lhs_nlp_requests_total", "other")) >= 2


@pytest.mark.parametrize("address", ["/docs", "/redoc", "/openapi.json"])
def test_pages_that_load_from_elsewhere_are_not_there(site: Site, address: str) -> None:
    assert site.client().get(address).status_code == 404


def test_api_describes_itself(site: Site) -> None:
    paths = site.client().get("/api/openapi.json").json()["paths"]
    assert set(paths) == {
        "/health",
        "/metrics",
        "/api/v1/tag/document",
        "/api/v1/tag/document/progress",
        "/api/v1/tag/texts",
        "/api/v1/documents",
        "/api/v1/documents/{sha256}",
        "/api/v1/documents/{sha256}/decisions",
        "/api/v1/corrections",
        "/api/v1/teaching",
        "/api/v1/models/{sha256}/show",
    }
