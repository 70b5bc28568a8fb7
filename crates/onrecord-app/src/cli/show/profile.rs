//! Somebody's profile out of a ledger, with small bars.

use onrecord_ledger::{Count, DecisionNote, Profile, Spelling, Topic};
use unicode_width::UnicodeWidthStr;

use super::kept::{block, short};
use super::paint::{Look, Run};
use super::{Page, counted, inert, paragraph};

/// The page of one profile.
pub(crate) fn page(profile: &Profile, page: Page) -> String {
    let mut out = String::new();
    heading(profile, page, &mut out);
    for (title, counts) in [
        ("what they do", &profile.acts),
        ("how", &profile.channels),
        ("to whom", &profile.addressees),
        ("who quotes them", &profile.publishers),
        ("over time", &profile.months),
    ] {
        bars(title, counts, page, &mut out);
    }
    bars("what they speak of", &topics(profile), page, &mut out);
    if !profile.disputed.is_empty() {
        paragraph(&[Run::new(Look::Title, "what is disputed")], 0, page, &mut out);
        for kept in &profile.disputed {
            block(kept, 0, page, &mut out);
            out.push('\n');
        }
    }
    if !profile.others.is_empty() {
        let other = |note: &onrecord_ledger::EntityNote| {
            format!("{} ({})", inert(&note.entity.name), note.statements)
        };
        let others: Vec<String> = profile.others.iter().map(other).collect();
        paragraph(
            &[Run::new(Look::Aside, format!("others called so: {}", others.join(" · ")))],
            0,
            page,
            &mut out,
        );
    }
    out
}

/// Topics, each with the act that is commonest there.
fn topics(profile: &Profile) -> Vec<Count> {
    let topic = |topic: &Topic| {
        let act = topic.acts.first().map_or("", |act| &act.what);
        Count { what: format!("{} ({act})", topic.words), count: topic.count }
    };
    profile.topics.iter().map(topic).collect()
}

fn heading(profile: &Profile, page: Page, out: &mut String) {
    let entity = &profile.entity;
    let known = entity.known.as_ref().map_or(String::new(), |id| format!(", {}", inert(id)));
    let name = vec![
        Run::new(Look::Source, inert(&entity.name)),
        Run::new(Look::Aside, format!(" · {}{known}", entity.kind)),
    ];
    paragraph(&name, 0, page, out);
    let (statements, articles) = (profile.statements as usize, profile.articles as usize);
    let mut told = format!("{} in {}", counted(statements, "statement"), counted(articles, "article"));
    if let Some((first, last)) = &profile.days {
        told += &if first == last { format!(", {first}") } else { format!(", {first} to {last}") };
    }
    if profile.disputing > 0 {
        told += &format!("; {} of them dispute others", profile.disputing);
    }
    paragraph(&[Run::new(Look::Aside, told)], 0, page, out);
    let spellings: Vec<String> = profile.spellings.iter().map(spelling).collect();
    labelled("known as", &spellings, page, out);
    let roles: Vec<String> =
        profile.roles.iter().map(|role| format!("{} ({})", inert(&role.what), role.count)).collect();
    labelled("described as", &roles, page, out);
    let decided: Vec<String> = profile.decisions.iter().map(decision).collect();
    labelled("decided", &decided, page, out);
    out.push('\n');
}

fn decision(note: &DecisionNote) -> String {
    let other = note.other.as_ref().map(|other| &other.name);
    let name = inert(note.name.as_ref().or(other).map_or("", |name| name));
    format!("{} {name} (by {}, {})", note.kind, inert(&note.author), note.at)
}

fn spelling(spelling: &Spelling) -> String {
    let reason = match &spelling.like {
        Some(like) => format!(", {} as {}", spelling.reason, inert(like)),
        None => String::new(),
    };
    format!("{} ({}{reason})", inert(&spelling.name), spelling.statements)
}

fn labelled(label: &str, values: &[String], page: Page, out: &mut String) {
    if !values.is_empty() {
        let runs = [Run::new(Look::Aside, format!("{label} ")), Run::new(Look::Rest, values.join(" · "))];
        paragraph(&runs, 0, page, out);
    }
}

/// The widest name beside a bar.
const NAME: usize = 32;

/// The widest bar.
const BAR: usize = 30;

/// Counts as bars, under a title; nothing where there are none.
pub(super) fn bars(title: &str, counts: &[Count], page: Page, out: &mut String) {
    let Some(most) = counts.iter().map(|count| count.count).max() else { return };
    paragraph(&[Run::new(Look::Title, title)], 0, page, out);
    let names: Vec<String> = counts.iter().map(|count| short(&inert(&count.what), NAME)).collect();
    let wide = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let room = BAR.min(page.width.saturating_sub(wide + 12));
    for (name, count) in names.iter().zip(counts) {
        out.push_str("  ");
        out.push_str(name);
        out.extend(std::iter::repeat_n(' ', wide - name.width() + 1));
        Run::new(Look::Act, bar(count.count, most, room)).write(page.paint, out);
        Run::new(Look::Aside, format!(" {}", count.count)).write(page.paint, out);
        out.push('\n');
    }
    out.push('\n');
}

/// A bar of eighths of a column, `room` columns for the `most`.
fn bar(count: u64, most: u64, room: usize) -> String {
    const PARTS: [char; 8] = ['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let eighths = (count as f64 / most.max(1) as f64 * room as f64 * 8.0).round().max(1.0) as usize;
    let mut bar: String = std::iter::repeat_n(PARTS[0], eighths / 8).collect();
    bar.extend(Some(PARTS[eighths % 8]).filter(|_| !eighths.is_multiple_of(8)));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::show::paint::Paint;

    #[test]
    fn bars_are_as_long_as_their_counts() {
        let counts =
            [("state", 16), ("deny", 4), ("warn", 1)].map(|(what, count)| Count { what: what.into(), count });
        let mut out = String::new();
        bars("acts", &counts, Page { width: 26, paint: Paint::Plain }, &mut out);
        assert_eq!(out, "acts\n  state █████████ 16\n  deny  ██▎ 4\n  warn  ▋ 1\n\n");
    }
}
