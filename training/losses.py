"""What the networks are trained towards: gold statements, or a teacher's stored logits."""
import torch
from torch.nn import functional as F

from chain import Target
from data import Cues

CUE_WEIGHT, ACT_WEIGHT, SYNTAX_WEIGHT, NEGATIVE = 0.05, 0.2, 0.1, 0.1


def gold(net, batch, lexicon):
    """Loss on annotated windows, and its parts for the log."""
    x = net(batch, lexicon)
    heads = net.heads
    roles, truth = heads.role(x), batch.gold_roles()
    made = heads.role_crf.chain(roles, batch.lengths)
    ones, tokens = torch.ones(len(batch.items)), float(batch.lengths.sum())
    role = heads.role_crf.loss(roles, made, Target.gold(truth, batch.lengths, 7, ones), ones) / tokens
    nested, inner = nested_loss(heads.nested(x), batch)
    cond = gold_conditional(net, batch, x, roles, made, inner)
    syntax = heads.syntax.loss(net.encoder.lower, batch.gold_syntax()) if bool((batch.gold_syntax() >= 0).any()) else 0
    total = role + nested + CUE_WEIGHT * cond + ACT_WEIGHT * act_loss(net, batch, x) + SYNTAX_WEIGHT * syntax
    return total, {'role': role.item(), 'cond': cond.item()}


def nested_loss(logits, batch):
    """Cross-entropy of nested cue tags where they are annotated; also P(nested cue)."""
    mask = batch.nested_mask()
    each = F.cross_entropy(logits.flatten(0, 1), batch.gold_nested().flatten(), reduction='none')
    return (each * mask.flatten()).sum() / mask.sum().clamp(min=1), logits.detach().softmax(-1)[..., 1:].sum(-1) * mask


def negatives(probability, batch, taken, most):
    """Up to `most` (row, token) pairs, at random, where a cue seems likely but there is none."""
    inside = torch.arange(batch.width)[None, :] < batch.lengths[:, None]
    rows, starts = ((probability > NEGATIVE) & inside).nonzero(as_tuple=True)
    found = [(r, t) for r, t in zip(rows.tolist(), starts.tolist()) if (r, t) not in taken]
    pick = torch.randperm(len(found))[:most].tolist()
    return [found[i] for i in pick]


def gold_conditional(net, batch, x, roles, made, inner):
    """Mean loss a cue of head 2, with likely non-cues labelled O throughout."""
    cues, parts = [], []
    for row, begin, s in batch.gold_statements():
        cues.append((row, s.cue[0] - begin, float(s.nested)))
        parts.append({t - begin: y for t, y in s.parts.items()})
    top = torch.zeros(batch.types.shape, dtype=torch.long)
    for row, t, nested in cues:
        if not nested:
            top[row, t] = 1
    taken = {(row, t) for row, t, _ in cues} | set(map(tuple, ((batch.gold_roles() == 4).nonzero()).tolist()))
    most = max(6, len(cues) // 2)
    wrong = [(r, t, 0.0) for r, t in negatives(made.unary[..., 3:5].sum(-1), batch, taken, most)]
    wrong += [(r, t, 1.0) for r, t in negatives(inner, batch, taken, most // 3)]
    if not cues + wrong:
        return torch.zeros(())
    made_cues = Cues(batch, *zip(*(cues + wrong)), top)
    labels = torch.zeros(made_cues.at.shape, dtype=torch.long)
    for i, marks in enumerate(parts):
        begin, n = int(made_cues.begin[i]), int(made_cues.lengths[i])
        for t, y in marks.items():
            if 0 <= t - begin < n:
                labels[i, t - begin] = y
    return conditional_loss(net, batch, x, roles, made_cues, lambda crf, w: Target.gold(labels, made_cues.lengths, 5, w))


def conditional_loss(net, batch, x, roles, cues, target):
    """Mean cross-entropy a cue; `target(crf, weight)` gives what the chains should be."""
    head = net.heads.conditional
    logits = head(x, roles, batch, cues)
    weight = torch.ones(len(cues.rows))
    made = head.crf.chain(logits, cues.lengths)
    return head.crf.loss(logits, made, target(head.crf, weight), weight) / len(cues.rows)


def act_loss(net, batch, x):
    """Act and negation of the gold statements that have them, content cut at the window's end."""
    flat, rows = x.flatten(0, 1), []
    for row, begin, s in batch.gold_statements():
        end = begin + int(batch.lengths[row])
        content = [t for t in s.content if begin <= t < end]
        if s.act >= 0 and content:
            rows.append((row * batch.width - begin, s, content, min(s.cue[1], end)))
    if not rows:
        return torch.zeros(())
    cue, content = torch.zeros(2, len(rows), len(flat))
    for i, (shift, s, places, end) in enumerate(rows):
        cue[i, shift + s.cue[0]:shift + end] = 1 / (end - s.cue[0])
        content[i, [shift + t for t in places]] = 1 / len(places)
    first = torch.tensor([shift + min(places) for shift, _, places, _ in rows])
    logits = net.heads.acts(flat, cue, content, first)
    acts = torch.tensor([s.act for _, s, _, _ in rows])
    negated = torch.tensor([float(s.negated) for _, s, _, _ in rows])
    return F.cross_entropy(logits[:, :-1], acts) + F.binary_cross_entropy_with_logits(logits[:, -1], negated)


def distilled(net, batch, lexicon, labels):
    """Loss on unlabelled windows towards a teacher's `labels`."""
    x = net(batch, lexicon)
    heads = net.heads
    ones, tokens = torch.ones(len(batch.items)), float(batch.lengths.sum())
    roles = heads.role(x)
    made = heads.role_crf.chain(roles, batch.lengths)
    taught = labels.role_crf.chain(labels.roles(batch), batch.lengths)
    role = heads.role_crf.loss(roles, made, Target.of_chain(taught, ones), ones) / tokens
    inside = (torch.arange(batch.width)[None, :] < batch.lengths[:, None]).float()
    soft = labels.nested(batch).softmax(-1)
    nested = -((soft * heads.nested(x).log_softmax(-1)).sum(-1) * inside).sum() / tokens
    cues, logits = labels.cues(batch)
    cond = torch.zeros(())
    if cues is not None:
        taught = labels.tag_crf.chain(logits, cues.lengths)
        cond = conditional_loss(net, batch, x, roles, cues, lambda crf, w: Target.of_chain(taught, w))
    return role + nested + CUE_WEIGHT * cond, {'role': role.item(), 'cond': cond.item()}
