//! A text with marks on it: cut into pieces that nest, whatever the marks do.

use onrecord::Span;

use crate::cli::inert;

/// What marked words are to their statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Content,
    Source,
    Cue,
    /// Of no statement: something to be checked first.
    Flag,
}

impl Role {
    /// The class that the style sheet knows it by.
    pub(super) fn class(self) -> &'static str {
        match self {
            Role::Content => "what",
            Role::Source => "who",
            Role::Cue => "how",
            Role::Flag => "flag",
        }
    }
}

/// Some words of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) role: Role,
    /// The number of the statement, or of the flag.
    pub(super) number: usize,
    /// How many statements it stands in.
    pub(super) depth: usize,
    /// The tenth in which its confidence lies.
    pub(super) tenth: u8,
}

/// The place where a statement's number stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) at: u32,
    pub(super) number: usize,
    pub(super) tenth: u8,
}

/// A piece of a marked paragraph. Each `Open` has its `Close`, and they nest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open(Mark),
    Close,
    Words(String),
    Number(Anchor),
}

/// The pieces of each paragraph of `text`. A mark that runs over several is marked in each.
pub(super) fn marked(
    text: &str,
    paragraphs: &[Span],
    marks: Vec<Mark>,
    anchors: Vec<Anchor>,
) -> Vec<Vec<Piece>> {
    let mut sheets: Vec<Sheet> = paragraphs.iter().map(|&span| Sheet::new(span)).collect();
    for mark in marks {
        let first = paragraphs.partition_point(|paragraph| paragraph.end <= mark.span.begin);
        for sheet in sheets[first..].iter_mut().take_while(|sheet| sheet.span.begin < mark.span.end) {
            sheet.mark(mark);
        }
    }
    for anchor in anchors {
        if let Some(sheet) = sheets.get_mut(paragraph_of(paragraphs, anchor.at)) {
            sheet.anchors.push(anchor);
        }
    }
    sheets.into_iter().map(|sheet| sheet.cut(text)).collect()
}

/// The paragraph at whose words or end an offset stands: the last one, where it stands behind them all.
pub(super) fn paragraph_of(paragraphs: &[Span], at: u32) -> usize {
    let place = paragraphs.partition_point(|paragraph| paragraph.end < at);
    place.min(paragraphs.len().saturating_sub(1))
}

/// One paragraph with what is on it.
struct Sheet {
    span: Span,
    marks: Vec<Mark>,
    anchors: Vec<Anchor>,
}

impl Sheet {
    fn new(span: Span) -> Sheet {
        Sheet { span, marks: Vec::new(), anchors: Vec::new() }
    }

    /// Adds the part of a mark that lies here.
    fn mark(&mut self, mark: Mark) {
        let (begin, end) = (mark.span.begin.max(self.span.begin), mark.span.end.min(self.span.end));
        if begin < end {
            self.marks.push(Mark { span: Span { begin, end }, ..mark });
        }
    }

    /// Longer marks open first and outer statements before what stands in them, so that few have to be reopened.
    fn cut(mut self, text: &str) -> Vec<Piece> {
        self.marks.sort_by_key(|mark| {
            (mark.span.begin, std::cmp::Reverse(mark.span.end), mark.depth, mark.number, mark.role)
        });
        self.anchors.sort_by_key(|anchor| (anchor.at, anchor.number));
        let mut pieces = Vec::new();
        let mut open: Vec<Mark> = Vec::new();
        let mut marks = self.marks.iter().copied().peekable();
        let mut anchors = self.anchors.iter().copied().peekable();
        let mut begin = self.span.begin;
        for at in self.cuts() {
            words(text, Span { begin, end: at.max(begin) }, &mut pieces);
            begin = at.max(begin);
            while let Some(anchor) = anchors.next_if(|anchor| anchor.at <= at) {
                pieces.push(Piece::Number(anchor));
            }
            close(at, &mut open, &mut pieces);
            while let Some(mark) = marks.next_if(|mark| mark.span.begin <= at) {
                pieces.push(Piece::Open(mark));
                open.push(mark);
            }
        }
        pieces
    }

    /// Where something begins, ends or stands.
    fn cuts(&self) -> Vec<u32> {
        let mut cuts: Vec<u32> =
            self.marks.iter().flat_map(|mark| [mark.span.begin, mark.span.end]).collect();
        cuts.extend(self.anchors.iter().map(|anchor| anchor.at.clamp(self.span.begin, self.span.end)));
        cuts.extend([self.span.begin, self.span.end]);
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }
}

fn words(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    if span.begin < span.end {
        pieces.push(Piece::Words(inert(span.of(text))));
    }
}

/// Closes the marks that end here; those that stand in them and go on are opened again.
fn close(at: u32, open: &mut Vec<Mark>, pieces: &mut Vec<Piece>) {
    let Some(lowest) = open.iter().position(|mark| mark.span.end <= at) else { return };
    let closed = open.split_off(lowest);
    pieces.extend(closed.iter().map(|_| Piece::Close));
    for mark in closed.into_iter().filter(|mark| mark.span.end > at) {
        pieces.push(Piece::Open(mark));
        open.push(mark);
    }
}

/// The paragraphs of a text, without the white space around them.
///
/// A blank line parts them, and so does the end of any other line, unless the lines were broken to fit a width.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut paragraphs = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let span = trimmed(text, begin, begin + line.len());
        begin += line.len();
        match span {
            Some(span) => block.push(span),
            // between \r and \n there is no line
            None if line == "\n" && text[..begin - 1].ends_with('\r') => {}
            None => end_block(text, &mut block, &mut paragraphs),
        }
    }
    end_block(text, &mut block, &mut paragraphs);
    paragraphs
}

fn end_block(text: &str, block: &mut Vec<Span>, paragraphs: &mut Vec<Span>) {
    match (block.first(), block.last()) {
        (Some(first), Some(last)) if is_wrapped(text, block) => {
            paragraphs.push(Span { begin: first.begin, end: last.end });
        }
        _ => paragraphs.append(block),
    }
    block.clear();
}

/// Lines that were broken to fit a width are all about as long, but for the last.
fn is_wrapped(text: &str, block: &[Span]) -> bool {
    let length = |span: &Span| span.of(text).chars().take(SHORT + LONG).count();
    let Some((last, lines)) = block.split_last() else { return false };
    length(last) <= LONG && lines.iter().map(length).all(|length| (SHORT..=LONG).contains(&length))
}

/// A line of running text that was broken to fit a width has so many characters at least …
const SHORT: usize = 45;
/// … and at most.
const LONG: usize = 100;

fn trimmed(text: &str, begin: usize, end: usize) -> Option<Span> {
    let line = &text[begin..end];
    let words = line.trim();
    let begin = begin + (line.len() - line.trim_start().len());
    (!words.is_empty()).then(|| Span::new(begin, begin + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(begin: usize, end: usize, role: Role, number: usize) -> Mark {
        Mark { span: Span::new(begin, end), role, number, depth: 0, tenth: 9 }
    }

    /// The pieces as markup of a kind.
    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Open(mark) => format!("<{}{}>", mark.role.class(), mark.number),
            Piece::Close => "</>".to_owned(),
            Piece::Words(words) => words.clone(),
            Piece::Number(anchor) => format!("[{}]", anchor.number),
        };
        pieces.iter().map(piece).collect()
    }

    #[track_caller]
    fn check(text: &str, marks: Vec<Mark>, anchors: &[(u32, usize)], expected: &str) {
        let anchors = anchors.iter().map(|&(at, number)| Anchor { at, number, tenth: 9 }).collect();
        let sheets = marked(text, &paragraphs(text), marks, anchors);
        let found: Vec<String> = sheets.iter().map(|pieces| shown(pieces)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn marks_that_cross_are_cut() {
        let marks = vec![mark(0, 4, Role::Content, 0), mark(2, 6, Role::Content, 1)];
        check("abcdefgh", marks, &[], "<what0>ab<what1>cd</></><what1>ef</>gh");
    }

    #[test]
    fn marks_in_marks_and_numbers() {
        let marks =
            vec![mark(0, 3, Role::Source, 0), mark(4, 8, Role::Content, 0), mark(4, 5, Role::Source, 1)];
        check("Ann e f.", marks, &[(3, 0), (5, 1)], "<who0>Ann[0]</> <what0><who1>e[1]</> f.</>");
    }

    #[test]
    fn a_mark_over_two_paragraphs_is_marked_in_each() {
        let marks = vec![mark(0, 7, Role::Content, 0)];
        check("abc\n\ndef", marks, &[(8, 0)], "<what0>abc</>|<what0>de</>f[0]");
    }

    #[test]
    fn control_characters_are_shown_as_pictures() {
        check("a\u{202e}b\0", vec![], &[], "ab␀");
    }

    #[test]
    fn texts_fall_into_paragraphs() {
        let found =
            |text: &str| paragraphs(text).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        let wrapped = "The road to the mill has been closed since the flood of\nFriday, and stays so.";
        assert_eq!(found(&format!("Title\r\n\r\n{wrapped}\r\n\r\n")), ["Title", wrapped]);
        let crlf = wrapped.replace('\n', "\r\n");
        assert_eq!(found(&crlf), [crlf.as_str()]);
        assert_eq!(found("One.\nTwo.\n \nThree."), ["One.", "Two.", "Three."]);
        let long = "x ".repeat(80);
        assert_eq!(found(&format!("{long}\n{long}")).len(), 2);
        assert!(found(" \n\n").is_empty());
    }
}
