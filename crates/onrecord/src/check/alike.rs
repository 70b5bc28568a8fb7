//! Words that are one edit or one sound apart.

/// Shorter words are too often alike.
const SHORTEST: usize = 4;

/// Of more words that are alike, none is another one misspelt.
const MOST: usize = 8;

/// The pairs of words that may be one edit or one sound apart, by their numbers, the lesser first: all that are so, unless
/// they begin with other letters or more than [`MOST`] are alike.
pub(super) fn pairs<'w>(words: impl Iterator<Item = &'w str>) -> Vec<(usize, usize)> {
    let mut keys: Vec<(u32, u32)> = Vec::new();
    for (number, word) in words.enumerate().filter(|(_, word)| word.len() >= SHORTEST) {
        keys.extend(shortened(word).chain([heard(word)]).map(|key| (key, number as u32)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=MOST).contains(&group.len())) {
        for (at, &(_, one)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|&(_, other)| (one as usize, other as usize)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

const SEED: u32 = 0x811c_9dc5;

fn hash(seed: u32, letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(seed, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Keys of a word and of what is left of it without each letter but the first: of words one edit apart two are the same.
fn shortened(word: &str) -> impl Iterator<Item = u32> {
    let without = |(at, c): (usize, char)| {
        let after = &word[at + c.len_utf8()..];
        hash(hash(SEED, word[..at].chars()), after.chars())
    };
    [hash(SEED, word.chars())].into_iter().chain(word.char_indices().skip(1).map(without))
}

/// Whether one edit makes the one word of the other: a letter more, less, another, or two changed about.
pub(super) fn one_edit(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let begin = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let same = short[begin..].iter().rev().zip(long[begin..].iter().rev()).take_while(|(a, b)| a == b);
    let end = same.count();
    match (&short[begin..short.len() - end], &long[begin..long.len() - end]) {
        ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether two words are said alike, as far as their letters tell.
pub(super) fn one_sound(one: &str, other: &str) -> bool {
    heard(one) == heard(other)
}

/// A key of how a word is said.
fn heard(word: &str) -> u32 {
    let mut key = !SEED;
    let mut last = ' ';
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let (sound, is_two) = sound(letter, letters.peek().copied().unwrap_or(' '));
        if is_two {
            letters.next();
        }
        if sound != last {
            key = hash(key, [sound].into_iter());
            last = sound;
        }
    }
    key
}

/// What is heard of a letter before another, and whether that is heard of both.
fn sound(letter: char, next: char) -> (char, bool) {
    match (letter, next) {
        ('p', 'h') => ('v', true),
        ('o', 'u' | 'o') => ('u', true),
        ('e', 'e' | 'i' | 'y') | ('i', 'e' | 'y') => ('i', true),
        ('a', 'e') | ('o', 'e') | ('u', 'e') => (letter, true),
        ('c' | 'q', 'h') => ('k', true),
        ('k' | 'g' | 'd' | 't' | 'r' | 'b', 'h') => (letter, true),
        ('c' | 'q', _) => ('k', false),
        ('z', _) => ('s', false),
        ('w' | 'f', _) => ('v', false),
        ('y', _) => ('i', false),
        _ => (letter, false),
    }
}

/// Whether two words differ in their ending at most, as a plural, those of a place, and a woman's name do.
pub(super) fn one_stem(one: &str, other: &str) -> bool {
    let bare = |word: &'_ str| word.len() - usize::from(word.ends_with('s'));
    let (one, other) = (&one[..bare(one)], &other[..bare(other)]);
    let cut = |word: &'_ str| word.char_indices().next_back().map_or(0, |(at, _)| at);
    one.starts_with(other) || other.starts_with(one) || one[..cut(one)] == other[..cut(other)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits() {
        for (one, other) in
            [("velmark", "velmarc"), ("velmark", "velmrak"), ("velmark", "velark"), ("żółw", "żółów")]
        {
            assert!(one_edit(one, other) && one_edit(other, one), "{one} {other}");
            assert_eq!(pairs([one, "ostria", other].into_iter()), [(0, 2)]);
        }
        for (one, other) in [("velmark", "velmark"), ("velmark", "vemlakr"), ("velmark", "velm"), ("ab", "")]
        {
            assert!(!one_edit(one, other), "{one} {other}");
        }
    }

    #[test]
    fn sounds() {
        for (one, other) in [
            ("stefan", "stephan"),
            ("orlik", "orlick"),
            ("zelinsky", "zelinskiy"),
            ("morosoff", "morosov"),
            ("quhari", "kuhari"),
            ("houseini", "husseini"),
        ] {
            assert!(one_sound(one, other), "{one} {other}");
            assert_eq!(pairs([one, other].into_iter()), [(0, 1)]);
        }
        assert!(!one_sound("marin", "maren"));
    }

    #[test]
    fn stems() {
        for (one, other) in [
            ("norlund", "norlunds"),
            ("norlunder", "norlunders"),
            ("petrosov", "petrosova"),
            ("germany", "germans"),
            ("velmari", "velmars"),
        ] {
            assert!(one_stem(one, other) && one_stem(other, one), "{one} {other}");
        }
        assert!(!one_stem("belmont", "bellmont"));
    }

    #[test]
    fn of_many_none_is_told() {
        let words = ["tara", "tbra", "tcra", "tdra", "tera", "tfra", "tgra", "thra", "tira"];
        assert_eq!(pairs(words[..2].iter().copied()), [(0, 1)]);
        assert_eq!(pairs(words.into_iter()), []);
    }
}
