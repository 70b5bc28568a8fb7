"""Buckets of the conditional head: small pure functions of positions relative to a cue.

Each is a plain integer rule, written on tensors, that the Rust runtime repeats exactly.
`t` is a token, `c` the first token of the cue; offsets are t - c.
"""
import torch

import device  # noqa: F401 — the tables below are made there

DISTANCES = torch.tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 23, 26, 30, 34, 39, 44,
                          50, 57, 65, 74, 84, 96, 109, 124, 141])
DISTANCE_ROWS, QUOTE_ROWS, PARAGRAPH_ROWS, OTHER_ROWS = 64, 80, 63, 18


def distance(offset):
    """Row 0-63: the last threshold of DISTANCES that |offset| reaches, plus 32 if t is before c."""
    size = torch.bucketize(offset.abs(), DISTANCES, right=True) - 1
    return size + 32 * (offset < 0).long()


def quote(state, cue_state, marks_between, offset):
    """Row 0-79: quote state of t (4) x c inside a quotation (2) x marks between, at most 4 (5) x t before c (2).

    c is inside when its own state is 1. `marks_between` counts tokens in state 2 or 3 at positions
    in [min(t, c), max(t, c)), so the left end counts and the right end does not.
    """
    inside = (cue_state == 1).long()
    return ((state * 2 + inside) * 5 + marks_between.clamp(max=4)) * 2 + (offset < 0).long()


def paragraph(paragraphs, sentences):
    """Row 0-62: paragraph(t) - paragraph(c) clipped to ±3 (7) x sentence(t) - sentence(c) clipped to ±4 (9)."""
    return (paragraphs.clamp(-3, 3) + 3) * 9 + sentences.clamp(-4, 4) + 4


def other(cues_between, starts_one):
    """Row 0-17: signed number of other cues between, clipped to ±4 (9) x whether t starts another cue (2).

    For t > c the cues starting in (c, t], counted positive; for t < c those starting in [t, c), negative.
    Only top-level cues are counted, and never c itself.
    """
    return (cues_between.clamp(-4, 4) + 4) * 2 + starts_one


def before(flags):
    """[B, W] flags -> [B, W + 1]: how many are set at positions below i."""
    total = flags.cumsum(1)
    return torch.cat([torch.zeros_like(total[:, :1]), total], 1)
