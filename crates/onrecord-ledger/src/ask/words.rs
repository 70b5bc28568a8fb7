//! Words asked for, as an expression of the full-text index: nothing that a user types is a syntax error by accident.

/// What the index is asked for these words: all of them in any order; `"a phrase"` as it stands; `truce*` what begins so;
/// `OR` between two; `-word` not this one.
///
/// # Errors
///
/// Why no search can be made of them.
pub(crate) fn expression(words: &str) -> Result<String, &'static str> {
    let (mut wanted, mut unwanted, mut joined) = (String::new(), Vec::new(), false);
    for term in terms(words) {
        match term {
            Term::Or if wanted.is_empty() => return Err("OR stands between two words"),
            Term::Or => joined = true,
            Term::Not(term) => unwanted.push(term),
            Term::Word(term) => {
                wanted.push_str(match (wanted.is_empty(), joined) {
                    (true, _) => "",
                    (false, true) => " OR ",
                    (false, false) => " AND ",
                });
                wanted.push_str(&term);
                joined = false;
            }
        }
    }
    match wanted.is_empty() {
        true => Err("name a word that it holds"),
        false => Ok(unwanted.iter().fold(format!("({wanted})"), |all, term| format!("({all} NOT {term})"))),
    }
}

/// An expression for any of these phrases; none where no phrase has a letter.
pub(crate) fn any_of<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let quoted: Vec<String> = phrases.into_iter().filter(|phrase| has_word(phrase)).map(quoted).collect();
    (!quoted.is_empty()).then(|| format!("({})", quoted.join(" OR ")))
}

/// An expression for a phrase whose last word may go on; none where it has no letter.
pub(crate) fn beginning(phrase: &str) -> Option<String> {
    has_word(phrase).then(|| quoted(phrase) + "*")
}

enum Term {
    Word(String),
    Not(String),
    Or,
}

fn terms(words: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = words.trim_start();
    while !rest.is_empty() {
        let (negated, bare) = rest.strip_prefix('-').map_or((false, rest), |bare| (true, bare));
        let (text, after) = match bare.strip_prefix(['"', '“', '”']) {
            Some(open) => open.split_once(['"', '”', '“']).unwrap_or((open, "")),
            None => bare.split_once(char::is_whitespace).unwrap_or((bare, "")),
        };
        let (after, starred) = after.strip_prefix('*').map_or((after, false), |after| (after, true));
        let (text, prefix) = text.strip_suffix('*').map_or((text, starred), |text| (text, true));
        rest = after.trim_start();
        if text == "OR" && !negated {
            terms.push(Term::Or);
        } else if has_word(text) {
            let term = quoted(text) + if prefix { "*" } else { "" };
            terms.push(if negated { Term::Not(term) } else { Term::Word(term) });
        }
    }
    terms
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn quoted(phrase: &str) -> String {
    format!("\"{}\"", phrase.replace('"', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type() {
        for (typed, expected) in [
            ("truce", Ok(r#"("truce")"#)),
            ("grain corridor", Ok(r#"("grain" AND "corridor")"#)),
            (r#""grain corridor" truce*"#, Ok(r#"("grain corridor" AND "truce"*)"#)),
            ("“grain corridor”", Ok(r#"("grain corridor")"#)),
            ("truce OR ceasefire", Ok(r#"("truce" OR "ceasefire")"#)),
            ("truce -prisoners", Ok(r#"(("truce") NOT "prisoners")"#)),
            ("cease-fire's (AND) NEAR", Ok(r#"("cease-fire's" AND "(AND)" AND "NEAR")"#)),
            ("\"unclosed", Ok(r#"("unclosed")"#)),
            ("…", Err("name a word that it holds")),
            ("-truce", Err("name a word that it holds")),
            ("OR", Err("OR stands between two words")),
        ] {
            assert_eq!(expression(typed).as_deref(), expected.as_ref().map(|e| &**e), "{typed}");
        }
    }
}
