//! What the project's people and its CI run: `cargo xtask prepare|fields`.

mod fields;
mod prepare;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", out, _, ..] => prepare::prepare(Path::new(out), &args[2..]),
        ["fields", gold, out] => fields::fields(Path::new(gold), Path::new(out)),
        _ => anyhow::bail!("usage: cargo xtask prepare OUT CORPUS.jsonl[.gz]… | fields GOLD.jsonl OUT.jsonl"),
    }
}
