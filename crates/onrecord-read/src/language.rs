//! Whether a text is English, the one language that the model reads.

use whichlang::{Lang, detect_language};

/// As many bytes tell the language.
const LOOKED_AT: usize = 4096;

/// With fewer words nobody can tell.
const FEWEST_WORDS: usize = 30;

/// At least so many of a hundred words are among [`COMMON`] in any English prose.
const COMMON_SHARE: usize = 8;

/// Words without which no English is written.
const COMMON: [&str; 12] =
    ["the", "of", "and", "to", "that", "for", "with", "said", "from", "by", "which", "it"];

/// Whether `text` is English, or too short to tell. Both the look of its letters and its words must speak against it.
pub fn is_english(text: &str) -> bool {
    let end = (0..=text.len().min(LOOKED_AT)).rev().find(|&end| text.is_char_boundary(end));
    let head = &text[..end.unwrap_or(0)];
    let words = || head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let count = words().count();
    if count < FEWEST_WORDS && head.len() == text.len() {
        return true;
    }
    let common = words().filter(|word| COMMON.iter().any(|common| word.eq_ignore_ascii_case(common))).count();
    common * 100 >= count * COMMON_SHARE && count > 0 || detect_language(head) == Lang::Eng
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn languages() {
        let english =
            "The ferry lost its way in the fog off Tarn, and nobody was hurt, the harbour master said. ";
        let german =
            "Die Fähre kam im Nebel vor Tarn vom Kurs ab, verletzt wurde niemand, sagte der Hafenmeister. ";
        let russian =
            "Паром сбился с пути в тумане у берегов Тарна, никто не пострадал, сообщил начальник порта. ";
        let japanese = "フェリーは霧の中でタルン沖の航路を外れたが、けが人はいなかったと港長は述べた。";
        assert!(is_english(&english.repeat(4)));
        assert!(!is_english(&german.repeat(4)));
        assert!(!is_english(&russian.repeat(4)));
        assert!(!is_english(&japanese.repeat(200)));
        // too short to tell, and no words at all
        assert!(is_english(german) && is_english("") && is_english("42"));
        // names do not make a text foreign
        assert!(is_english(
            &"Müller said that Łukasz Żak of Gdańsk was to meet Đặng in the Île-de-France. ".repeat(4)
        ));
    }
}
