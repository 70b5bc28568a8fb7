//! Word lists of `data/`: the words of one file, each with its tag.

use std::collections::HashMap;

/// The words of one data file, each with its tag.
pub(crate) struct Table(HashMap<&'static str, &'static str>);

impl Table {
    /// Lines of `tag: word, word`; `#` begins a comment. A word that stands twice keeps its first tag.
    pub(crate) fn parse(text: &'static str) -> Table {
        let mut words = HashMap::new();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (tag, line) in lines.filter_map(|line| line.split_once(": ")) {
            for word in line.split(", ") {
                words.entry(word.trim()).or_insert(tag);
            }
        }
        Table(words)
    }

    /// The tag of a word, as the file writes it.
    pub(crate) fn tag(&self, word: &str) -> Option<&'static str> {
        self.0.get(word).copied()
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }
}
