"""The networks: shared inputs, BiLSTM encoder and heads; `Student` is shipped, `Teacher` adds a transformer.

ARCHITECTURE-NET.md describes the same computation for the Rust runtime; keep the two in step.
"""
from dataclasses import asdict, dataclass

import torch
from torch import nn

import chain
import features
from device import DEVICE
from data import SYNTAX_SIZES, TAG_ROLE

AFFIX_START, GRAM_START, SHAPE_START, END = 0, 4096, 20480, 20992  # feature rows as `xtask prepare` numbers them


@dataclass
class Config:
    """Sizes of a network."""
    words: int
    d: int = 128
    hidden: int = 128
    layers: int = 2
    width: int = 64
    acts: int = 30
    affix_rows: int = 4096
    gram_rows: int = 16384
    shape_rows: int = 512
    dropout: float = 0.3

    def dict(self):
        return asdict(self)


class Vectors(nn.Module):
    """Input vectors: word + hashed features + quote state + position, then LayerNorm."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        table = config.affix_rows + config.gram_rows + config.shape_rows
        self.word = nn.Embedding(1 + config.words, config.d)
        self.feature = nn.EmbeddingBag(table, config.d, mode='sum', include_last_offset=True)
        self.quote = nn.Embedding(4, config.d)
        self.position = nn.Embedding(8, config.d)
        self.norm = nn.LayerNorm(config.d)
        self.dropout = nn.Dropout(config.dropout)
        for part in (self.word, self.feature, self.quote, self.position):
            nn.init.normal_(part.weight, std=0.1)

    def fold(self, rows):
        """Feature rows of the shared layout -> rows of this model's table, each section modulo its size."""
        c = self.config
        affix = rows % c.affix_rows
        gram = c.affix_rows + (rows - GRAM_START) % c.gram_rows
        shape = c.affix_rows + c.gram_rows + (rows - SHAPE_START) % c.shape_rows
        return torch.where(rows < GRAM_START, affix, torch.where(rows < SHAPE_START, gram, shape))

    def forward(self, batch, lexicon):
        kinds, where = batch.types.unique(return_inverse=True)
        rows, offsets = lexicon.features(kinds)
        words = lexicon.word_rows[batch.types]
        if not self.training:
            total = self.feature(self.fold(rows), offsets)[where] + self.word(words)
        else:
            total = self._noisy(batch, lexicon, kinds, where, rows, offsets, words)
        total = total + self.quote(batch.quote) + self.position(batch.position)
        return self.dropout(self.norm(total))

    def _noisy(self, batch, lexicon, kinds, where, rows, offsets, words):
        """Training: rare words turn unknown; 3 % of tokens keep only their shape."""
        unknown = torch.rand(words.shape) < lexicon.unknown[batch.types]
        bare = torch.rand(words.shape) < 0.03
        words = torch.where(unknown | bare, torch.zeros_like(words), words)
        full = self.feature(self.fold(rows), offsets)[where]
        shape = self.feature(self.fold(lexicon.shape_rows[kinds]), torch.arange(len(kinds) + 1))[where]
        return torch.where(bare[..., None], shape, full) + self.word(words)


class Lexicon:
    """Per-type lookups of a types table under one model vocabulary."""

    def __init__(self, tables, word_rows, counts):
        self.rows, self.offsets, self.word_rows = tables.rows, tables.offsets, word_rows
        count = torch.tensor([0.0] + [float(c) for c in counts])[word_rows]
        self.unknown = 1 / (1 + count)
        # the shape row is the only one of its section, and the last of each type
        self.shape_rows = self.rows[self.offsets[1:] - 1]
        assert bool((self.shape_rows >= SHAPE_START).all())

    def features(self, kinds):
        """Concatenated feature rows of some types, and their offsets."""
        begin, end = self.offsets[kinds], self.offsets[kinds + 1]
        size = end - begin
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), size.cumsum(0)])
        step = torch.arange(int(offsets[-1])) - offsets[:-1].repeat_interleave(size)
        return self.rows[begin.repeat_interleave(size) + step], offsets


class Direction(nn.LSTM):
    """One LSTM direction over padded sequences; backwards reads each sequence from its own last token."""

    def __init__(self, inputs, hidden, backwards):
        super().__init__(inputs, hidden, batch_first=True)
        self.backwards = backwards
        with torch.no_grad():
            self.bias_ih_l0.zero_()
            self.bias_hh_l0.zero_()
            self.bias_ih_l0[hidden:2 * hidden] = 1.0

    def forward(self, x, lengths):
        if not self.backwards:
            return super().forward(x)[0]
        place = torch.arange(x.shape[1])[None, :]
        mirror = torch.where(place < lengths[:, None], lengths[:, None] - 1 - place, place)[..., None]
        turned = super().forward(x.gather(1, mirror.expand(-1, -1, x.shape[2])))[0]
        return turned.gather(1, mirror.expand(-1, -1, turned.shape[2]))


class Encoder(nn.Module):
    """Stacked BiLSTM layers and a final LayerNorm; output is [forward; backward], 2 x hidden wide."""

    def __init__(self, inputs, hidden, layers, dropout):
        super().__init__()
        sizes = [inputs] + [2 * hidden] * (layers - 1)
        self.forwards = nn.ModuleList(Direction(s, hidden, False) for s in sizes)
        self.backwards = nn.ModuleList(Direction(s, hidden, True) for s in sizes)
        self.dropout = nn.Dropout(dropout)
        self.norm = nn.LayerNorm(2 * hidden)

    def forward(self, x, lengths):
        self.lower = None  # the first layer's output, for the syntax heads
        for ahead, back in zip(self.forwards, self.backwards):
            x = self.dropout(torch.cat([ahead(x, lengths), back(x, lengths)], -1))
            self.lower = x if self.lower is None else self.lower
        return self.norm(x)


class Crf(nn.Module):
    """Start, transition and end scores of a chain."""

    def __init__(self, labels):
        super().__init__()
        self.trans = nn.Parameter(torch.zeros(labels, labels))
        self.start = nn.Parameter(torch.zeros(labels))
        self.end = nn.Parameter(torch.zeros(labels))

    @torch.no_grad()
    def chain(self, emit, lengths):
        """Marginals under the present scores."""
        return chain.Chain(emit, lengths, self.trans, self.start, self.end)

    def loss(self, emit, made, target, weight):
        """Cross-entropy towards `target`; `made` is the chain of `emit`."""
        return chain.loss(emit, self, made, target, weight)

    def viterbi(self, emit, lengths):
        return chain.viterbi(emit, lengths, self.trans, self.start, self.end)


class Conditional(nn.Module):
    """Head 2: tags the tokens round one cue as its source and content."""

    def __init__(self, inputs, width):
        super().__init__()
        self.token = nn.Linear(inputs, width)
        self.cue = nn.Linear(inputs, width, bias=False)
        self.gate = nn.Linear(inputs, width, bias=False)
        self.distance = nn.Embedding(features.DISTANCE_ROWS, width)
        self.quote = nn.Embedding(features.QUOTE_ROWS, width)
        self.paragraph = nn.Embedding(features.PARAGRAPH_ROWS, width)
        self.other = nn.Embedding(features.OTHER_ROWS, width)
        self.nested = nn.Parameter(torch.zeros(width))
        self.out = nn.Linear(width, 5)
        self.role_scale = nn.Parameter(torch.zeros(5))
        self.crf = Crf(5)
        for part in (self.distance, self.quote, self.paragraph, self.other):
            nn.init.normal_(part.weight, std=0.1)

    def forward(self, x, roles, batch, cues):
        """Logits [C, L, 5]; `roles` are head 1's logits [B, W, 7]."""
        h = cues.take(self.token(x)) + self.cue(cues.own(x))[:, None]
        for table, rows in zip((self.distance, self.quote, self.paragraph, self.other), buckets(batch, cues)):
            h = h + table(rows)
        h = h + cues.nested[:, None, None] * self.nested
        h = torch.relu(h) * (1 + self.gate(cues.own(x)))[:, None]
        return self.out(h) + cues.take(roles)[..., TAG_ROLE] * self.role_scale


def buckets(batch, cues):
    """The four feature rows [C, L] of each cue and token."""
    offset = cues.at - cues.starts[:, None]
    state = batch.quote
    marks = features.before((state >= 2).long())
    tops = features.before(cues.top)
    rows = cues.rows[:, None]
    here, cue = cues.at, cues.starts[:, None]
    between = (marks[rows, here] - marks[rows, cue]).abs()
    after = tops[rows, here + 1] - tops[rows, cue + 1]
    ahead = tops[rows, here] - tops[rows, cue]
    others = torch.where(offset > 0, after, ahead)
    starts_one = cues.take(cues.top) * (offset != 0)
    def step(array):
        return cues.take(array) - cues.own(array)[:, None]
    return (features.distance(offset), features.quote(cues.take(state), cues.own(state)[:, None], between, offset),
            features.paragraph(step(batch.paragraph), step(batch.sentence)), features.other(others, starts_one))


class Acts(nn.Module):
    """Head 5: act and negation of a statement from its cue and content vectors."""

    def __init__(self, inputs, acts):
        super().__init__()
        self.hidden = nn.Linear(3 * inputs, 64)
        self.out = nn.Linear(64, acts + 1)
        self.dropout = nn.Dropout(0.3)

    def forward(self, x, cue, content, first):
        """x [N, d] flat vectors; `cue`, `content` [K, N] averaging weights; `first` [K] token rows."""
        pooled = torch.cat([cue @ x, content @ x, x[first]], -1)
        return self.out(self.dropout(torch.relu(self.hidden(self.dropout(pooled)))))


class Syntax(nn.Module):
    """Head 3, training only: part of speech, entity, relation and signed distance to the head, from layer 1."""

    def __init__(self, inputs):
        super().__init__()
        self.out = nn.Linear(inputs, sum(SYNTAX_SIZES))

    def loss(self, lower, gold):
        """Sum of the cross-entropies; `gold` [B, W, 4] holds -1 where there is no parse."""
        return sum(nn.functional.cross_entropy(logits.flatten(0, 1), gold[..., i].flatten(), ignore_index=-1)
                   for i, logits in enumerate(self.out(lower).split(SYNTAX_SIZES, -1)))


class Heads(nn.Module):
    """The heads shared by teacher and student."""

    def __init__(self, inputs, config):
        super().__init__()
        self.role = nn.Linear(inputs, 7)
        self.role_crf = Crf(7)
        self.conditional = Conditional(inputs, config.width)
        self.nested = nn.Linear(inputs, 3)
        self.acts = Acts(inputs, config.acts)
        self.syntax = Syntax(inputs)


class Student(nn.Module):
    """The shipped network."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.vectors = Vectors(config)
        self.encoder = Encoder(config.d, config.hidden, config.layers, config.dropout)
        self.heads = Heads(2 * config.hidden, config)

    def forward(self, batch, lexicon):
        """Token vectors [B, W, 2 hidden]."""
        return self.encoder(self.vectors(batch, lexicon), batch.lengths)


class Teacher(nn.Module):
    """Student inputs plus transformer vectors of each token's first piece."""

    def __init__(self, config, transformer, pieces):
        super().__init__()
        self.config, self.pieces = config, pieces
        self.transformer = transformer
        self.vectors = Vectors(config)
        self.project = nn.Linear(transformer.config.hidden_size, config.d)
        self.norm = nn.LayerNorm(config.d)
        self.encoder = Encoder(config.d, config.hidden, config.layers, config.dropout)
        self.heads = Heads(2 * config.hidden, config)

    def forward(self, batch, lexicon):
        ids, mask, first = self.pieces.pack(batch)
        with torch.autocast(DEVICE.type, torch.bfloat16):
            hidden = self.transformer(ids, attention_mask=mask).last_hidden_state
        hidden = hidden.float().gather(1, first[..., None].expand(-1, -1, hidden.shape[-1]))
        return self.encoder(self.norm(self.vectors(batch, lexicon) + self.project(hidden)), batch.lengths)


class Ensemble:
    """Several students as one: logits and chain scores are averaged, which is the geometric mean of their chains.

    Its token vectors are the members' side by side, so it decodes like a single network.
    """

    def __init__(self, nets):
        self.nets, self.heads = nets, self
        self.role_crf = mean_crf([n.heads.role_crf for n in nets])
        self.conditional = _Conditionals(nets)

    def __call__(self, batch, lexicon):
        return torch.cat([n(batch, lexicon) for n in self.nets], -1)

    def eval(self):
        return self

    def role(self, x):
        return _mean(lambda n, own: n.heads.role(own), self.nets, x)

    def nested(self, x):
        return _mean(lambda n, own: n.heads.nested(own), self.nets, x)

    def acts(self, x, *where):
        return _mean(lambda n, own: n.heads.acts(own, *where), self.nets, x)


class _Conditionals:
    def __init__(self, nets):
        self.nets, self.crf = nets, mean_crf([n.heads.conditional.crf for n in nets])

    def __call__(self, x, roles, batch, cues):
        return _mean(lambda n, own: n.heads.conditional(own, n.heads.role(own), batch, cues), self.nets, x)


def _mean(each, nets, x):
    """Mean over the members of `each`(network, its own vectors)."""
    return sum(each(n, own) for n, own in zip(nets, x.chunk(len(nets), -1))) / len(nets)


def mean_crf(crfs):
    """A CRF of averaged scores."""
    out = Crf(len(crfs[0].start))
    with torch.no_grad():
        for name, p in out.named_parameters():
            p.copy_(sum(c.get_parameter(name) for c in crfs) / len(crfs))
    return out
