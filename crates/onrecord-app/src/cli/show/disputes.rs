//! What is contested: each disputed statement, and below it those that dispute, support or answer it, with the words
//! that show so.

use onrecord::{Link, Relation, Selection};

use super::list::{Block, circumstances};
use super::paint::{Look, Run};
use super::{Page, counted, heading, paragraph, words};

/// How far those that answer to a statement stand to the right of it, in columns.
const BELOW: usize = 4;

/// The page of one article, with an empty line at its end.
pub(super) fn print(selection: &Selection, name: &str, page: Page) -> String {
    let disputed = disputed(selection);
    let mut out = String::new();
    let heading = heading(selection, name, counted(disputed.len(), "disputed statement"));
    heading.iter().for_each(|line| paragraph(line, 0, page, &mut out));
    out.push('\n');
    let gutter = selection.statements().last().map_or(1, |(place, _)| place.to_string().len()) + 1;
    for place in disputed {
        let block = Block { selection, place, indent: 0, gutter, page };
        block.print(circumstances(block.statement(), block.text(), &[]), &mut out);
        for link in selection.links().filter(|link| link.to == place) {
            let block = Block { selection, place: link.from, indent: BELOW, gutter, page };
            block.print(shown(link, &block), &mut out);
        }
        out.push('\n');
    }
    out
}

/// The places of the statements that somebody disputes, in the order of the text.
fn disputed(selection: &Selection) -> Vec<usize> {
    let disputes = selection.links().filter(|link| link.relation == Relation::Disputes);
    let mut places: Vec<usize> = disputes.map(|link| link.to).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// How the statement relates to the one above, the words that show it, and the circumstances.
fn shown(link: &Link, block: &Block) -> Vec<Run> {
    let (look, relation) = match link.relation {
        Relation::Disputes => (Look::Alarm, "↯ disputes it"),
        Relation::Supports => (Look::Act, "supports it"),
        Relation::Answers => (Look::Act, "answers it"),
        Relation::Repeats => (Look::Act, "repeats it"),
        Relation::Drifts => (Look::Act, "has other words in its marks"),
    };
    let mut runs = vec![Run::new(look, relation)];
    // what fills the content is seen there
    if !link.evidence.is_empty() && link.evidence != block.statement().attribution.content {
        runs.push(Run::new(Look::Aside, format!(", shown by “{}”", words(&link.evidence, block.text()))));
    }
    runs.push(Run::new(Look::Aside, " · "));
    runs.extend(circumstances(block.statement(), block.text(), &[]));
    runs
}
