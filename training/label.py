"""A teacher's labels on unlabelled text: `label.py --run RUN … --out FOLDER`, and reading them back.

Stored as logits (float16), not marginals: a teacher's chains can then be computed exactly for any
window of the text, which is what the student is distilled on.
"""
import argparse
import time
from pathlib import Path

import numpy as np
import torch

from data import REACH, Batch, Cues
from device import DEVICE, tensor
from decode import Group, Options, groups
from model import Crf, Ensemble

ASK = 0.1  # cues at least this likely are labelled too, as near misses


class Labels:
    """Stored labels of one corpus."""

    def __init__(self, folder, corpus):
        folder = Path(folder)
        parts = [np.load(p) for p in sorted(folder.glob('part-*.npz'))]
        crfs = torch.load(folder / 'crfs.pt', weights_only=True, map_location=DEVICE)
        self.role_crf, self.tag_crf = Crf(7), Crf(5)
        self.role_crf.load_state_dict(crfs['role'])
        self.tag_crf.load_state_dict(crfs['tag'])
        self.corpus = corpus
        self.articles = {int(a) for p in parts for a in p['articles']}
        total = len(corpus.arrays['types'])
        self._roles, self._nested = np.zeros((total, 7), np.float16), np.zeros((total, 3), np.float16)
        for p in parts:
            self._roles[p['tokens']], self._nested[p['tokens']] = p['roles'], p['nested']
        cues = np.concatenate([p['cues'] for p in parts])
        order = np.argsort(cues[:, 0], kind='stable')
        self._cues = cues[order]
        self._logits = np.concatenate([p['logits'] for p in parts])[order]

    def _pad(self, batch, array):
        out = np.zeros((len(batch.items), batch.width, array.shape[1]), np.float32)
        for row, (_, b, e) in zip(out, batch.items):
            row[:e - b] = array[b:e]
        return tensor(out)

    def roles(self, batch):
        """The teacher's role logits [B, W, 7]."""
        return self._pad(batch, self._roles)

    def nested(self, batch):
        """The teacher's nested-cue logits [B, W, 3]."""
        return self._pad(batch, self._nested)

    def cues(self, batch):
        """Labelled cues of the windows and the teacher's logits [C, L, 5] round them; None if there are none."""
        top = torch.zeros(batch.types.shape, dtype=torch.long)
        places, picked = [], []
        for row, (_, b, e) in enumerate(batch.items):
            first, last = np.searchsorted(self._cues[:, 0], [b, e])
            for i in range(first, last):
                at, nested, sure = self._cues[i]
                places.append((row, int(at) - b, float(nested)))
                picked.append(i)
                if sure and not nested:
                    top[row, int(at) - b] = 1
        if not places:
            return None, None
        cues = Cues(batch, *zip(*places), top)
        stored = tensor(self._logits[picked].astype(np.float32))
        shift = (cues.begin - cues.starts + REACH)[:, None] + torch.arange(cues.at.shape[1])[None, :]
        shift = shift.clamp(max=stored.shape[1] - 1)[..., None].expand(-1, -1, 5)
        return cues, stored.gather(1, shift)


def near_misses(group):
    """Top-level and nested cues between ASK and the thresholds, beside those found."""
    out = []
    for first, rest, found, nested in ((group.chain.unary[..., 3], group.chain.unary[..., 4], group.tops, 0),
                                       (*group.nested.softmax(-1)[..., 1:].unbind(-1), group.inner, 1)):
        sure = {(row, b) for row, b, _, _ in found}
        out += [(row, b, e, p, nested, 1) for row, b, e, p in found]
        out += [(row, b, e, p, nested, 0) for row, b, e, p in group.find(first, rest, ASK) if (row, b) not in sure]
    return out


def label(group, corpus, articles):
    """Arrays of one group of articles, as Labels reads them."""
    begins = [corpus.span(a)[0] for a in articles]
    lengths = group.batch.lengths.tolist()
    inside = torch.arange(group.batch.width)[None, :] < group.batch.lengths[:, None]
    found = near_misses(group)
    logits = np.zeros((len(found), 2 * REACH + 1, 5), np.float16)
    if found:
        cues = Cues(group.batch, [f[0] for f in found], [f[1] for f in found], [f[4] for f in found], group.top)
        made = group.net.heads.conditional(group.x, group.roles, group.batch, cues)
        for i in range(len(found)):
            n, shift = int(cues.lengths[i]), int(cues.begin[i] - cues.starts[i]) + REACH
            logits[i, shift:shift + n] = made[i, :n].cpu().numpy()
    return {'articles': np.array(articles),
            'tokens': np.concatenate([np.arange(b, b + n) for b, n in zip(begins, lengths)]),
            'roles': group.roles[inside].half().cpu().numpy(), 'nested': group.nested[inside].half().cpu().numpy(),
            'cues': np.array([(begins[r] + b, nested, sure) for r, b, _, _, nested, sure in found],
                             np.int64).reshape(-1, 3), 'logits': logits}


def joined(parts):
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


@torch.no_grad()
def main():
    ap = argparse.ArgumentParser(description=__doc__)
    for name in ('prepared', 'data', 'out'):
        ap.add_argument(f'--{name}', required=True)
    ap.add_argument('--run', required=True, nargs='+', help='a teacher, or several students of one size to average')
    ap.add_argument('--minilm', help='folder of the pretrained encoder, for a teacher')
    ap.add_argument('--minutes', type=float, default=1e9, help='stop by then')
    ap.add_argument('--share', default='0/1', help='k/n: this process labels every n-th group from the k-th on')
    ap.add_argument('--seed', type=int, default=1)
    args = ap.parse_args()
    from train import Data, load
    torch.set_num_threads(1)
    data = Data(args.prepared, args.data)
    nets = [load(run, data, args.minilm) for run in args.run]
    net = Ensemble(nets) if len(nets) > 1 else nets[0]
    out, started = Path(args.out), time.time()
    out.mkdir(exist_ok=True, parents=True)
    torch.save({'role': net.heads.role_crf.state_dict(), 'tag': net.heads.conditional.crf.state_dict()}, out / 'crfs.pt')
    share, of = map(int, args.share.split('/'))
    todo = list(groups(data.raw, data.unlabelled, 6000))
    order = np.random.default_rng(args.seed).permutation(len(todo))[share::of]
    options, parts = Options(window=256, margin=16), []
    for i in order:
        if time.time() - started > 60 * args.minutes:
            break
        parts.append(label(Group(net, data.lexicon, data.raw, todo[i], options), data.raw, todo[i]))
        print(len(parts), sum(len(p['tokens']) for p in parts), int(time.time() - started), flush=True)
    np.savez(out / f'part-{share}.npz', **joined(parts))


if __name__ == '__main__':
    main()
