//! House style: how papers write one word in several ways.

/// The common form of a word: of words that differ in house style alone, it is the same. Several words if it is
/// short for them ("cannot"), none if it is a mere noise ("uh").
pub(super) fn common(word: &str) -> String {
    let lower = plain(word);
    let is_it = |form: &str| form.len() == lower.len() && form == lower;
    match WORDS.iter().find(|(form, _)| is_it(form)) {
        Some((_, common)) => (*common).to_owned(),
        None => american(lower),
    }
}

/// A word in lower case, without what is no letter, digit or percent sign.
fn plain(word: &str) -> String {
    // every word of every text comes here, and most are written in ASCII
    if word.is_ascii() {
        let mut lower = word.to_ascii_lowercase();
        lower.retain(|c| c.is_ascii_alphanumeric() || c == '%');
        return lower;
    }
    word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

/// Words that are written in ways of which no ending tells.
const WORDS: [(&str, &str); 47] = [
    // what leans on the word before; "'d" is short for several, and a "'s" that owns is one wherever it stands
    ("nt", "not"),
    ("re", "are"),
    ("ve", "have"),
    ("ll", "will"),
    ("m", "am"),
    ("s", "is"),
    ("%", "percent"),
    ("pct", "percent"),
    ("mln", "million"),
    ("bln", "billion"),
    ("ca", "can"),
    ("wo", "will"),
    ("cannot", "can not"),
    ("gonna", "going to"),
    ("gotta", "got to"),
    ("wanna", "want to"),
    ("ok", "okay"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("grey", "gray"),
    ("cheque", "check"),
    ("cheques", "checks"),
    ("judgement", "judgment"),
    ("judgements", "judgments"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("towards", "toward"),
    ("whilst", "while"),
    ("amongst", "among"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("uh", ""),
    ("um", ""),
    ("er", ""),
    ("erm", ""),
];

/// British endings and the American ones, the longer first.
const ENDINGS: [(&str, &str); 21] = [
    ("isations", "izations"),
    ("isation", "ization"),
    ("ourable", "orable"),
    ("ising", "izing"),
    ("ysing", "yzing"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("lling", "ling"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ysed", "yzed"),
    ("lled", "led"),
    ("ours", "ors"),
    ("tres", "ters"),
    ("logue", "log"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ller", "ler"),
    ("llers", "lers"),
];

/// A word with the American ending for the British one. It is no matter that some words have the ending by nature, as
/// they have it in each copy.
fn american(word: String) -> String {
    const SHORTEST_STEM: usize = 3;
    let last = |word: &str| word.as_bytes().last_chunk::<2>().copied();
    // two letters tell that most have none of the endings
    let end = last(&word);
    for (british, american) in ENDINGS.iter().filter(|(british, _)| last(british) == end) {
        if let Some(stem) = word.strip_suffix(british).filter(|stem| stem.len() >= SHORTEST_STEM) {
            return format!("{stem}{american}");
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_each_style() {
        for (one, other) in [
            ("Organise", "organize"),
            ("COLOUR", "color"),
            ("travelled", "traveled"),
            ("U.S.", "us"),
            ("centre", "center"),
            ("%", "pct"),
            ("n’t", "not"),
            ("Two", "2"),
        ] {
            assert_eq!(common(one), common(other));
        }
        assert_eq!(common("cannot"), "can not");
        assert_eq!(common("Um"), "");
        assert_ne!(common("hour"), common("hor"));
    }
}
