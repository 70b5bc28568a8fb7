"""The encoder as the runtime computes it: weights and states of the recurrences in 8 bits, sums in integers.

Each row of weights has its scale (largest magnitude / 127). States lie in (-1, 1) and are rounded to steps of 1/127;
the first layer's inputs to a step of their own. Integers make the sums exact, so every processor gives the same ones.
"""
import torch
from torch import nn

LEVELS = 127


def rows_in_8_bits(weights):
    """Integer rows and their scales: row r stands for integers[r] * scales[r]."""
    scales = (weights.abs().amax(1) / LEVELS).clamp(min=1e-8)
    return (weights / scales[:, None]).round().clamp(-LEVELS, LEVELS), scales


def levels(values, steps):
    """Values as integers, `steps` of them to one unit."""
    return (values * steps).round().clamp(-LEVELS, LEVELS)


@torch.no_grad()
def reach(net, batches, lexicon):
    """The magnitude that all but one in ten thousand input values stay below."""
    seen = torch.cat([net.vectors(batch, lexicon).abs().flatten()[::7] for batch in batches])
    return float(seen.kthvalue(int(len(seen) * 0.9999)).values)


class Direction:
    """One LSTM direction in 8 bits."""

    @torch.no_grad()
    def __init__(self, lstm, steps):
        """`steps`: input levels to one unit."""
        self.backwards, self.steps, self.units = lstm.backwards, steps, lstm.hidden_size
        self.input, self.input_scale = rows_in_8_bits(lstm.weight_ih_l0)
        self.hidden, self.hidden_scale = rows_in_8_bits(lstm.weight_hh_l0)
        self.bias = lstm.bias_ih_l0 + lstm.bias_hh_l0

    def __call__(self, x, lengths):
        place = torch.arange(x.shape[1])[None, :]
        if self.backwards:
            place = torch.where(place < lengths[:, None], lengths[:, None] - 1 - place, place)
            x = x.gather(1, place[..., None].expand(-1, -1, x.shape[2]))
        out = self.forwards(x)
        return out.gather(1, place[..., None].expand(-1, -1, out.shape[2])) if self.backwards else out

    def forwards(self, x):
        # Floats hold these integer sums exactly: they stay far below 2^24.
        gates = levels(x, self.steps) @ self.input.T * (self.input_scale / self.steps) + self.bias
        hidden = cell = torch.zeros(x.shape[0], self.units)
        out = []
        for step in range(x.shape[1]):
            own = gates[:, step] + levels(hidden, LEVELS) @ self.hidden.T * (self.hidden_scale / LEVELS)
            i, f, g, o = own.chunk(4, 1)
            cell = f.sigmoid() * cell + i.sigmoid() * g.tanh()
            hidden = o.sigmoid() * cell.tanh()
            out.append(hidden)
        return torch.stack(out, 1)


class Encoder(nn.Module):
    """Takes the place of a trained encoder."""

    def __init__(self, encoder, steps):
        """`steps`: levels to one unit of the first layer's input."""
        super().__init__()
        self.norm, self.steps = encoder.norm, steps
        self.layers = [[Direction(lstm, LEVELS if i else steps) for lstm in pair]
                       for i, pair in enumerate(zip(encoder.forwards, encoder.backwards))]

    def forward(self, x, lengths):
        for pair in self.layers:
            x = torch.cat([direction(x, lengths) for direction in pair], -1)
        return self.norm(x)
