//! brat standoff, as `export` writes it or a person made it: events on cues (or contents) with a source and a content.
//! What brat does not hold (speakers, channel, time) is told by the library from the words that are marked.

use std::collections::BTreeMap;

use onrecord::analyse::{Outline, outline};
use onrecord::resolve::resolve;
use onrecord::{Act, Article, Attribution, Link, Quote, Record, Registry, Scores, Span};

use super::ImportError;
use crate::spans::Bytes;

/// The id of an article whose annotations stand in a file of this name, without its ending: what
/// [`brat_name`](crate::export::brat_name) made of it.
pub fn brat_id(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.bytes().next() {
        let code = rest.get(1..3).filter(|_| first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(first));
        // on a boundary of characters or not, what is left begins after what was taken
        rest = match code {
            Some(_) => &rest[3..],
            None => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                bytes.extend_from_slice(&rest.as_bytes()[1..length]);
                &rest[length..]
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// The record of an article that was annotated. The confidence is 1, as a person gives it.
///
/// # Errors
///
/// A line is no standoff, refers to what is not there, or marks what does not lie in the text.
pub fn record_from_brat(article: Article, annotations: &str) -> Result<Record, ImportError> {
    let standoff = Standoff::parse(annotations)?;
    let outline = outline(&article.text);
    let places: BTreeMap<&str, usize> = standoff.events.iter().map(|event| event.name).zip(0..).collect();
    let bytes = Bytes::new(&article.text);
    let mut attributions = standoff
        .events
        .iter()
        .enumerate()
        .map(|(place, event)| standoff.attribution(event, place, (&article.text, &bytes, &outline)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut links = Vec::new();
    for relation in &standoff.relations {
        let end = |name: &str| places.get(name).copied().ok_or_else(|| relation.line.odd("no such event"));
        let (from, to) = (end(relation.from)?, end(relation.to)?);
        let label = relation.label.to_lowercase();
        if label == "within" {
            attributions[from].within = Some(to);
        } else if let Some(relation) = onrecord::Relation::from_word(&label) {
            let evidence = attributions[from].cue.clone();
            links.push(Link { from, to, relation, evidence, score: 1.0 });
        }
    }
    let mut statements = resolve(&article, &outline, attributions, &Registry::default());
    for (statement, event) in statements.iter_mut().zip(&standoff.events) {
        statement.act = event.act.unwrap_or(statement.act);
        statement.negated = event.negated;
    }
    Ok(Record { article, statements, links, times: None })
}

/// The number of a line, for messages.
#[derive(Clone, Copy)]
struct At(usize);

impl At {
    fn odd(self, reason: &'static str) -> ImportError {
        ImportError::Standoff { line: self.0, reason }
    }
}

#[derive(Default)]
struct Standoff<'a> {
    /// Text-bound annotations by their names: label and offsets.
    texts: BTreeMap<&'a str, (&'a str, Vec<[u32; 2]>)>,
    events: Vec<Event<'a>>,
    relations: Vec<Relation<'a>>,
}

struct Event<'a> {
    line: At,
    name: &'a str,
    /// The trigger and the arguments, by the names of their texts.
    parts: Vec<&'a str>,
    act: Option<Act>,
    negated: bool,
}

struct Relation<'a> {
    line: At,
    label: &'a str,
    from: &'a str,
    to: &'a str,
}

impl<'a> Standoff<'a> {
    fn parse(annotations: &'a str) -> Result<Standoff<'a>, ImportError> {
        let mut standoff = Standoff::default();
        let mut attributes = Vec::new();
        for (number, line) in (1..).zip(annotations.lines()) {
            let at = At(number);
            let Some((name, rest)) = line.split_once('\t') else {
                if line.trim().is_empty() { continue } else { return Err(at.odd("no tabulator")) }
            };
            let mut words = rest.split('\t').next().unwrap_or_default().splitn(2, ' ');
            let (label, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            match name.as_bytes().first() {
                Some(b'T') => _ = standoff.texts.insert(name, (label, offsets(rest, at)?)),
                Some(b'E') => standoff.events.push(event(name, label, rest, at)?),
                Some(b'A' | b'M') => attributes.push((at, label, rest)),
                Some(b'R') => standoff.relations.push(relation(label, rest, at)?),
                // notes, normalisations and equivalences tell nothing of a statement
                _ => {}
            }
        }
        for (at, label, rest) in attributes {
            standoff.attribute(at, label, rest)?;
        }
        Ok(standoff)
    }

    fn attribute(&mut self, at: At, label: &str, rest: &str) -> Result<(), ImportError> {
        let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let Some(event) = self.events.iter_mut().find(|event| event.name == name) else { return Ok(()) };
        match label {
            "Act" => event.act = Some(Act::from_word(value).ok_or_else(|| at.odd("no such act"))?),
            "Negated" => event.negated = true,
            _ => {}
        }
        Ok(())
    }

    /// The roles of an event, by the labels of its texts.
    fn attribution(
        &self,
        event: &Event<'_>,
        place: usize,
        (text, bytes, outline): (&str, &Bytes, &Outline),
    ) -> Result<Attribution, ImportError> {
        let [mut source, mut cue, mut content] = [const { Vec::new() }; 3];
        for part in &event.parts {
            let (label, spans) = self.texts.get(part).ok_or_else(|| event.line.odd("no such text"))?;
            match *label {
                "Source" => source.extend_from_slice(spans),
                "Cue" => cue.extend_from_slice(spans),
                "Content" => content.extend_from_slice(spans),
                _ => {}
            }
        }
        let role = |mut spans: Vec<[u32; 2]>| -> Result<Vec<Span>, ImportError> {
            spans.sort_unstable();
            Ok(joined(super::spans(bytes, &spans, place)?, text))
        };
        let content = role(content)?;
        let quote = Quote::of(text, &content, &outline.quotations());
        let (source, cue) = (role(source)?, role(cue)?);
        Ok(Attribution { source, cue, content, quote, within: None, confidence: 1.0, scores: Scores::MARKED })
    }
}

/// "0 5;7 9".
fn offsets(words: &str, at: At) -> Result<Vec<[u32; 2]>, ImportError> {
    let piece = |piece: &str| {
        let (begin, end) = piece.split_once(' ')?;
        Some([begin.parse().ok()?, end.parse().ok()?])
    };
    words.split(';').map(piece).collect::<Option<_>>().ok_or_else(|| at.odd("no offsets"))
}

/// "Cue:T2 Source:T1 Content:T3".
fn event<'a>(name: &'a str, trigger: &'a str, rest: &'a str, at: At) -> Result<Event<'a>, ImportError> {
    let part = |argument: &'a str| argument.split_once(':').map(|(_, text)| text);
    let parts: Option<Vec<&str>> =
        std::iter::once(trigger).chain(rest.split_whitespace()).map(part).collect();
    let parts = parts.ok_or_else(|| at.odd("no event"))?;
    Ok(Event { line: at, name, parts, act: None, negated: false })
}

/// "Disputes Arg1:E2 Arg2:E1".
fn relation<'a>(label: &'a str, rest: &'a str, at: At) -> Result<Relation<'a>, ImportError> {
    let ends: Vec<&str> = rest.split_whitespace().filter_map(|end| Some(end.split_once(':')?.1)).collect();
    let [from, to] = ends.as_slice() else { return Err(at.odd("no relation of two")) };
    Ok(Relation { line: at, label, from, to })
}

/// Spans that only the end of a line parts are one: brat cannot mark over it.
fn joined(spans: Vec<Span>, text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if is_end_of_line(text.get(last.end as usize..span.begin as usize)) => {
                last.end = span.end
            }
            _ => out.push(span),
        }
    }
    out
}

fn is_end_of_line(gap: Option<&str>) -> bool {
    gap.is_some_and(|gap| !gap.is_empty() && gap.chars().all(|c| c == '\n' || c == '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::brat_name;

    const TEXT: &str = "É: Vera Olen said\nit rains. Bo Lund did not deny that.";

    fn article() -> Article {
        Article { id: "a".into(), text: TEXT.into(), ..Article::default() }
    }

    #[test]
    fn what_a_person_marked() {
        let marked = "T1\tSource 3 12\tVera Olen\nT2\tCue 13 17\tsaid\nT3\tContent 18 26\tit rains\n\
                      E1\tCue:T2 Source:T1 Content:T3\nA1\tAct E1 claim\n#1\tAnnotatorNotes E1\tsure\n\
                      T4\tSource 28 35\tBo Lund\nT5\tCue 44 48\tdeny\nT6\tContent 49 53\tthat\n\
                      E2\tCue:T5 Source:T4 Content:T6\nA2\tNegated E2\nR1\tDisputes Arg1:E2 Arg2:E1\n";
        let record = record_from_brat(article(), marked).unwrap();
        let [said, denied] = record.statements.as_slice() else { panic!("{record:?}") };
        assert_eq!(said.attribution.content[0].of(TEXT), "it rains");
        assert_eq!(
            (said.act, said.negated, said.speakers[0].name.as_str()),
            (Act::Claim, false, "Vera Olen")
        );
        assert_eq!(
            (denied.act, denied.negated, denied.speakers[0].name.as_str()),
            (Act::Deny, true, "Bo Lund")
        );
        assert_eq!((record.links[0].from, record.links[0].to), (1, 0));
    }

    #[test]
    fn pieces_and_ends_of_lines() {
        let marked = "T1\tContent 3 12;18 26\tVera Olen it rains\nE1\tContent:T1\n";
        let content =
            |marked| record_from_brat(article(), marked).unwrap().statements[0].attribution.content.clone();
        assert_eq!(content(marked).len(), 2);
        let over = "T1\tContent 13 17;18 26\tsaid it rains\nE1\tContent:T1\n";
        assert_eq!(content(over).iter().map(|span| span.of(TEXT)).collect::<Vec<_>>(), ["said\nit rains"]);
    }

    #[track_caller]
    fn check_error(marked: &str, message: &str) {
        assert_eq!(record_from_brat(article(), marked).unwrap_err().to_string(), message);
    }

    #[test]
    fn what_is_wrong_is_named() {
        check_error("T1 Source 0 1", "line 1 of the annotations: no tabulator");
        check_error("T1\tSource 0 one\t", "line 1 of the annotations: no offsets");
        check_error("\nE1\tCue:T2", "line 2 of the annotations: no such text");
        check_error("E1\tCue\n", "line 1 of the annotations: no event");
        check_error("R1\tDisputes Arg1:E1\n", "line 1 of the annotations: no relation of two");
        check_error(
            "T1\tCue 0 99\té\nE1\tCue:T1",
            "statement 0: [0, 99] does not lie in the text, which has 54 code points",
        );
        check_error("T1\tCue 0 1\té\nE1\tCue:T1\nA1\tAct E1 shout", "line 3 of the annotations: no such act");
    }

    #[test]
    fn names_of_files_and_back() {
        for id in ["siege-1", "a/b c", "..", "é", "100%", "https://example.org/a?b=c"] {
            assert_eq!(brat_id(&brat_name(id)), id);
        }
        assert_eq!(brat_id("100% é %zz"), "100% é %zz");
        assert_eq!(brat_id("%FF"), "%FF");
    }
}
