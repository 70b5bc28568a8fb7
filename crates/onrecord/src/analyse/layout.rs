//! The layout of a text as the encoder sees it: quotation state, place in the paragraph, sentence, paragraph.

use super::tokens::is_break;
use crate::Span;

/// Where a token stands with respect to double quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum QuoteState {
    /// Outside.
    Out = 0,
    /// Inside a quotation.
    In = 1,
    /// The mark that opens one.
    Opening = 2,
    /// The mark that closes one.
    Closing = 3,
}

/// The layout of each token, as parallel arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Quotation state.
    pub quotes: Vec<QuoteState>,
    /// Tokens since the last break, 7 at most.
    pub positions: Vec<u8>,
    /// The number of the sentence; a break ends one.
    pub sentences: Vec<u32>,
    /// The number of the paragraph; a break belongs to the one that it ends.
    pub paragraphs: Vec<u32>,
}

/// Lays out the `tokens` of `text`.
pub fn layout(text: &str, tokens: &[Span]) -> Layout {
    let mut out = Layout { quotes: quotes(text, tokens), ..Layout::default() };
    let (mut position, mut sentence, mut paragraph, mut ended) = (0, 0, 0, false);
    for (token, &quote) in tokens.iter().zip(&out.quotes) {
        let words = token.of(text);
        let is_break = is_break(words);
        let closes = quote == QuoteState::Closing || matches!(words, ")" | "]" | "’" | "'");
        if ended && !closes && !is_break {
            sentence += u32::from(!words.starts_with(char::is_lowercase));
            ended = false;
        }
        out.positions.push(position);
        out.sentences.push(sentence);
        out.paragraphs.push(paragraph);
        ended |= matches!(words, "." | "!" | "?" | "…" | "...");
        position = (position + 1).min(7);
        if is_break {
            (position, ended) = (0, false);
            sentence += 1;
            paragraph += 1;
        }
    }
    out
}

/// The quotation state of each token. Curly and angled marks have a direction; a straight one opens what is closed and
/// closes what is open, unless the white space around it says otherwise. A break closes all: a quotation that runs on
/// opens each paragraph anew, as news style has it.
fn quotes(text: &str, tokens: &[Span]) -> Vec<QuoteState> {
    let mut inside = false;
    let mut state = |token: &Span| {
        let words = token.of(text);
        let opens = match words {
            "“" | "«" | "„" | "‟" | "``" => true,
            "”" | "»" => false,
            "\"" | "''" | "＂" => match (space_before(text, *token), space_after(text, *token)) {
                (true, false) => true,
                (false, true) => false,
                _ => !inside,
            },
            _ => {
                inside &= !is_break(words);
                return if inside { QuoteState::In } else { QuoteState::Out };
            }
        };
        inside = opens;
        if opens { QuoteState::Opening } else { QuoteState::Closing }
    };
    tokens.iter().map(&mut state).collect()
}

fn space_before(text: &str, token: Span) -> bool {
    text[..token.begin as usize]
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
}

fn space_after(text: &str, token: Span) -> bool {
    text[token.end as usize..].chars().next().is_none_or(|c| {
        c.is_whitespace() || matches!(c, ')' | ']' | ',' | '.' | ';' | ':' | '?' | '!' | '—' | '–')
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    /// The state of each token: `.` out, `q` in, `<` opening, `>` closing.
    #[track_caller]
    fn check_quotes(text: &str, expected: &str) {
        let states = quotes(text, &tokens(text));
        assert_eq!(states.iter().map(|&s| ['.', 'q', '<', '>'][s as usize]).collect::<String>(), expected);
    }

    #[test]
    fn quotation_states() {
        check_quotes("“No,” she said.", "<qq>...");
        check_quotes("\"No,\" she said, \"no.\"", "<qq>...<qq>");
        check_quotes("``No,'' he said", "<qq>..");
        check_quotes("«Oui», dit-il", "<q>..");
    }

    #[test]
    fn unbalanced_marks_do_not_spread() {
        // a break closes what was left open
        check_quotes("“One\n“Two” end", "<q.<q>.");
        // white space tells a lost opening mark from a closing one
        check_quotes("He left\" and \"no\" came", "..>.<q>.");
    }

    #[test]
    fn sentences_and_paragraphs() {
        let text = "Mr. Li left. “Really?” she asked. No.\n\nNew.";
        let layout = layout(text, &tokens(text));
        assert_eq!(layout.sentences, [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
        assert_eq!(layout.paragraphs.last(), Some(&1));
        assert_eq!(layout.positions[..9], [0, 1, 2, 3, 4, 5, 6, 7, 7]);
        assert_eq!(layout.positions[14..], [0, 1]);
    }
}
