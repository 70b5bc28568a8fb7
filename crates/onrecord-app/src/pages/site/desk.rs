//! The desk: articles that somebody has given to be read, until they are kept or make room for others.

use std::collections::VecDeque;
use std::sync::Arc;

use onrecord::Record;

/// An article that was read, and is not kept.
#[derive(Debug)]
pub(in crate::pages) struct Looked {
    pub(in crate::pages) record: Record,
    /// What it is called: the name of the file, or "pasted text".
    pub(in crate::pages) name: String,
    /// What had to be mended in it.
    pub(in crate::pages) warnings: Vec<String>,
}

/// What lies on the desk, the oldest first.
#[derive(Debug, Default)]
pub(in crate::pages) struct Desk(VecDeque<(String, Arc<Looked>)>);

/// So many articles lie there at most …
const MOST: usize = 500;
/// … with so many bytes of text.
const MOST_BYTES: usize = 64 << 20;

impl Desk {
    /// Lays an article there, under a key that nobody guesses.
    pub(in crate::pages) fn lay(&mut self, key: String, looked: Looked) {
        self.0.push_back((key, Arc::new(looked)));
        let bytes =
            |desk: &Self| desk.0.iter().map(|(_, looked)| looked.record.article.text.len()).sum::<usize>();
        while self.0.len() > MOST || (self.0.len() > 1 && bytes(self) > MOST_BYTES) {
            self.0.pop_front();
        }
    }

    /// The article under this key, if it lies there still.
    pub(in crate::pages) fn get(&self, key: &str) -> Option<Arc<Looked>> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, looked)| Arc::clone(looked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::Article;

    #[test]
    fn old_ones_make_room() {
        let mut desk = Desk::default();
        let looked = |text: String| Looked {
            record: Record {
                article: Article { text, ..Article::default() },
                statements: vec![],
                links: vec![],
                times: None,
            },
            name: String::new(),
            warnings: vec![],
        };
        for number in 0..=MOST {
            desk.lay(number.to_string(), looked("x".into()));
        }
        assert!(desk.get("0").is_none() && desk.get("1").is_some());
        desk.lay("big".into(), looked("x".repeat(MOST_BYTES + 1)));
        assert!(desk.get("500").is_none() && desk.get("big").is_some());
    }
}
