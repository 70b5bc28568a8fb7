"""Train a teacher or a student: `train.py teacher|student --prepared DIR --data DIR --scorer score.py --out RUN …`.

A run writes RUN.pt after each epoch (a running average of the weights) and appends to RUN.log.
"""
import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

import losses
from data import HELD_OUT, Batch, Corpus, Tables, first_byte, vocabulary, windows, word_rows
from device import DEVICE
from decode import Options, decode
from evaluate import score
from label import Labels
from model import Config, Lexicon, Student, Teacher
from pieces import Pieces, transformer


def arguments():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('kind', choices=['teacher', 'student'])
    ap.add_argument('--prepared', required=True, help='folder written by `cargo xtask prepare`')
    ap.add_argument('--data', required=True, help='folder of the gold corpora')
    ap.add_argument('--scorer', required=True, help='score.py')
    ap.add_argument('--out', required=True, help='path of the run, without suffix')
    ap.add_argument('--minilm', help='folder of the pretrained encoder (teacher)')
    ap.add_argument('--labels', help='folder written by label.py (student)')
    ap.add_argument('--soft', type=float, default=1.0, help='batches of labelled text for each batch of gold')
    ap.add_argument('--init', help='a run of the same kind to go on from')
    ap.add_argument('--epochs', type=float, default=6)
    ap.add_argument('--minutes', type=float, default=1e9, help='the schedule ends by then at the latest')
    ap.add_argument('--hidden', type=int, default=128)
    ap.add_argument('--rate', type=float, default=3e-3)
    ap.add_argument('--slow', type=float, default=1e-4, help='learning rate of the transformer')
    ap.add_argument('--frozen', type=int, default=0, help='lowest transformer layers left as they are')
    ap.add_argument('--window', type=int, default=160)
    ap.add_argument('--batch', type=int, default=20)
    ap.add_argument('--dropout', type=float, default=0.3)
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--threads', type=int, default=1)
    return ap.parse_args()


class Data:
    """The corpora, their articles by use, and the vocabulary."""

    def __init__(self, prepared, data):
        self.tables, self.prepared, self.folder = Tables(prepared), prepared, Path(data)
        self.train, self.dev, self.own = (Corpus.load(prepared, stem).label(self.folder / f'{stem}.jsonl.gz')
                                          for stem in ('polnear.train', 'polnear.dev', 'statements.train'))
        self.raw = Corpus.load(prepared, 'news.raw')
        self.held = [i for i, name in enumerate(self.own.ids) if first_byte(name) < HELD_OUT]
        self.taught = sorted(set(range(len(self.own.ids))) - set(self.held))
        away = {self.own.ids[i] for i in self.held}
        self.unlabelled = [i for i, name in enumerate(self.raw.ids) if name not in away]
        self.words, self.counts = vocabulary(self.tables, [self.train, self.own, self.raw], least=4)
        self.lexicon = Lexicon(self.tables, word_rows(self.tables, self.words), self.counts)
        self.break_type = self.tables.types.index('¶')

    def gold_windows(self, size, rng):
        """One epoch: PolNeAR once, our own articles twice."""
        out = [(self.train, b, e) for b, e in windows(self.train, range(len(self.train.ids)), size, rng)]
        for _ in range(2):
            out += [(self.own, b, e) for b, e in windows(self.own, self.taught, size, rng)]
        return out


def batches(items, size, rng):
    """Shuffled batches of windows of like length."""
    items = [items[i] for i in rng.permutation(len(items))]
    pools = [sorted(items[i:i + 20 * size], key=lambda w: w[2] - w[1]) for i in range(0, len(items), 20 * size)]
    out = [pool[i:i + size] for pool in pools for i in range(0, len(pool), size)]
    return [out[i] for i in rng.permutation(len(out))]


def build(args, data):
    """The network to train."""
    if args.init:
        net = load(args.init, data, args.minilm if args.kind == 'teacher' else None)
        if args.kind == 'teacher':
            freeze(net.transformer, args.frozen)
        elif net.config.hidden < args.hidden:
            net = widened(net, Student(replace(net.config, hidden=args.hidden, dropout=args.dropout)))
        return net
    if args.kind == 'student':
        return Student(Config(len(data.words), hidden=args.hidden, dropout=args.dropout))
    net = transformer(args.minilm)
    freeze(net, args.frozen)
    return Teacher(Config(len(data.words), hidden=args.hidden, dropout=args.dropout), net,
                   Pieces(data.tables, args.minilm))


@torch.no_grad()
def widened(small, big):
    """`big`, computing nearly what `small` does: more hidden units, whose inputs are random and which nobody hears yet
    (Chen, Goodfellow and Shlens 2016)."""
    units, more = small.config.hidden, big.config.hidden
    for (name, old), new in zip(small.named_parameters(), big.parameters()):
        if old.shape == new.shape:
            new.copy_(old)
            continue
        # each widened size counts blocks of hidden units
        blocks = [(o // units, units, more) if o != n else (1, o, o) for o, n in zip(old.shape, new.shape)]
        source = old.reshape([size for count, size, _ in blocks for size in (count, size)])
        target = new.view([size for count, _, size in blocks for size in (count, size)])
        kept = target[:, :blocks[0][1]]
        kept.zero_()
        kept[(slice(None),) * 3 + (slice(blocks[1][1]),) if len(blocks) > 1 else ...] = source
    return big


def freeze(net, layers):
    """Leaves the lowest layers of a transformer as they are."""
    for layer in net.encoder.layer[:layers]:
        layer.requires_grad_(False)


def load(run, data, minilm=None):
    """A trained network; a teacher's where `minilm` is given."""
    saved = torch.load(f'{run}.pt', weights_only=True, map_location=DEVICE)
    assert saved['words'] == data.words, 'the prepared corpora have changed since this run'
    config = Config(**saved['config'])
    net = Teacher(config, transformer(minilm), Pieces(data.tables, minilm)) if minilm else Student(config)
    net.load_state_dict(saved['net'])
    return net.eval()


def merged(runs, data):
    """One student from several runs of one start: the mean of their weights."""
    nets = [load(run, data) for run in runs]
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict({n: sum(s[n] for s in states) / len(states) for n in states[0]})
    return nets[0]


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, net, decay=0.995):
        self.decay, self.step = decay, 0
        self.kept = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, net):
        self.step += 1
        share = max(1 - self.decay, 1 / (1 + self.step))
        own = dict(net.named_parameters())
        torch._foreach_lerp_(list(self.kept.values()), [own[n].detach() for n in self.kept], share)

    @torch.no_grad()
    def swap(self, net):
        """Exchange the averaged weights with the network's."""
        for name, p in net.named_parameters():
            if name in self.kept:
                p.data, self.kept[name] = self.kept[name], p.data


def optimiser(net, args):
    """AdamW in two groups: the transformer, slow, and the rest."""
    slow = [p for n, p in net.named_parameters() if n.startswith('transformer') and p.requires_grad]
    fast = [p for n, p in net.named_parameters() if not n.startswith('transformer')]
    groups = [{'params': fast, 'peak': args.rate, 'lr': args.rate}]
    if slow:
        groups.append({'params': slow, 'peak': args.slow, 'lr': args.slow})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def evaluate(net, data, args):
    """Statement, cue and content F1 on PolNeAR dev and on the held-out tenth."""
    out = {}
    for name, corpus, ids in (('dev', data.dev, range(len(data.dev.ids))), ('held', data.own, data.held)):
        made = decode(net, data.lexicon, corpus, list(ids), Options(), data.break_type)
        got = score(args.scorer, data.folder / f'{corpus.stem}.jsonl.gz', made)
        out[name] = {k: round(got[k]['f1'], 4) for k in ('statement', 'cue', 'content')}
    return out


def save(net, data, args):
    torch.save({'net': net.state_dict(), 'config': net.config.dict(), 'words': data.words, 'kind': args.kind},
               f'{args.out}.pt')


def epoch_batches(args, data, labels, rng):
    """(distilled?, windows) of one epoch: gold, and `--soft` times as many batches of labelled raw text."""
    made = [(False, b) for b in batches(data.gold_windows(args.window, rng), args.batch, rng)]
    if labels:
        known = sorted(labels.articles & set(data.unlabelled))
        raw = [(labels.corpus, b, e) for b, e in windows(labels.corpus, known, args.window, rng)]
        made += [(True, b) for b in batches(raw, args.batch, rng)[:int(args.soft * len(made))]]
    return [made[i] for i in rng.permutation(len(made))]


class Run:
    """A training run: schedule, steps, checkpoints."""

    def __init__(self, args):
        torch.set_num_threads(args.threads)
        torch.manual_seed(args.seed)
        self.args, self.rng = args, np.random.default_rng(args.seed)
        self.data = Data(args.prepared, args.data)
        self.net = build(args, self.data)
        self.labels = Labels(args.labels, self.data.raw) if args.labels else None
        self.adam, self.average = optimiser(self.net, args), Average(self.net)
        self.started, self.steps, self.seen = time.time(), 0, []

    def log(self, *what):
        with open(f'{self.args.out}.log', 'a') as f:
            print(*what, file=f)

    def go(self):
        epoch, done = 0, 0
        while done < 1 and epoch < self.args.epochs:
            todo = epoch_batches(self.args, self.data, self.labels, self.rng)
            for i, (soft, items) in enumerate(todo):
                spent = (time.time() - self.started) / 60 / self.args.minutes
                done = max((epoch + i / len(todo)) / self.args.epochs, spent)
                if done >= 1:
                    break
                self.step(soft, Batch(items), done)
            epoch += 1
            self.finish(epoch)

    def step(self, soft, batch, done):
        self.net.train()
        for group in self.adam.param_groups:
            group['lr'] = group['peak'] * min(1, (self.steps + 1) / 100) * max(0.02, 1 - done)
        lexicon = self.data.lexicon
        loss, parts = losses.distilled(self.net, batch, lexicon, self.labels) if soft else \
            losses.gold(self.net, batch, lexicon)
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.adam.step()
        self.average.update(self.net)
        self.steps += 1
        self.seen.append((soft, parts['role'], parts['cond']))
        if self.steps % 50 == 0:
            recent = {s: np.mean([r[1:] for r in self.seen[-100:] if r[0] == s], 0).round(4).tolist()
                      for s in {r[0] for r in self.seen[-100:]}}
            self.log(self.steps, f'{done:.3f}', int(time.time() - self.started), recent)

    def finish(self, epoch):
        """Keep and score the averaged weights."""
        self.average.swap(self.net)
        save(self.net, self.data, self.args)
        figures = evaluate(self.net, self.data, self.args)
        self.log(json.dumps({'epoch': epoch, 'seconds': int(time.time() - self.started), **figures}))
        self.average.swap(self.net)


if __name__ == '__main__':
    Run(arguments()).go()
