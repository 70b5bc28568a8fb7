//! Names of outlets, programmes and platforms, known by the words in them.

use std::sync::LazyLock;

use crate::Span;
use crate::resolve::Frame;
use crate::resolve::acts::pattern::Patterns;
use crate::resolve::acts::words::Word;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlet {
    /// A newspaper, an agency, a website.
    Press,
    /// A station.
    Broadcast,
    /// A programme on the air.
    Programme,
    /// A platform on the net.
    Platform,
}

static OUTLETS: LazyLock<Patterns<Outlet>> = LazyLock::new(|| {
    let file = include_str!("../../../data/outlets.txt").lines().filter(|line| !line.starts_with('#'));
    let kinds = file.filter_map(|line| line.split_once(": "));
    let names = kinds.flat_map(|(kind, names)| names.split(", ").map(move |name| (kind, name)));
    // names are few and read once, so their lower-case forms may live for ever
    Patterns::new(names.map(|(kind, name)| (&*name.to_lowercase().leak(), of_word(kind))))
});

fn of_word(kind: &str) -> Outlet {
    match kind.trim_end_matches(" word") {
        "broadcast" => Outlet::Broadcast,
        "programme" => Outlet::Programme,
        "platform" => Outlet::Platform,
        _ => Outlet::Press,
    }
}

/// The outlet that the name beginning at word `at` is, if it is one, and where the name ends. A leading "the" or quotation mark is
/// passed.
pub(super) fn at(frame: &Frame<'_>, words: &[Word], at: usize) -> Option<(Outlet, Span, usize)> {
    let passed =
        |word: &Word| word.lower == "the" || matches!(word.lower.as_str(), "“" | "\"" | "‘" | "`" | "``");
    let at = at + usize::from(words.get(at).is_some_and(passed));
    let end = name_end(frame, words, at);
    let found: Vec<_> = OUTLETS.all(words.get(at..end)?);
    let kind = found.iter().map(|m| m.value).reduce(|a, b| if b == Outlet::Press { a } else { b })?;
    Some((kind, Span { begin: words[at].span.begin, end: words[end - 1].span.end }, end))
}

/// One past the last word of the name that begins at `at`: capitals, figures after one, "the" and "and" between.
fn name_end(frame: &Frame<'_>, words: &[Word], at: usize) -> usize {
    let capital = |n: usize| words.get(n).is_some_and(|word| is_capital(frame.words(word.span)));
    let joins =
        |n: usize| words.get(n).is_some_and(|word| matches!(word.lower.as_str(), "the" | "of" | "&" | "and"));
    let mut end = at;
    while end < words.len().min(at + 8) {
        let adjacent = end == at || words[end].span.begin <= words[end - 1].span.end + 1;
        let figure = end > at && words[end].lower.chars().all(|c| c.is_ascii_digit());
        let bridge = end > at && joins(end) && (capital(end + 1) || joins(end + 1) && capital(end + 2));
        if !adjacent || !(capital(end) || figure || bridge) {
            break;
        }
        end += 1;
    }
    end
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The first outlet of one of `kinds` named among the words.
pub(super) fn first(frame: &Frame<'_>, words: &[Word], kinds: &[Outlet]) -> Option<(Outlet, Span)> {
    let mut begin = 0;
    while begin < words.len() {
        match at(frame, words, begin) {
            Some((kind, span, _)) if kinds.contains(&kind) => return Some((kind, span)),
            Some((_, _, end)) => begin = end.max(begin + 1),
            None => begin = name_end(frame, words, begin).max(begin + 1),
        }
    }
    None
}
