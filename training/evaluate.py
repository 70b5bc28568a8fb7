"""Figures: the scorer's, statement by statement correctness, nested statements, acts, reliability."""
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from data import lines


def score(scorer, gold, made):
    """score.py's figures for statements `made` ({id: [...]}) on the articles of `gold` that `made` names."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f'{folder}/gold.jsonl', 'w', encoding='utf-8') as g, \
                open(f'{folder}/pred.jsonl', 'w', encoding='utf-8') as p:
            for doc in lines(gold):
                if doc['id'] in made:
                    g.write(json.dumps(doc) + '\n')
                    p.write(json.dumps({'id': doc['id'], 'statements': made[doc['id']]}) + '\n')
        out = subprocess.run([sys.executable, scorer, f'{folder}/gold.jsonl', f'{folder}/pred.jsonl', '--json'],
                             check=True, capture_output=True, text=True).stdout
    return json.loads(out)


class Pairs:
    """Gold and predicted statements of articles, paired as score.py pairs them."""

    def __init__(self, scorer, gold, made, nested=False):
        spec = importlib.util.spec_from_file_location('score', Path(scorer))
        self.rules = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.rules)
        self.gold = self.predicted = 0
        self.found = []      # (gold statement, predicted statement, content J, source right)
        self.confidences = []  # (article, confidence, right) of each predicted statement
        for doc in lines(gold):
            if doc['id'] in made:
                told = doc.get('attributions', doc.get('statements'))
                self._article(doc, [s for s in told if (s.get('within') is not None) == nested],
                              [s for s in made[doc['id']] if (s['within'] is not None) == nested])

    def _article(self, doc, gold, made):
        roles = ('source', 'cue', 'content')
        flat = [[{r: self.rules.letters(s[r], doc['text']) for r in roles} for s in side] for side in (gold, made)]
        keep = [[i for i, s in enumerate(side) if s['content']] for side in flat]
        g, p = ([side[i] for i in kept] for side, kept in zip(flat, keep))
        self.gold, self.predicted = self.gold + len(g), self.predicted + len(p)
        right = set()
        for gi, pi, j in self.rules.pair(g, p):
            source = self.rules.jaccard(g[gi]['source'], p[pi]['source']) >= 0.5
            self.found.append((gold[keep[0][gi]], made[keep[1][pi]], j, source))
            if j >= 0.8 and source:
                right.add(pi)
        self.confidences += [(doc['id'], made[i]['confidence'], n in right) for n, i in enumerate(keep[1])]

    def f1(self):
        """Statement F1 (content J >= 0.8 and the source right)."""
        good = sum(j >= 0.8 and source for _, _, j, source in self.found)
        return 2 * good / max(1, self.gold + self.predicted)

    def acts(self):
        """Act (strict, lenient) and negation accuracy over pairs of content J >= 0.5."""
        rows = [(g, p) for g, p, j, _ in self.found if j >= 0.5 and g.get('act')]
        count = max(1, len(rows))
        return {'paired': len(rows), 'strict': sum(p['act'] == g['act'] for g, p in rows) / count,
                'lenient': sum(p['act'] in [g['act'], *(g.get('act_also') or [])] for g, p in rows) / count,
                'negated': sum(p['negated'] == bool(g.get('negated')) for g, p in rows) / count}


def isotonic(raw, right, bins=15):
    """Points (raw, calibrated) of a monotone, piecewise-linear fit: means of equal-sized bins, pooled where they fall."""
    order = np.argsort(raw, kind='stable')
    blocks = [[raw[part].mean(), right[part].mean(), len(part)] for part in np.array_split(order, bins) if len(part)]
    out = []
    for block in blocks:
        out.append(list(block))
        while len(out) > 1 and out[-2][1] >= out[-1][1]:
            a, b = out[-2], out.pop()
            total = a[2] + b[2]
            out[-1] = [(a[0] * a[2] + b[0] * b[2]) / total, (a[1] * a[2] + b[1] * b[2]) / total, total]
    return [[round(float(x), 4), round(float(y), 4)] for x, y, _ in out]


def calibrated(points, raw):
    """Linear interpolation, constant beyond the ends."""
    return np.interp(raw, [p[0] for p in points], [p[1] for p in points])


def reliability(confidence, right, bins=10):
    """Expected calibration error, and rows (from, to, count, mean confidence, share right)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = [(b / bins, (b + 1) / bins, int((place == b).sum()), float(confidence[place == b].mean()),
             float(right[place == b].mean())) for b in range(bins) if (place == b).any()]
    error = sum(n * abs(c - r) for _, _, n, c, r in rows) / max(1, len(right))
    return error, rows
