"""Measures links within articles against links.tsv, which is larger than the development set.

    python links.py gold DATA GOLD.jsonl        the articles of links.tsv, for `cargo xtask fields GOLD.jsonl OUT.jsonl`
    python links.py score GOLD.jsonl OUT.jsonl  precision, recall and F1 of each relation; --errors prints what is wrong
"""

import gzip
import json
import pathlib
import sys

LABELS = pathlib.Path(__file__).with_name("links.tsv")


def labels():
    """Article → {(begin of from, begin of to, relation)}."""
    out = {}
    for line in LABELS.read_text().splitlines():
        if not line.startswith("#"):
            article, links = line.split("\t")
            rows = [link.split() for link in links.split("; ") if link]
            out[article] = {(int(source), int(target), relation) for source, relation, target in rows}
    return out


def gold(data, out):
    """Writes the labelled articles with the spans of their statements."""
    wanted = labels()
    with open(out, "w") as file:
        for name in ("statements.train.jsonl.gz", "polnear.train.jsonl.gz"):
            for line in gzip.open(pathlib.Path(data) / name, "rt"):
                article = json.loads(line)
                if article["id"] in wanted:
                    file.write(json.dumps(spans(article)) + "\n")


def spans(article):
    """The article with its statements in order; those of PolNeAR have no nesting."""
    statements = [s for s in article.get("statements") or article["attributions"] if s["content"]]
    if "attributions" in article:
        statements.sort(key=lambda s: min(span[0] for span in s["source"] + s["cue"] + s["content"]))
        statements = [{**s, "n": n} for n, s in enumerate(statements)]
    keep = lambda s: {"n": s["n"], "within": s.get("within"), **{k: s[k] for k in ("source", "cue", "content")}}
    published = article.get("published") or article.get("date")
    return {"id": article["id"], "published": published, "text": article["text"], "statements": [keep(s) for s in statements]}


def score(gold_file, out_file, errors):
    """Prints how well the links of the records do."""
    texts = {}
    for line in open(gold_file):
        article = json.loads(line)
        texts[article["id"]] = article["text"]
    wanted, counts = labels(), {}
    for line in open(out_file):
        record = json.loads(line)
        statements = {s["id"]: s for s in record["statements"]}
        begin = lambda key: statements[key]["content"][0][0]
        found = {(begin(l["from"]), begin(l["to"]), l["relation"]) for l in record["links"]}
        want = wanted[record["id"]]
        for link in found | want:
            right, have, wish = counts.get(link[2], (0, 0, 0))
            counts[link[2]] = (right + (link in found & want), have + (link in found), wish + (link in want))
        if errors:
            explain(texts[record["id"]], record, found, want)
    for relation, (right, have, wish) in sorted(counts.items()):
        p, r = right / max(1, have), right / max(1, wish)
        print(f"{relation:9} P {p:.3f}  R {r:.3f}  F1 {2 * right / (have + wish):.3f}  ({wish} gold, {have} found)")


def explain(text, record, found, want):
    """Prints the links that are wrong or missing."""
    words = lambda spans: " … ".join(text[b:e] for b, e in spans).replace("\n", " ")
    shown = {}
    for s in record["statements"]:
        names = ", ".join(x["name"] for x in s["speakers"])
        shown.setdefault(s["content"][0][0], f"[{names[:30]}] {s['act']} «{words(s['cue'])[:30]}» {words(s['content'])[:90]}")
    for source, target, relation in sorted(found ^ want):
        mark = "wrong  " if (source, target, relation) in found else "missing"
        print(f"{mark} {relation}\n    {shown[source]}\n    {shown[target]}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["gold", data, out]:
            gold(data, out)
        case ["score", gold_file, out_file, *rest]:
            score(gold_file, out_file, "--errors" in rest)
        case _:
            sys.exit(__doc__)
