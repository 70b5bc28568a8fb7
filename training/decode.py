"""From token vectors to statements: windows, cues, one tagging per cue, claims, nesting.

The rules here are the runtime's rules, written for whole groups of articles at once.
"""
from dataclasses import asdict, dataclass

import torch

from data import ACTS, Batch, Cues


@dataclass
class Options:
    """Decoding constants; they travel in the model file."""
    window: int = 192
    margin: int = 16
    reach: int = 120
    cue_threshold: float = 0.4
    nested_threshold: float = 0.2
    content_bias: float = -0.1
    source_bias: float = 0.2

    def dict(self):
        return asdict(self)


def plan(length, longest, margin):
    """Windows of an article: (begin, end, first owned, last owned + 1), all of one length: as few as `longest` allows,
    and then as short as their number allows."""
    count = 1 + max(0, -(-(length - longest) // (longest - 2 * margin)))
    window = -(-(length + (count - 1) * 2 * margin) // count)
    begins = [0]
    while begins[-1] + window < length:
        begins.append(min(begins[-1] + window - 2 * margin, length - window))
    owned = [0] + [b + margin for b in begins[1:]] + [length]
    return [(b, b + window, owned[i], owned[i + 1]) for i, b in enumerate(begins)]


def encode(net, lexicon, batch, options, most=12000):
    """Token vectors [B, W, D] of a batch of whole articles, computed window by window."""
    jobs = []
    for row, (corpus, begin, end) in enumerate(batch.items):
        for b, e, first, last in plan(end - begin, options.window, options.margin):
            jobs.append((corpus, begin + b, begin + e, row, b, first, last))
    jobs.sort(key=lambda j: j[2] - j[1])
    out = None
    while jobs:
        count = max(1, most // (jobs[-1][2] - jobs[-1][1]))
        part, jobs = jobs[-count:], jobs[:-count]
        x = net(Batch([j[:3] for j in part]), lexicon)
        if out is None:
            out = torch.zeros(len(batch.items), batch.width, x.shape[-1])
        for vectors, (_, _, _, row, b, first, last) in zip(x, part):
            out[row, first:last] = vectors[first - b:last - b]
    return out


def runs(score, begins, threshold):
    """Stretches [begin, end) where `score` > threshold, split where `begins` (P of B over P of I) says so."""
    out, at = [], None
    for t, (s, new) in enumerate(zip(score, begins)):
        if s <= threshold:
            at = None
        elif at is None or new:
            at = len(out)
            out.append([t, t + 1])
        else:
            out[at][1] = t + 1
    return out


def surest_run(tokens):
    """Of (token, probability) pairs the run that is the likeliest on average: a source is named in one place."""
    runs = []
    for token, likely in tokens:
        if not runs or runs[-1][-1][0] + 1 != token:
            runs.append([])
        runs[-1].append((token, likely))
    best = max(runs, key=lambda run: sum(p for _, p in run) / len(run), default=[])
    return [token for token, _ in best]


class Group:
    """A batch of whole articles with everything the heads say about them."""

    def __init__(self, net, lexicon, corpus, articles, options):
        self.net, self.options = net, options
        self.batch = batch = Batch([(corpus, *corpus.span(a)) for a in articles])
        self.x = encode(net, lexicon, batch, options)
        self.roles = net.heads.role(self.x)
        self.chain = net.heads.role_crf.chain(self.roles, batch.lengths)
        self.nested = net.heads.nested(self.x)
        self.tops = self.find(self.chain.unary[..., 3], self.chain.unary[..., 4], options.cue_threshold)
        soft = self.nested.softmax(-1)
        self.inner = self.find(soft[..., 1], soft[..., 2], options.nested_threshold)
        self.top = torch.zeros(batch.types.shape, dtype=torch.long)
        for row, begin, _, _ in self.tops:
            self.top[row, begin] = 1

    def find(self, first, rest, threshold):
        """Cues as (row, begin, end, probability: the highest of its tokens)."""
        total, new, out = (first + rest), first > rest, []
        for row, n in enumerate(self.batch.lengths.tolist()):
            score = total[row, :n].tolist()
            for b, e in runs(score, new[row, :n].tolist(), threshold):
                out.append((row, b, e, max(score[b:e])))
        return out

    def tag(self, found, nested):
        """Conditional logits of some cues, biased, with their Cues."""
        cues = Cues(self.batch, [f[0] for f in found], [f[1] for f in found], [nested] * len(found), self.top,
                    self.options.reach)
        logits = self.net.heads.conditional(self.x, self.roles, self.batch, cues)
        bias = torch.tensor([0.0] + [self.options.source_bias] * 2 + [self.options.content_bias] * 2)
        return logits + bias, cues

    def statements(self):
        """Per article, the list of statements as dicts in tokens."""
        made = self._read(self.tops, 0) + self._read(self.inner, 1)
        out = [[] for _ in self.batch.items]
        for s in made:
            out[s['row']].append(s)
        kept = [settle(rows) for rows in out]
        self._acts([s for rows in kept for s in rows])
        return kept

    def _read(self, found, nested):
        if not found:
            return []
        logits, cues = self.tag(found, nested)
        crf = self.net.heads.conditional.crf
        labels = crf.viterbi(logits, cues.lengths)
        unary = crf.chain(logits, cues.lengths).unary
        marginal = unary[..., 3:].sum(-1)
        out = []
        for i, (row, b, e, p) in enumerate(found):
            n, begin = int(cues.lengths[i]), int(cues.begin[i])
            tags, content = labels[i, :n].tolist(), marginal[i, :n].tolist()
            sources = unary[i, :n, 1:3].sum(-1).tolist()
            source, content_overlap = (overlap(labels[i, :n], unary[i, :n], first) for first in (1, 3))
            out.append({'row': row, 'cue': (b, e), 'p': p, 'nested': bool(nested),
                        'confidence': p * content_overlap * source,
                        'source': surest_run([(begin + t, likely) for t, (y, likely) in enumerate(zip(tags, sources))
                                              if y in (1, 2)]),
                        'content': {begin + t: content[t] for t, y in enumerate(tags) if y > 2}})
        return out

    def _acts(self, made):
        if not made:
            return
        width = self.batch.width
        cue, content = torch.zeros(2, len(made), len(self.batch.items) * width)
        first = []
        for i, s in enumerate(made):
            base = s['row'] * width
            cue[i, base + s['cue'][0]:base + s['cue'][1]] = 1 / (s['cue'][1] - s['cue'][0])
            content[i, [base + t for t in s['content']]] = 1 / len(s['content'])
            first.append(base + min(s['content']))
        logits = self.net.heads.acts(self.x.flatten(0, 1), cue, content, torch.tensor(first))
        for s, row in zip(made, logits):
            s['act_logits'] = row
            s['act'], s['negated'] = ACTS[int(row[:-1].argmax())], bool(row[-1] > 0)


def overlap(tags, marginals, first):
    """The overlap that the marginals let expect for a role, whose tags are `first` and the next one: expected tokens in
    common by expected tokens in either. Where no token is read so, the probability that none is."""
    role, read = marginals[:, first:first + 2].sum(1), (tags == first) | (tags == first + 1)
    if not read.any():
        return float((1 - role).prod())
    common = role[read].sum()
    return float(common / (read.sum() + role.sum() - common))


def settle(made):
    """Claims among top-level statements, then nested ones that stand inside another's content."""
    kept = claims([s for s in made if not s['nested'] and s['content']])
    taken = {t for s in kept for t in range(*s['cue'])}
    inner = [s for s in made if s['nested'] and s['content'] and not taken & set(range(*s['cue']))]
    pool = kept + inner
    for s in pool:
        s['within'] = None
    while True:
        for s in inner:
            s['within'] = outer(s, pool)
        lost = [s for s in inner if s['within'] is None]
        if not lost:
            return pool
        inner = [s for s in inner if s['within'] is not None]
        pool = kept + inner


def claims(made):
    """A token that two statements claim as content goes to the greater p x marginal (the earlier on a tie);
    a statement that loses over half of its content is dropped."""
    best = {}
    for i, s in enumerate(made):
        for t, m in s['content'].items():
            if t not in best or s['p'] * m > best[t][0]:
                best[t] = (s['p'] * m, i)
    out = []
    for i, s in enumerate(made):
        mine = {t: m for t, m in s['content'].items() if best[t][1] == i}
        if mine and 2 * len(mine) >= len(s['content']):
            out.append({**s, 'content': mine})
    return out


def outer(s, pool):
    """The statement with the least content that holds the first cue token of `s` and has more content than `s`."""
    fits = [o for o in pool if o is not s and s['cue'][0] in o['content'] and len(o['content']) > len(s['content'])]
    return min(fits, key=lambda o: (len(o['content']), o['cue'][0]), default=None)


def spans(tokens, places, breaks):
    """Character spans of token positions: runs of neighbours, line breaks trimmed off their ends."""
    out, run = [], []
    for t in sorted(tokens) + [None]:
        if run and (t is None or t != run[-1] + 1):
            while run and run[0] in breaks:
                run = run[1:]
            while run and run[-1] in breaks:
                run = run[:-1]
            if run:
                out.append([int(places[run[0]][0]), int(places[run[-1]][1])])
            run = []
        run.append(t)
    return out


def groups(corpus, articles, tokens=12000):
    """Articles of similar length, together at most `tokens` after padding."""
    order = sorted(articles, key=lambda a: corpus.span(a)[1] - corpus.span(a)[0])
    group = []
    for a in order:
        begin, end = corpus.span(a)
        if group and (len(group) + 1) * (end - begin) > tokens:
            yield group
            group = []
        if end > begin:
            group.append(a)
    if group:
        yield group


@torch.no_grad()
def decode(net, lexicon, corpus, articles, options, break_type):
    """{article id: statements in the record's JSON}, offsets in code points."""
    net.eval()
    out = {corpus.ids[a]: [] for a in articles}
    for group in groups(corpus, articles):
        for a, made in zip(group, Group(net, lexicon, corpus, group, options).statements()):
            out[corpus.ids[a]] = record(corpus, a, made, break_type)
    return out


def record(corpus, article, made, break_type):
    """Statements of one article as JSON objects; nested ones name the number of their outer statement."""
    begin, end = corpus.span(article)
    places = corpus.arrays['tokens'][begin:end]
    breaks = set((corpus.arrays['types'][begin:end] == break_type).nonzero()[0].tolist())
    number = {id(s): i for i, s in enumerate(made)}
    return [{'n': number[id(s)], 'cue': spans(range(*s['cue']), places, breaks),
             'source': spans(s['source'], places, breaks), 'content': spans(s['content'], places, breaks),
             'act': s['act'], 'negated': s['negated'], 'confidence': s['confidence'],
             'within': None if s['within'] is None else number[id(s['within'])]} for s in made]
