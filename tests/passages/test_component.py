from __future__ import annotations

import threading

import spacy

from lhs_nlp.passages import component
from lhs_nlp.passages.sentences import LONGEST_STRETCH, sentences

TEXT = "Smith et al. (2019) found less harm, i.e. fewer falls.The ward was glad."


def test_component_is_added_to_a_pipeline_of_the_users_by_its_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(component.SENTENCES)
    assert [sentence.text for sentence in nlp("We met Dr. Lee. He agreed.").sents] == ["We met Dr. Lee.", "He agreed."]
    assert list(nlp("").sents) == []


def test_sentences_are_found_where_a_space_is_missing() -> None:
    assert [TEXT[start:end] for start, end in sentences(TEXT)] == [TEXT[:54], TEXT[54:]]


def test_text_longer_than_spacy_takes_at_once_is_read_in_stretches() -> None:
    text = "The ward was glad. " * (LONGEST_STRETCH // 10)
    found = list(sentences(text))
    assert len(text) > LONGEST_STRETCH
    assert "".join(text[start:end] for start, end in found) == text.replace(". ", ".")


def test_threads_get_what_one_gets() -> None:
    results: list[list[tuple[int, int]]] = []
    threads = [threading.Thread(target=lambda: results.append(list(sentences(TEXT * 20)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [list(sentences(TEXT * 20))] * 4
