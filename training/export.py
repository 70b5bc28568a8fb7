"""Write a student as the runtime's model file, and its card, with figures of the rounded weights.

    export.py --prepared DIR --data DIR --scorer score.py --run RUN --out models/en

Embedding tables and the encoder become int8; the network is evaluated and calibrated as the runtime computes it.
"""
import argparse
import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from card import card
from data import ACTS, Batch, Corpus, first_byte, windows
from decode import Options, decode
from evaluate import Pairs, calibrated, isotonic, reliability, score
from quantised import LEVELS, Encoder, reach, rows_in_8_bits
from train import Data, merged


def rounded(table):
    """int8 rows and their scales; the table itself is replaced by what they stand for."""
    with torch.no_grad():
        rows, scales = rows_in_8_bits(table)
        table.copy_(rows * scales[:, None])
    return rows.to(torch.int8), scales


def quantised(net, data):
    """The network with its tables and its encoder as the runtime has them."""
    for table in (net.vectors.word.weight, net.vectors.feature.weight):
        rounded(table)
    places = windows(data.train, range(0, len(data.train.ids), 15), 160)
    batches = [Batch([(data.train, b, e) for b, e in places[i:i + 20]]) for i in range(0, len(places), 20)]
    net.encoder = Encoder(net.encoder, LEVELS / reach(net, batches, data.lexicon))
    return net


def encoder_tensors(encoder):
    """A quantised encoder's weights under their names in the file."""
    out = {}
    for i, layer in enumerate(encoder.layers):
        for way, direction in zip(('forward', 'backward'), layer):
            name = f'encoder.{i}.{way}'
            for part, rows, scales in (('weight_ih', direction.input, direction.input_scale),
                                       ('weight_hh', direction.hidden, direction.hidden_scale)):
                out[f'{name}.{part}.int8'], out[f'{name}.{part}.scale'] = rows.to(torch.int8), scales
            out[f'{name}.bias'] = direction.bias
    out.update({f'encoder_norm.{n}': p for n, p in encoder.norm.named_parameters()})
    return out


def tensors(net, words):
    """Everything the runtime reads, of a quantised network."""
    vectors, out = net.vectors, {}
    out['vocabulary'] = torch.frombuffer(bytearray('\n'.join(words).encode()), dtype=torch.uint8)
    for name, table in (('word', vectors.word.weight), ('feature', vectors.feature.weight)):
        out[f'{name}.int8'], out[f'{name}.scale'] = rounded(table)
    out['quote'], out['position'] = vectors.quote.weight, vectors.position.weight
    out.update({f'input_norm.{n}': p for n, p in vectors.norm.named_parameters()})
    out.update(encoder_tensors(net.encoder))
    tables = ('distance', 'quote', 'paragraph', 'other')
    for name, p in net.heads.named_parameters():
        if not name.startswith('syntax'):
            short = name.removesuffix('.weight') if name.split('.')[-2:-1] and name.split('.')[-2] in tables else name
            out[short] = p
    return {n: t.detach().contiguous().clone() for n, t in out.items()}


def header(net, options, least, extra):
    """The file's metadata: strings, some of them JSON."""
    config = net.config
    return {'format': 'onrecord-model', 'version': '2', 'language': 'en', 'affix_rows': str(config.affix_rows),
            'gram_rows': str(config.gram_rows), 'shape_rows': str(config.shape_rows), 'acts': json.dumps(ACTS),
            'input_levels': json.dumps(float(torch.tensor(net.encoder.steps))),
            'decoding': json.dumps({**options.dict(), 'least_confidence': least}), **extra}


def code_hash():
    """Hash over the training code that made the model."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob('*.py')):
        total.update(path.read_bytes())
    return total.hexdigest()


def arrays(confidences, wanted):
    """Confidence and correctness of the statements whose article `wanted` accepts."""
    rows = [(c, r) for name, c, r in confidences if wanted(name)]
    return np.array([c for c, _ in rows]), np.array([float(r) for _, r in rows])


def odd(name):
    return first_byte(name) % 2 == 1


def best_threshold(pairs):
    """The confidence below which statements cost more precision than they bring recall, by F1."""
    given, right = arrays(pairs.confidences, lambda name: True)
    f1 = {t: 2 * right[given >= t].sum() / (pairs.gold + (given >= t).sum()) for t in (i / 100 for i in range(60))}
    return max(f1, key=f1.get)


def recalibrate(made, points):
    """Replaces raw confidences by calibrated ones."""
    for s in (s for statements in made.values() for s in statements):
        line = points['top' if s['within'] is None else 'nested']
        s['confidence'] = float(calibrated(line, s['confidence']))


class Export:
    """What is measured of a network, in the order in which it is needed."""

    def __init__(self, net, data, options, scorer):
        self.data, self.scorer = data, scorer
        fields = Corpus.load(data.prepared, 'fields.dev')
        self.golds = {'dev': data.folder / 'polnear.dev.jsonl.gz', 'held_out': data.folder / 'statements.train.jsonl.gz',
                      'fields': data.folder / 'fields.dev.jsonl'}
        places = {'dev': (data.dev, range(len(data.dev.ids))), 'held_out': (data.own, data.held),
                  'fields': (fields, range(len(fields.ids)))}
        self.made = {name: decode(net, data.lexicon, corpus, list(ids), options, data.break_type)
                     for name, (corpus, ids) in places.items()}
        self.points = {'top': isotonic(*arrays(self.pairs('dev').confidences, odd), bins=10),
                       'nested': isotonic(*arrays(self.pairs('held_out', nested=True).confidences, bool), bins=5)}
        for made in self.made.values():
            recalibrate(made, self.points)
        self.least = best_threshold(self.pairs('dev'))
        for made in self.made.values():
            for name, statements in made.items():
                made[name] = [s for s in statements if s['confidence'] >= self.least]

    def pairs(self, name, nested=False):
        return Pairs(self.scorer, self.golds[name], self.made[name], nested)

    def calibration(self, name, wanted):
        """Expected calibration error, its table, and over how many statements."""
        given, right = arrays(self.pairs(name).confidences, wanted)
        error, rows = reliability(given, right)
        return {'statements': len(given), 'ece': error, 'table': rows}

    def figures(self):
        out = {name: score(self.scorer, self.golds[name], self.made[name]) for name in ('dev', 'held_out')}
        out['calibration'] = {'fitted_on': 'odd', 'tested_on': 'even',
                              **self.calibration('dev', lambda name: not odd(name))}
        out['calibration_held_out'] = self.calibration('held_out', bool)['ece']
        inner = self.pairs('held_out', nested=True)
        out['nested'] = {'f1': inner.f1(), 'gold': inner.gold, 'predicted': inner.predicted}
        out['acts_held_out'], out['acts_fields'] = self.pairs('held_out').acts(), self.pairs('fields').acts()
        return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('prepared', 'data', 'scorer', 'out'):
        ap.add_argument(f'--{name}', required=True)
    ap.add_argument('--run', required=True, nargs='+', help='a student run, or several of one start to average')
    ap.add_argument('--made', default='', help='a sentence for the card: how this run was trained')
    ap.add_argument('--set', default='{}', help='decoding constants to change, as JSON')
    args = ap.parse_args()
    torch.set_num_threads(1)
    data = Data(args.prepared, args.data)
    net = quantised(merged(args.run, data), data)
    options = Options(**json.loads(args.set))
    kept = tensors(net, data.words)
    export = Export(net, data, options, args.scorer)
    got, points = export.figures(), export.points
    training = {'polnear.train': len(data.train.ids), 'statements.train': len(data.taught),
                'news.raw': len(data.unlabelled)}
    extra = {'training_data': json.dumps(training), 'figures': json.dumps(got), 'calibration': json.dumps(points),
             'code_sha256': code_hash(), 'trained': datetime.date.today().isoformat()}
    out = Path(args.out)
    out.mkdir(exist_ok=True, parents=True)
    save_file(kept, out / 'model.safetensors', header(net, options, export.least, extra))
    (out / 'README.md').write_text(card(got, options, export.least, training, net.config, args.made), encoding='utf-8')
    print(json.dumps({k: got[k]['statement']['f1'] for k in ('dev', 'held_out')}), (out / 'model.safetensors').stat().st_size)


if __name__ == '__main__':
    main()
