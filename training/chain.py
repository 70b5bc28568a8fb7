"""Linear-chain CRF mathematics: normaliser, marginals, soft-target loss and Viterbi.

Everything runs in probability space with a rescaling at each step, which is
several times faster on a CPU than log-sum-exp loops under autograd, and exact.
A chain over labels y_1..y_L scores  start[y_1] + sum e_t[y_t] + sum T[y_t-1, y_t] + end[y_L].
"""
import torch


class Chain:
    """Marginals of a batch of chains: `unary` [B, L, Y], `log_z` [B], and pairwise sums on request."""

    def __init__(self, emit, lengths, trans, start, end):
        size, length, _ = emit.shape
        self.lengths = lengths
        valid = torch.arange(length)[:, None] < lengths[None, :]
        peak = emit.max(-1, keepdim=True).values
        local = (emit - peak).exp().transpose(0, 1).contiguous()
        self.trans = trans.exp()
        alpha, scale = _forward(local, valid, self.trans, start.exp())
        beta = _backward(local, valid, self.trans, end.exp())
        last = (alpha[lengths - 1, torch.arange(size)] * end.exp()).sum(-1)
        self.log_z = (scale.log() * valid).sum(0) + (peak[..., 0].transpose(0, 1) * valid).sum(0) + last.log()
        unary = alpha * beta
        unary = unary / unary.sum(-1, keepdim=True) * valid[..., None]
        self.unary = unary.transpose(0, 1)
        self._left, self._right, self._valid = alpha[:-1], local[1:] * beta[1:], valid[1:]

    def pairs(self, weight):
        """Expected transition counts [Y, Y], chain b counting weight[b] times."""
        norm = (self._left @ self.trans * self._right).sum(-1)
        factor = torch.where(self._valid, weight[None, :] / norm, torch.zeros_like(norm))
        left = (self._left * factor[..., None]).flatten(0, 1)
        return left.T @ self._right.flatten(0, 1) * self.trans

    def final(self):
        """Marginals of each chain's last label [B, Y]."""
        return self.unary[torch.arange(len(self.lengths)), self.lengths - 1]


def _forward(local, valid, trans, start):
    alpha = torch.empty_like(local)
    scale = torch.ones(local.shape[:2])
    now = local[0] * start
    for t in range(local.shape[0]):
        if t:
            now = torch.where(valid[t, :, None], (now @ trans) * local[t], now)
        total = now.sum(-1)
        now = now / total[:, None]
        alpha[t], scale[t] = now, total
    return alpha, scale


def _backward(local, valid, trans, end):
    beta = torch.empty_like(local)
    back = trans.T.contiguous()
    now = end.expand(local.shape[1:]).contiguous()
    beta[-1] = now
    for t in range(local.shape[0] - 2, -1, -1):
        step = (local[t + 1] * now) @ back
        now = torch.where(valid[t + 1, :, None], step / step.sum(-1, keepdim=True), now)
        beta[t] = now
    return beta


class _LogZ(torch.autograd.Function):
    """log Z of each chain, whose gradients are the marginals already computed."""

    @staticmethod
    def forward(ctx, emit, trans, start, end, chain):
        ctx.chain = chain
        return chain.log_z.clone()

    @staticmethod
    def backward(ctx, grad):
        chain = ctx.chain
        return (chain.unary * grad[:, None, None], chain.pairs(grad),
                grad @ chain.unary[:, 0], grad @ chain.final(), None)


class Target:
    """What a chain is trained towards: label marginals, and transition counts weighted by chain."""

    def __init__(self, unary, pairs, final):
        self.unary, self.pairs, self.final = unary, pairs, final

    @staticmethod
    def gold(labels, lengths, size, weight):
        """From label numbers [B, L]; labels past a chain's length are ignored."""
        valid = torch.arange(labels.shape[1])[None, :] < lengths[:, None]
        unary = torch.nn.functional.one_hot(labels, size).float() * valid[..., None]
        both = (unary[:, :-1] * weight[:, None, None]).flatten(0, 1).T @ unary[:, 1:].flatten(0, 1)
        return Target(unary, both, unary[torch.arange(len(lengths)), lengths - 1])

    @staticmethod
    def of_chain(chain, weight):
        """From a teacher's chain."""
        return Target(chain.unary, chain.pairs(weight), chain.final())


def loss(emit, crf, made, target, weight):
    """Sum over chains of weight * cross-entropy between the target's chains and ours; `made` is the Chain of `emit`."""
    log_z = _LogZ.apply(emit, crf.trans, crf.start, crf.end, made)
    score = (weight[:, None, None] * target.unary * emit).sum() + (target.pairs * crf.trans).sum()
    score = score + (weight @ target.unary[:, 0] * crf.start).sum() + (weight @ target.final * crf.end).sum()
    return (weight * log_z).sum() - score


def viterbi(emit, lengths, trans, start, end):
    """Best labels [B, L]; the lower label number wins a tie. Positions past a length hold 0."""
    size, length, _ = emit.shape
    best = emit[:, 0] + start
    scores, back = [best], []
    for t in range(1, length):
        value, came = (best[:, :, None] + trans[None]).max(1)
        best = value + emit[:, t]
        back.append(came)
        scores.append(best)
    out = torch.zeros(size, length, dtype=torch.long)
    label = torch.zeros(size, dtype=torch.long)
    for t in range(length - 1, -1, -1):
        ends = (scores[t] + end).argmax(-1)
        if t + 1 < length:
            label = back[t][torch.arange(size), label]
        label = torch.where(lengths - 1 == t, ends, label)
        out[:, t] = torch.where(t < lengths, label, torch.zeros_like(label))
    return out
