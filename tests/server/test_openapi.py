"""The API holds to its own description, whatever is sent to it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from lhs_nlp.server import create_app
from tests.archive.filling import small_store
from tests.corrections.reviewing import TEXTS
from tests.toy import toy_tagger

HERE = {"host": "localhost"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
PATIENCE = 300.0
"""Seconds to wait for an answer: each is of a server that has just begun, and uploads need a process."""

GOOD, BAD = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
OPERATIONS = [
    ("GET", "/health", GOOD),
    ("GET", "/metrics", GOOD),
    ("POST", "/api/v1/tag/document", GOOD),
    ("POST", "/api/v1/tag/document/progress", GOOD),
    ("POST", "/api/v1/tag/texts", GOOD),
    ("POST", "/api/v1/tag/texts", BAD),
    ("GET", "/api/v1/documents", GOOD),
    ("GET", "/api/v1/documents", BAD),
    ("GET", "/api/v1/documents/{sha256}", GOOD),
    ("GET", "/api/v1/documents/{sha256}", BAD),
    ("GET", "/api/v1/documents/{sha256}/decisions", GOOD),
    ("POST", "/api/v1/documents/{sha256}/decisions", GOOD),
    ("POST", "/api/v1/documents/{sha256}/decisions", BAD),
    ("GET", "/api/v1/corrections", GOOD),
    ("GET", "/api/v1/teaching", GOOD),
    ("POST", "/api/v1/teaching", GOOD),
    ("POST", "/api/v1/teaching", BAD),
    ("POST", "/api/v1/models/{sha256}/show", GOOD),
    ("POST", "/api/v1/models/{sha256}/show", BAD),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    store = small_store(tmp_path_factory.mktemp("api") / "s.sqlite", TEXTS)
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(store, load=toy_tagger), headers=HERE)


@pytest.mark.parametrize(("method", "path", "mode"), OPERATIONS)
def test_api_answers_as_it_says(
    api: schemathesis.BaseSchema, method: str, path: str, mode: schemathesis.GenerationMode
) -> None:
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=8,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=HERE, checks=CHECKS, timeout=PATIENCE)

    check()


def test_every_operation_is_tried(api: schemathesis.BaseSchema) -> None:
    described = {(method.upper(), path) for path, methods in api.raw_schema["paths"].items() for method in methods}
    assert {(method, path) for method, path, _ in OPERATIONS} == described
