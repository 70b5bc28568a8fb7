"""Parity vectors for the runtime: a tiny random model with its outputs, and outputs of the shipped model.

    vectors.py --prepared DIR --testdata testdata/model [--model RUN --data DIR]

Texts are invented here and given as tokens, so that no tokenizer is needed to check them.
"""
import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from data import Batch, Corpus, Cues, Tables, word_rows
from decode import Options, overlap
from export import header, quantised, rounded, tensors
from model import Config, Lexicon, Student
from quantised import LEVELS, Encoder

# text, cues as (first, last + 1, nested), and the content tokens of each
TINY = [('“ We will not sign it , ” Ada Brown said . ¶ Her lawyer denied that she had seen the letter .',
         [(10, 11, 0), (15, 16, 0), (2, 5, 1)], [[0, 1, 2, 3, 4, 5, 6, 7], [16, 17, 18, 19, 20, 21], [5]]),
        ('Critics say the plan failed : “ Nobody asked us . ” ¶ “ Nobody , ” Mr. Lee added .',
         [(1, 2, 0), (19, 20, 0)], [[2, 3, 4], [13, 14, 16]]),
        ('It was reported that Paris had agreed .', [(1, 3, 0), (5, 7, 1)], [[3, 4, 5, 6], [4]])]
LONG = ('Ministers in Oslo promised on Monday that the harbour would reopen before winter , but fishermen said they did '
        'not believe it . ¶ “ We have heard this three times , ” said Kari Nilsen , who owns two boats . “ Each time the '
        'money went elsewhere . ” ¶ According to a report by the coast guard , the northern pier has been unsafe since '
        'March . The ministry denied that it had known . ¶ Nilsen said her brother told the mayor that the boats would '
        'leave for good . “ He asked what they expected him to do , ” she recalled . ¶ A spokesman declined to comment .')
LONG_CUES = [(3, 4, 0), (16, 17, 0), (33, 34, 0), (52, 54, 0), (80, 81, 0), (83, 84, 1), (105, 107, 0)]
LONG_CONTENTS = [[6, 7, 8, 9, 10, 11, 12], [17, 18, 19, 20, 21], [*range(24, 33), *range(42, 51)], [*range(61, 69)],
                 [*range(81, 93)], [*range(86, 93)], [*range(94, 105)]]


def states(words):
    """Quote states of curly marks."""
    out, inside = [], 0
    for w in words:
        inside = {'“': 1, '”': 0, '¶': 0}.get(w, inside)
        out.append({'“': 2, '”': 3}.get(w, inside))
    return out


def counts(words):
    """Positions since the break, sentence and paragraph numbers (a rough count will do here)."""
    position, sentence, paragraph, since, s, p = [], [], [], 0, 0, 0
    for w in words:
        since = 0 if w == '¶' else since
        position.append(min(since, 7))
        sentence.append(s)
        paragraph.append(p)
        since, s, p = since + 1, s + (w in ('.', '¶')), p + (w == '¶')
    return position, sentence, paragraph


class Text:
    """A text as a batch of one window, its types numbered in the given tables (missing ones by the first type)."""

    def __init__(self, text, tables):
        known = {w: i for i, w in enumerate(tables.types)}
        self.words = [w if w in known else tables.types[0] for w in text.split(' ')]
        position, sentence, paragraph = counts(self.words)
        arrays = {'types': [known[w] for w in self.words], 'quote': states(self.words), 'position': position,
                  'sentence': sentence, 'paragraph': paragraph}
        self.lists = arrays
        corpus = Corpus('invented', {n: torch.tensor(v).numpy() for n, v in arrays.items()}, ['invented'])
        self.batch = Batch([(corpus, 0, len(self.words))])


def plain(tensor):
    return [plain(t) for t in tensor] if tensor.dim() > 1 else [round(float(v), 6) for v in tensor]


def cue_outputs(net, text, x, roles, spec, top, reach):
    """Head 2 for one cue [begin, end, nested]."""
    begin, end, nested = spec
    cues = Cues(text.batch, [0], [begin], [nested], top, reach)
    logits = net.heads.conditional(x, roles, text.batch, cues)
    crf = net.heads.conditional.crf
    viterbi, unary = crf.viterbi(logits, cues.lengths)[0], crf.chain(logits, cues.lengths).unary[0]
    return {'begin': begin, 'end': end, 'nested': bool(nested), 'top': top[0].nonzero()[:, 0].tolist(),
            'first': int(cues.begin[0]), 'logits': plain(logits[0]),
            'marginals': plain(unary), 'viterbi': viterbi.tolist(),
            'overlaps': [round(overlap(viterbi, unary, first), 6) for first in (1, 3)]}


def act_outputs(net, x, cue, content):
    """Head 5 for one statement."""
    weight = torch.zeros(2, 1, x.shape[1])
    weight[0, 0, cue[0]:cue[1]] = 1 / (cue[1] - cue[0])
    weight[1, 0, content] = 1 / len(content)
    logits = net.heads.acts(x[0], weight[0], weight[1], torch.tensor([min(content)]))
    return {'cue': list(cue), 'content': content, 'logits': plain(logits[0])}


@torch.no_grad()
def outputs(net, lexicon, text, specs, contents, reach):
    """Every input and output of one text."""
    x = net(text.batch, lexicon)
    roles = net.heads.role(x)
    top = torch.zeros(1, len(text.words), dtype=torch.long)
    for begin, _, nested in specs:
        top[0, begin] = 0 if nested else 1
    types = text.batch.types[0]
    features = [lexicon.rows[lexicon.offsets[t]:lexicon.offsets[t + 1]].tolist() for t in types.tolist()]
    return {**text.lists, 'types': text.words, 'word_row': lexicon.word_rows[types].tolist(), 'features': features,
            'x': plain(x[0]), 'role_logits': plain(roles[0]),
            'role_marginals': plain(net.heads.role_crf.chain(roles, text.batch.lengths).unary[0]),
            'nested_logits': plain(net.heads.nested(x)[0]),
            'cues': [cue_outputs(net, text, x, roles, s, top, reach) for s in specs],
            'acts': [act_outputs(net, x, s[:2], c) for s, c in zip(specs, contents)]}


def write(path, model, texts):
    path.write_text(json.dumps({'model': model, 'texts': texts}, ensure_ascii=False), encoding='utf-8')


def tiny(tables, folder):
    """The random model, its file and its vectors."""
    torch.manual_seed(7)
    words = sorted({w.lower() for t, _, _ in TINY for w in t.split(' ')})[::2]
    net = Student(Config(len(words), d=8, hidden=8, width=8, affix_rows=13, gram_rows=29, shape_rows=5)).eval()
    for p in net.parameters():
        torch.nn.init.normal_(p, std=0.4)
    for table in (net.vectors.word.weight, net.vectors.feature.weight):
        rounded(table)
    net.encoder = Encoder(net.encoder, LEVELS / 3)
    lexicon, line = Lexicon(tables, word_rows(tables, words), [1] * len(words)), [[0, 0], [1, 1]]
    options = Options(window=24, margin=4, reach=9)
    save_file(tensors(net, words), folder / 'tiny.safetensors',
              header(net, options, 0.0, {'calibration': json.dumps({'top': line, 'nested': line})}))
    made = [outputs(net, lexicon, Text(text, tables), specs, contents, options.reach)
            for text, specs, contents in TINY]
    write(folder / 'parity.json', 'tiny.safetensors', made)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--prepared', required=True)
    ap.add_argument('--testdata', required=True)
    ap.add_argument('--model', nargs='+', help='student runs, as for export.py')
    ap.add_argument('--data', help='folder of the gold corpora')
    args = ap.parse_args()
    folder = Path(args.testdata)
    folder.mkdir(exist_ok=True, parents=True)
    tiny(Tables(args.prepared), folder)
    if args.model:
        from train import Data, merged
        data = Data(args.prepared, args.data)
        net = quantised(merged(args.model, data), data)
        made = [outputs(net, data.lexicon, Text(LONG, data.tables), LONG_CUES, LONG_CONTENTS, Options().reach)]
        write(folder / 'parity-en.json', 'model.safetensors', made)


if __name__ == '__main__':
    main()
