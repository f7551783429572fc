"""The ranking as it ships, on a public test collection: a gate against slipping back, not a thing to tune on."""

import gzip
import json
from collections import defaultdict
from math import log2
from pathlib import Path

import pytest

from search.engine import Engine
from search.entries import Entry, Given, Sheet

CRANFIELD = Path(__file__).parents[3] / "shared" / "eval" / "cranfield"
MUST = 0.365


def read_collection(folder):
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        queries = [json.loads(line) for line in lines]
    judged = defaultdict(dict)
    for row in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, doc, gain = row.split("\t")
        judged[query][doc] = int(gain)
    return docs, queries, judged


def ndcg(found, gains, depth=10):
    got = sum(gains.get(doc, 0) / log2(place + 2) for place, doc in enumerate(found[:depth]))
    best = sorted(gains.values(), reverse=True)[:depth]
    return got / sum(gain / log2(place + 2) for place, gain in enumerate(best))


def score(folder, cache):
    docs, queries, judged = read_collection(folder)
    sheets = [
        Sheet(doc["_id"], doc["title"], entries=(Entry("", doc["title"], doc["text"]),))
        for doc in docs
    ]
    with Engine(Given(sheets), cache / "cache", cache / "gaps") as engine:
        engine.refresh()
        results = [
            ndcg([hit.page for hit in engine.search(q["text"]).hits], judged[q["_id"]])
            for q in queries
            if judged[q["_id"]]
        ]
    return sum(results) / len(results)


def test_ranking_has_not_slipped_back(tmp_path):
    if not CRANFIELD.is_dir():
        pytest.skip("CRANFIELD IS NOT HERE: the gate on ranking quality was NOT checked")
    assert score(CRANFIELD, tmp_path) >= MUST
