"""Prepared corpora: token arrays and type tables from `cargo xtask prepare`, gold labels, windows and batches.

Tokenisation and word features are computed in Rust alone; nothing here looks at characters
beyond mapping gold offsets to the tokens they touch.
"""
import gzip
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from device import tensor

ROLES = ['O', 'B-source', 'I-source', 'B-cue', 'I-cue', 'B-content', 'I-content']
TAGS = ['O', 'B-source', 'I-source', 'B-content', 'I-content']
TAG_ROLE = [0, 1, 2, 5, 6]  # the role that each conditional tag corresponds to
ACTS = ('state claim report confirm admit deny question ask mention describe predict believe feel accuse '
        'criticise praise request demand order advise warn threaten promise offer agree withdraw decide '
        'refuse announce express').split()
SYNTAX_SIZES = [64, 32, 64, 24]  # rows for part of speech, entity, relation, distance to the head
REACH = 120   # tokens seen on either side of a cue
HELD_OUT = 26  # articles of statements.train whose sha256(id) begins with a byte below this are held out


def lines(path):
    """The JSON objects of a .jsonl or .jsonl.gz file."""
    opener = gzip.open if str(path).endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8') as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def first_byte(article_id):
    """A fixed pseudo-random byte of an article, for splits."""
    return hashlib.sha256(article_id.encode()).digest()[0]


LABELS, ENTITIES, RELATIONS = {}, {}, {}


def number(known, label):
    """The label's number, given out in order of first sight."""
    return known.setdefault(label, len(known))


class Tables:
    """The shared types table: surface forms, lower-cased forms, hashed feature rows."""

    def __init__(self, folder):
        folder = Path(folder)
        self.types = (folder / 'types.txt').read_text(encoding='utf-8').split('\n')[:-1]
        self.lower = (folder / 'lower.txt').read_text(encoding='utf-8').split('\n')[:-1]
        self.rows = tensor(np.load(folder / 'type_features.npy').astype(np.int64))
        self.offsets = tensor(np.load(folder / 'type_offsets.npy').astype(np.int64))
        assert len(self.types) == len(self.lower) == len(self.offsets) - 1


@dataclass
class Statement:
    """A gold statement in token positions of its corpus."""
    article: int
    cue: tuple          # [first, last + 1)
    source: list        # token positions
    content: list
    parts: dict         # position -> conditional tag
    nested: bool
    act: int            # -1 unknown
    negated: int


@dataclass
class Corpus:
    """One prepared corpus: flat arrays over all tokens, articles as offsets into them."""
    stem: str
    arrays: dict
    ids: list
    texts: dict = field(default_factory=dict)
    roles: np.ndarray = None
    nested: np.ndarray = None
    syntax: np.ndarray = None
    statements: list = field(default_factory=list)
    has_nested: bool = False
    _starts: np.ndarray = None

    @staticmethod
    def load(folder, stem):
        path = Path(folder) / stem
        names = ('tokens', 'types', 'quote', 'position', 'sentence', 'paragraph', 'articles')
        arrays = {n: np.load(path / f'{n}.npy') for n in names}
        ids = (path / 'ids.txt').read_text(encoding='utf-8').split('\n')[:-1]
        return Corpus(stem, arrays, ids)

    def span(self, article):
        """Token range of an article."""
        return int(self.arrays['articles'][article]), int(self.arrays['articles'][article + 1])

    def cue_starts(self):
        """First tokens of the gold cues, ascending."""
        if self._starts is None:
            self._starts = np.array([s.cue[0] for s in self.statements], np.int64)
        return self._starts

    def label(self, jsonl):
        """Read gold statements (PolNeAR `attributions`, or `statements` with acts and nesting)."""
        count = len(self.arrays['types'])
        self.roles, self.nested = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.syntax = np.full((count, 4), -1, np.int64)
        index = {name: i for i, name in enumerate(self.ids)}
        for doc in lines(jsonl):
            self.texts[doc['id']] = doc['text']
            self.has_nested |= 'statements' in doc
            article = index[doc['id']]
            self._parse(article, doc.get('sentences', []))
            for gold in doc.get('attributions', doc.get('statements')):
                self._add(article, gold)
        self.statements.sort(key=lambda s: s.cue)
        return self

    def _parse(self, article, sentences):
        """Syntax labels of the tokens that begin where a parsed word begins."""
        begin, end = self.span(article)
        at = {int(b): begin + i for i, b in enumerate(self.arrays['tokens'][begin:end, 0])}
        for words in sentences:
            for i, (b, _, tag, _, entity, head, relation) in enumerate(words):
                if b in at:
                    away = 0 if head < 0 else int(np.clip(head - i, -11, 11)) + 12
                    self.syntax[at[b]] = [number(LABELS, tag) % 64, number(ENTITIES, entity) % 32,
                                          number(RELATIONS, relation.split(':')[0]) % 64, away]

    def _add(self, article, gold):
        begin, end = self.span(article)
        spans = self.arrays['tokens'][begin:end]
        runs = {r: _token_runs(spans, gold[r], begin) for r in ('source', 'cue', 'content')}
        nested = gold.get('within') is not None
        if nested:
            _mark(self.nested, runs['cue'][:1], 1)
        else:
            for role, first in (('content', 5), ('source', 1), ('cue', 3)):
                _mark(self.roles, runs[role], first)
        if not runs['cue']:
            return
        parts = {}
        for role, first in (('content', 3), ('source', 1)):
            for b, e in runs[role]:
                parts.update({t: first + (t > b) for t in range(b, e)})
        flat = {r: [t for b, e in runs[r] for t in range(b, e)] for r in runs}
        act = ACTS.index(gold['act']) if gold.get('act') in ACTS else -1
        self.statements.append(Statement(article, runs['cue'][0], flat['source'], flat['content'], parts,
                                         nested, act, int(bool(gold.get('negated')))))


def _token_runs(spans, offsets, shift):
    """Token ranges touched by character spans; touching ranges are joined."""
    out = []
    for b, e in offsets:
        first = int(np.searchsorted(spans[:, 1], b, side='right'))
        last = int(np.searchsorted(spans[:, 0], e, side='left'))
        if first < last:
            if out and out[-1][1] >= first + shift:
                out[-1] = (out[-1][0], last + shift)
            else:
                out.append((first + shift, last + shift))
    return out


def _mark(labels, runs, first):
    for b, e in runs:
        labels[b] = first
        labels[b + 1:e] = first + 1


def vocabulary(tables, corpora, least=3):
    """Lower-cased words seen at least `least` times, most frequent first, and their counts."""
    per_type = np.zeros(len(tables.types), np.int64)
    for corpus in corpora:
        per_type += np.bincount(corpus.arrays['types'], minlength=len(per_type))
    counts = Counter()
    for word, n in zip(tables.lower, per_type):
        counts[word] += int(n)
    kept = sorted((w for w, n in counts.items() if n >= least and w), key=lambda w: (-counts[w], w))
    return kept, [counts[w] for w in kept]


def word_rows(tables, words):
    """For each type, its row of the word table: 0 unknown, else 1 + rank in the vocabulary."""
    rank = {w: i + 1 for i, w in enumerate(words)}
    return torch.tensor([rank.get(w, 0) for w in tables.lower])


def windows(corpus, articles, size, rng=None):
    """Cut articles into [begin, end) windows of at most `size` tokens, from a random offset if `rng` is given."""
    out = []
    for a in articles:
        begin, end = corpus.span(a)
        at = begin
        if rng is not None and end - begin > size:
            at = begin - int(rng.integers(size))
        while at < end:
            b, e = max(at, begin), min(at + size, end)
            if e - b > 2:
                out.append((b, e))
            at += size
    return out


class Batch:
    """Windows of one or more corpora, padded to [B, W]."""

    def __init__(self, items):
        self.items = items
        self.lengths = torch.tensor([e - b for _, b, e in items])
        self.width = int(self.lengths.max())
        for name in ('types', 'quote', 'position', 'sentence', 'paragraph'):
            setattr(self, name, self._pad(lambda c: c.arrays[name]))

    def _pad(self, array):
        out = np.zeros((len(self.items), self.width), np.int64)
        for row, (corpus, b, e) in zip(out, self.items):
            row[:e - b] = array(corpus)[b:e]
        return tensor(out)

    def gold_roles(self):
        return self._pad(lambda c: c.roles)

    def gold_nested(self):
        return self._pad(lambda c: c.nested)

    def gold_syntax(self):
        """[B, W, 4], -1 where unknown."""
        out = np.full((len(self.items), self.width, 4), -1, np.int64)
        for row, (corpus, b, e) in zip(out, self.items):
            row[:e - b] = corpus.syntax[b:e]
        return tensor(out)

    def nested_mask(self):
        """1 for tokens of articles whose nested statements are annotated."""
        known = torch.tensor([float(c.has_nested) for c, _, _ in self.items])
        return known[:, None] * (torch.arange(self.width)[None, :] < self.lengths[:, None])

    def gold_statements(self):
        """(row, window begin, statement) for each gold statement whose cue starts in a window."""
        for row, (corpus, b, e) in enumerate(self.items):
            keys = corpus.cue_starts()
            for s in corpus.statements[np.searchsorted(keys, b):np.searchsorted(keys, e)]:
                yield row, b, s


class Cues:
    """Cues of a batch, and for each the stretch of its window that the conditional head tags."""

    def __init__(self, batch, rows, starts, nested, top, reach=REACH):
        """`rows`, `starts` place each cue in the batch; `top` [B, W] marks starts of top-level cues."""
        self.rows, self.starts = torch.as_tensor(rows).long(), torch.as_tensor(starts).long()
        self.nested = torch.as_tensor(nested).float()
        limit = batch.lengths[self.rows]
        self.begin = (self.starts - reach).clamp(min=0)
        self.lengths = torch.minimum(self.starts + reach + 1, limit) - self.begin
        width = int(self.lengths.max()) if len(self.rows) else 0
        place = torch.arange(width)[None, :]
        self.at = torch.minimum(self.begin[:, None] + place, limit[:, None] - 1)
        self.valid = place < self.lengths[:, None]
        self.flat = self.rows[:, None] * batch.width + self.at
        self.top = top

    def take(self, array):
        """[B, W, …] -> [C, L, …], each cue's stretch."""
        return array.reshape(array.shape[0] * array.shape[1], *array.shape[2:])[self.flat]

    def own(self, array):
        """[B, W, …] -> [C, …], the value at each cue."""
        return array[self.rows, self.starts]
