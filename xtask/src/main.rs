//! What the project's people and its CI run: `cargo xtask test`, `bench` and the like.

mod across;
mod archive;
mod bench;
mod browser;
mod coref;
mod fields;
mod hostile;
mod kernels;
mod ledger;
mod pages;
mod prepare;
mod speakers;
mod stages;
mod test;
mod tidy;
mod times;

use std::path::Path;

const USAGE: &str = "usage: cargo xtask COMMAND
  test                         every check of the project, as CI runs it
  browser [FOLDER]             the pages in a real browser; pictures of them into FOLDER
  tidy                         the rules about files alone
  bench CORPUS.jsonl[.gz]      speed of `onrecord read`, and where its time goes; into record/
  archive PAGES                a WARC of so many pages of our own, read end to end, killed, resumed; into record/
  ledger COUNT FILE            a ledger of so many invented statements, and how fast it answers
  hostile                      pages written to hurt a reader: seconds and memory of each; into record/
  kernels CORPUS.jsonl[.gz] N  the first N articles by every kernel of this machine, compared
  across RECORDS.jsonl[.gz]…   linking across articles on altered copies, and its time; into record/
  alike RECORDS.jsonl[.gz] N   N pairs of statements and of passages that it links, to be looked at
  prepare OUT CORPUS…          corpora as arrays, for training/
  coref CORPUS.conllu[.gz]…    whom pronouns, short names and descriptions are taken for, against gold
  speakers LEDGER GOLD.tsv     how well a ledger holds people apart and together across articles, against gold
  fields GOLD.jsonl OUT.jsonl  the fields of gold statements, to be scored
  pages CORPUS.jsonl[.gz] [GOLD.jsonl]  the main text of HTML pages: F1 and speed; titles, authors, days against gold
  times GOLD.jsonl OUT.jsonl   the time expressions of a corpus, to be scored";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test::test(),
        ["browser"] => browser::browser(None),
        ["browser", shots] => browser::browser(Some(Path::new(shots))),
        ["tidy"] => tidy::tidy(),
        ["bench", corpus] => bench::bench(Path::new(corpus)),
        ["archive", pages] => archive::archive(pages.parse()?),
        ["ledger", count, path] => ledger::ledger(count.parse()?, Path::new(path)),
        ["hostile"] => hostile::hostile(),
        ["hostile", page] => hostile::one(Path::new(page)),
        ["kernels", corpus, count] => kernels::kernels(Path::new(corpus), count.parse()?),
        ["across", _, ..] => across::across(&args[1..]),
        ["alike", records, count] => across::alike(Path::new(records), count.parse()?),
        ["prepare", out, _, ..] => prepare::prepare(Path::new(out), &args[2..]),
        ["coref", _, ..] => coref::coref(&args[1..]),
        ["pages", corpus] => pages::pages(Path::new(corpus), None),
        ["pages", corpus, gold] => pages::pages(Path::new(corpus), Some(Path::new(gold))),
        ["speakers", ledger, gold] => speakers::speakers(Path::new(ledger), Path::new(gold)),
        ["fields", gold, out] => fields::fields(Path::new(gold), Path::new(out)),
        ["times", gold, out] => times::times(Path::new(gold), Path::new(out)),
        _ => anyhow::bail!(USAGE),
    }
}
