"""The teacher's transformer: word pieces of each token type, packing into its input, loading from a local folder."""
import os

import torch
from tokenizers import Tokenizer

from device import DEVICE

MOST = 6  # pieces kept of one token


def transformer(folder):
    """The pretrained encoder, its embeddings frozen and attention dropout off (both for speed)."""
    os.environ['HF_HUB_OFFLINE'] = '1'
    from transformers import BertModel
    net = BertModel.from_pretrained(folder, attn_implementation='sdpa', add_pooling_layer=False,
                                    attention_probs_dropout_prob=0.0)
    net.embeddings.requires_grad_(False)
    return net.to(DEVICE)


class Pieces:
    """Word pieces of every token type; a line break is a [SEP]."""

    def __init__(self, tables, folder):
        tokenizer = Tokenizer.from_file(os.path.join(folder, 'tokenizer.json'))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.begin, self.end, unknown = (tokenizer.token_to_id(t) for t in ('[CLS]', '[SEP]', '[UNK]'))
        found = tokenizer.encode_batch(tables.types, add_special_tokens=False)
        self.ids = [e.ids[:MOST] or [unknown] for e in found]
        for i, kind in enumerate(tables.types):
            if kind == '¶':
                self.ids[i] = [self.end]

    def count(self, types):
        """Pieces of a stretch of token types."""
        return sum(len(self.ids[t]) for t in types)

    def pack(self, batch):
        """Piece ids [B, S], attention mask [B, S] and each token's first piece [B, W]."""
        rows, firsts = [], torch.zeros(batch.types.shape, dtype=torch.long, device='cpu')
        for b, (types, n) in enumerate(zip(batch.types.tolist(), batch.lengths.tolist())):
            row = [self.begin]
            for t in range(n):
                firsts[b, t] = min(len(row), 510)
                row += self.ids[types[t]]
            rows.append(row[:511] + [self.end])
        width = max(map(len, rows))
        ids = torch.tensor([r + [0] * (width - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in rows])
        return ids, mask, firsts.to(DEVICE)
