//! The article's own text, with source, cue and content of its statements marked in place.

use onrecord::{Selection, Span};

use super::paint::{Look, Paint, Run};
use super::{Page, header, inert, paragraph};

/// The page of one article, with an empty line at its end.
pub(super) fn print(selection: &Selection, name: &str, page: Page) -> String {
    let mut out = String::new();
    header(selection, name).iter().for_each(|line| paragraph(line, 0, page, &mut out));
    paragraph(&legend(page.paint), 0, page, &mut out);
    out.push('\n');
    let mut lines = lines(&marked(selection, page.paint));
    // Many texts end with empty lines.
    while lines.pop_if(|line| is_blank(line)).is_some() {}
    for line in lines {
        paragraph(&line, 0, page, &mut out);
        if is_blank(&line) {
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

/// The three roles, the one that shows on top first.
const ROLES: [Look; 3] = [Look::Cue, Look::Source, Look::Content];

/// What stands around a role where there are no colours.
fn brackets(role: Look) -> [&'static str; 2] {
    match role {
        Look::Source => ["[", "]"],
        Look::Cue => ["{", "}"],
        _ => ["<", ">"],
    }
}

/// In colours, content needs one: it is most of the text.
fn shown(role: Look) -> Look {
    if role == Look::Content { Look::Quoted } else { role }
}

fn legend(paint: Paint) -> Vec<Run> {
    let mut runs = vec![Run::new(Look::Aside, "marked: ")];
    for (role, word) in [(Look::Source, "source"), (Look::Cue, "cue"), (Look::Content, "content")] {
        let [open, close] = if paint == Paint::Plain { brackets(role) } else { ["", ""] };
        runs.push(Run::new(shown(role), format!("{open}{word}{close}")));
        runs.push(Run::new(Look::Aside, " "));
    }
    runs
}

/// One end of a role's span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edge {
    role: usize,
    span: Span,
    opens: bool,
}

impl Edge {
    /// Closing comes before opening; of two that open, the longer first; of two that close, the one opened later.
    fn order(&self) -> (u32, bool, u32, usize) {
        let Span { begin, end } = self.span;
        if self.opens {
            (begin, true, u32::MAX - end, ROLES.len() - self.role)
        } else {
            (end, false, u32::MAX - begin, self.role)
        }
    }
}

fn edges(selection: &Selection) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (_, statement) in selection.statements() {
        let attribution = &statement.attribution;
        let spans = [&attribution.cue, &attribution.source, &attribution.content];
        for (role, spans) in spans.into_iter().enumerate() {
            edges
                .extend(spans.iter().flat_map(|&span| [true, false].map(|opens| Edge { role, span, opens })));
        }
    }
    edges.sort_unstable_by_key(Edge::order);
    // Two statements often share their source.
    edges.dedup();
    edges
}

/// The whole text in runs.
fn marked(selection: &Selection, paint: Paint) -> Vec<Run> {
    let text = &selection.record().article.text;
    let mut runs = Vec::new();
    let mut open = [0usize; ROLES.len()];
    let mut done = 0;
    for edge in edges(selection) {
        let at = if edge.opens { edge.span.begin } else { edge.span.end } as usize;
        runs.push(Run::new(look(&open), inert(&text[done..at])));
        done = at;
        if paint == Paint::Plain {
            let [begin, end] = brackets(ROLES[edge.role]);
            runs.push(Run::new(Look::Rest, if edge.opens { begin } else { end }));
        }
        open[edge.role] = if edge.opens { open[edge.role] + 1 } else { open[edge.role].saturating_sub(1) };
    }
    runs.push(Run::new(look(&open), inert(&text[done..])));
    runs
}

/// How words look on which these roles lie.
fn look(open: &[usize; ROLES.len()]) -> Look {
    ROLES.into_iter().zip(open).find(|&(_, &count)| count > 0).map_or(Look::Rest, |(role, _)| shown(role))
}

fn is_blank(line: &[Run]) -> bool {
    line.iter().all(|run| run.text.trim().is_empty())
}

/// The runs of each line of the text.
fn lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (number, part) in run.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Run::new(run.look, part));
            }
        }
    }
    lines
}
