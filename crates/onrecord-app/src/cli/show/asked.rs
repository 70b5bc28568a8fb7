//! Pages of a ledger: figures, disputes, positions over time, outlets side by side, quotes told otherwise.

use onrecord_ledger::{
    Comparison, Count, Dispute, Drift, GenderCounts, Kept, Linked, OutletGenders, Period, Reread, Stats,
    WordPiece,
};
use unicode_width::UnicodeWidthStr;

use super::kept::{GUTTER, block, origin, short, so_many, speakers};
use super::list::by_quotation;
use super::paint::{Look, Run};
use super::profile::bars;
use super::wrap::wrap;
use super::{Page, counted, inert, paragraph};

/// How far those that answer to a statement stand to the right of it, in columns.
const BELOW: usize = 4;

/// Figures.
pub(crate) fn stats(stats: &Stats, page: Page) -> String {
    let mut out = String::new();
    let Stats { articles, statements, anonymous, disputed, .. } = stats;
    let told = format!(
        "{} in {} · {} % relayed from somebody unnamed · {disputed} disputed",
        counted(*statements as usize, "statement"),
        counted(*articles as usize, "article"),
        percent(*anonymous, *statements)
    );
    paragraph(&[Run::new(Look::Title, told)], 0, page, &mut out);
    out.push('\n');
    bars("who speaks", &stats.speaker_counts(), page, &mut out);
    bars("what they do", &stats.acts, page, &mut out);
    bars("how", &stats.channels, page, &mut out);
    bars("outlets, with the share of the unnamed", &with_share(&stats.publishers), page, &mut out);
    bars("weeks, with the share of the unnamed", &with_share(&stats.weeks), page, &mut out);
    if let Some(genders) = &stats.genders {
        let GenderCounts { women, men, others, untold } = genders.all;
        let counts = [("women", women), ("men", men), ("others", others), ("not told", untold)];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<Count> = counts.map(|(what, count)| Count { what: what.into(), count }).collect();
        bars("people who speak, by what the registry tells", &counts, page, &mut out);
        bars("outlets, with the share of women among them", &with_women(&genders.publishers), page, &mut out);
    }
    out
}

fn with_women(outlets: &[OutletGenders]) -> Vec<Count> {
    let one = |OutletGenders { what, counts }: &OutletGenders| Count {
        what: format!("{} ({} %)", short(what, 24), percent(counts.women, counts.told())),
        count: counts.told(),
    };
    outlets.iter().filter(|outlet| outlet.counts.told() > 0).map(one).collect()
}

fn with_share(periods: &[Period]) -> Vec<Count> {
    let one = |period: &Period| Count {
        what: format!("{} ({} %)", short(&period.what, 24), percent(period.anonymous, period.statements)),
        count: period.statements,
    };
    periods.iter().map(one).collect()
}

/// How many of a hundred, rounded.
pub(crate) fn percent(part: u64, all: u64) -> u64 {
    (100 * part + all / 2) / all.max(1)
}

/// What is disputed, of `count` in all.
pub(crate) fn disputes(found: &[Dispute], count: u64, page: Page) -> String {
    let mut out = String::new();
    for dispute in found {
        block(&dispute.statement, 0, page, &mut out);
        for linked in &dispute.by {
            relation(linked, page, &mut out);
            block(&linked.statement, BELOW, page, &mut out);
        }
        out.push('\n');
    }
    let shown = found.len() as u64;
    let more =
        if shown < count { format!(" of {}; --limit shows more", so_many(count)) } else { String::new() };
    let told = format!("{}{more}", counted(found.len(), "disputed statement"));
    paragraph(&[Run::new(Look::Aside, told)], 0, page, &mut out);
    out
}

fn relation(linked: &Linked, page: Page, out: &mut String) {
    let (look, told) = match linked.relation.as_str() {
        "disputes" => (Look::Alarm, "↯ disputed by".to_owned()),
        "supports" => (Look::Act, "supported by".to_owned()),
        "answers" => (Look::Act, "answered by".to_owned()),
        other => (Look::Act, other.to_owned()),
    };
    let mut runs = vec![Run::new(look, told)];
    if !linked.evidence.is_empty() && linked.evidence != linked.statement.content {
        runs.push(Run::new(Look::Aside, format!(", shown by “{}”", inert(&linked.evidence_words))));
    }
    paragraph(&runs, BELOW, page, out);
}

/// The widest name beside a position.
const WHO: usize = 22;

/// The widest act, with the blank after it.
const ACT: usize = 14;

/// Positions over time, the day and the speaker beside each.
pub(crate) fn timeline(found: &[Kept], page: Page) -> String {
    let mut out = String::new();
    let mut last = "";
    for kept in found {
        let day = kept.day.as_deref().unwrap_or("no day");
        position(kept, if day == last { "" } else { day }, page, &mut out);
        last = day;
    }
    paragraph(&[Run::new(Look::Aside, counted(found.len(), "position"))], 0, page, &mut out);
    out
}

fn position(kept: &Kept, day: &str, page: Page, out: &mut String) {
    let names: Vec<String> = kept.speakers.iter().map(|voice| inert(&voice.name)).collect();
    let who = if names.is_empty() { inert(&kept.words.source) } else { names.join(", ") };
    let act = if kept.negated { format!("not {}", kept.act.word()) } else { kept.act.word().to_owned() };
    let said = by_quotation(&inert(&kept.words.content));
    let room = page.width.saturating_sub(GUTTER + WHO + ACT).max(WHO);
    for (number, line) in wrap(&said, room).iter().enumerate() {
        let first = |words: &str| if number == 0 { words.to_owned() } else { String::new() };
        Run::new(Look::Aside, padded(&first(day), GUTTER)).write(page.paint, out);
        Run::new(Look::Source, padded(&first(&short(&who, WHO - 1)), WHO)).write(page.paint, out);
        Run::new(Look::Act, padded(&first(&act), ACT)).write(page.paint, out);
        line.write(page.paint, out);
        out.push('\n');
    }
}

/// The words and blanks up to a width in columns.
fn padded(words: &str, width: usize) -> String {
    let blanks = width.saturating_sub(words.width());
    format!("{words}{}", " ".repeat(blanks))
}

/// Outlets side by side.
pub(crate) fn compare(compared: &Comparison, page: Page) -> String {
    let mut out = String::new();
    for outlet in &compared.outlets {
        let told = format!(
            ": {} in {} · {} % relayed from somebody unnamed · {} disputed",
            counted(outlet.statements as usize, "statement"),
            counted(outlet.articles as usize, "article"),
            percent(outlet.anonymous, outlet.statements),
            outlet.disputed
        );
        let runs = [Run::new(Look::Title, inert(&outlet.publisher)), Run::new(Look::Aside, told)];
        paragraph(&runs, 0, page, &mut out);
    }
    out.push('\n');
    let names: Vec<String> = compared.speakers.iter().map(|(name, _)| short(&inert(name), 28)).collect();
    let wide = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let columns: Vec<String> =
        compared.outlets.iter().map(|outlet| short(&inert(&outlet.publisher), 18)).collect();
    out.extend(std::iter::repeat_n(' ', wide));
    for column in &columns {
        Run::new(Look::Title, format!("  {column:>18}")).write(page.paint, &mut out);
    }
    out.push('\n');
    for (name, (_, counts)) in names.iter().zip(&compared.speakers) {
        Run::new(Look::Source, name.as_str()).write(page.paint, &mut out);
        out.extend(std::iter::repeat_n(' ', wide - name.width()));
        for (count, outlet) in counts.iter().zip(&compared.outlets) {
            let told = match count {
                0 => "–".to_owned(),
                _ => format!("{count} ({:>2} %)", percent(*count, outlet.statements)),
            };
            Run::new(if *count == 0 { Look::Aside } else { Look::Act }, format!("  {told:>18}"))
                .write(page.paint, &mut out);
        }
        out.push('\n');
    }
    out
}

/// Quotes told otherwise, word by word.
pub(crate) fn drifts(found: &[Drift], page: Page) -> String {
    let mut out = String::new();
    for drift in found {
        paragraph(&speakers(&drift.first.speakers, &drift.first.words.source), 0, page, &mut out);
        for (look, mark, kept) in [(Look::Alarm, "-", &drift.first), (Look::Quoted, "+", &drift.second)] {
            let mut runs = vec![
                Run::new(look, format!("{mark} ")),
                Run::new(Look::Aside, kept.day.clone().unwrap_or_default() + " "),
            ];
            runs.extend(origin(kept));
            paragraph(&runs, 2, page, &mut out);
        }
        let runs: Vec<Run> = drift.pieces.iter().flat_map(piece).collect();
        paragraph(&runs, BELOW, page, &mut out);
        out.push('\n');
    }
    paragraph(
        &[Run::new(Look::Aside, format!("{} told otherwise", counted(found.len(), "quote")))],
        0,
        page,
        &mut out,
    );
    out
}

fn piece(piece: &WordPiece) -> [Run; 2] {
    let blank = Run::new(Look::Rest, " ");
    match piece {
        WordPiece::Both(words) => [Run::new(Look::Content, inert(words)), blank],
        WordPiece::First(words) => [Run::new(Look::Alarm, format!("[-{}-]", inert(words))), blank],
        WordPiece::Second(words) => [Run::new(Look::Quoted, format!("{{+{}+}}", inert(words))), blank],
    }
}

/// What another reading changed.
pub(crate) fn reread(articles: usize, changed: &[Reread], page: Page) -> String {
    let mut out = String::new();
    for reread in changed {
        paragraph(&[Run::new(Look::Title, inert(&reread.article))], 0, page, &mut out);
        for change in &reread.changes {
            let mut runs =
                vec![Run::new(Look::Act, change.what), Run::new(Look::Aside, format!(" {}", change.id))];
            for (look, mark, words) in
                [(Look::Alarm, "-", &change.before), (Look::Quoted, "+", &change.after)]
            {
                runs.extend(words.as_ref().map(|words| Run::new(look, format!(" {mark} {}", inert(words)))));
            }
            paragraph(&runs, 2, page, &mut out);
        }
    }
    let count: usize = changed.iter().map(|reread| reread.changes.len()).sum();
    let told = format!("{} read anew, {} changed", counted(articles, "article"), counted(count, "statement"));
    paragraph(&[Run::new(Look::Aside, told)], 0, page, &mut out);
    out
}
