//! Documents with marked mentions, as GUM writes them: CoNLL-U with `Entity=` in the last column.

use std::ops::Range;

/// One document, its text put together from its words.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    /// Persons and bodies, in the order of their first words.
    pub(super) mentions: Vec<Mention>,
}

/// A word of the treebank.
#[derive(Debug)]
pub(super) struct Word {
    /// Where it stands in the text, in bytes.
    pub(super) span: Range<usize>,
    pub(super) form: String,
    /// The universal part of speech.
    pub(super) class: String,
}

/// Words that stand for a person or a body.
#[derive(Debug)]
pub(super) struct Mention {
    /// The number of whom they stand for, within the document.
    pub(super) entity: u32,
    /// The numbers of the words.
    pub(super) words: Range<usize>,
    /// The number of the head.
    pub(super) head: usize,
}

/// The documents of a file's text.
pub(super) fn documents(file: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut reader = Reader::default();
    for line in file.lines() {
        if line.starts_with("# newdoc") {
            documents.push(Document::default());
            reader = Reader::default();
        }
        let Some(document) = documents.last_mut() else { continue };
        if line.starts_with("# newpar") {
            reader.gap = "\n\n";
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if let [id, form, _, class, .., misc] = cells.as_slice() {
            reader.word(document, id, form, class, misc);
        }
    }
    documents.iter_mut().for_each(|document| document.mentions.sort_by_key(|mention| mention.words.start));
    documents
}

#[derive(Default)]
struct Reader {
    /// What stands before the next word.
    gap: &'static str,
    /// Words up to this number within their sentence are parts of one that is written already ("don't").
    part_of: Option<(u32, Range<usize>)>,
    /// Mentions that are open: whose, first word, head counted from there; none of other kinds than wanted.
    open: Vec<(u32, usize, Option<usize>)>,
}

impl Reader {
    fn word(&mut self, document: &mut Document, id: &str, form: &str, class: &str, misc: &str) {
        if let Some((_, last)) = id.split_once('-') {
            let span = self.write(document, form, misc);
            self.part_of = last.parse().ok().map(|last| (last, span));
            return;
        }
        let Ok(number) = id.parse::<u32>() else { return };
        let whole = self
            .part_of
            .take_if(|(last, _)| number > *last)
            .is_none()
            .then(|| self.part_of.clone())
            .flatten();
        let span = whole.map_or_else(|| self.write(document, form, misc), |(_, span)| span);
        document.words.push(Word { span, form: form.to_owned(), class: class.to_owned() });
        let entity = misc.split('|').find_map(|item| item.strip_prefix("Entity="));
        self.mentions(document, entity.unwrap_or_default());
    }

    fn write(&mut self, document: &mut Document, form: &str, misc: &str) -> Range<usize> {
        if !document.text.is_empty() {
            document.text.push_str(self.gap);
        }
        let begin = document.text.len();
        document.text.push_str(form);
        self.gap = if misc.split('|').any(|item| item == "SpaceAfter=No") { "" } else { " " };
        begin..document.text.len()
    }

    /// Opens and closes mentions at the last word: `(12-person-new-…-1,2-coref` opens, `12)` closes.
    fn mentions(&mut self, document: &mut Document, marks: &str) {
        let at = document.words.len() - 1;
        for mark in
            marks.split_inclusive(')').flat_map(|part| part.split('(')).filter(|mark| !mark.is_empty())
        {
            let closes = mark.ends_with(')');
            let fields: Vec<&str> = mark.trim_end_matches(')').split('-').collect();
            let Ok(entity) = fields[0].parse::<u32>() else { continue };
            if let [_, kind, _, _, _, heads, ..] = fields.as_slice() {
                let wanted = matches!(*kind, "person" | "organization");
                let head = heads.split(',').next().and_then(|head| head.parse::<usize>().ok());
                self.open.push((entity, at, head.filter(|_| wanted)));
            }
            if let Some(place) = self.open.iter().rposition(|open| open.0 == entity).filter(|_| closes) {
                let (entity, first, head) = self.open.remove(place);
                let head = head.map(|head| (first + head.saturating_sub(1)).min(at));
                document.mentions.extend(head.map(|head| Mention { entity, words: first..at + 1, head }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_mentions() {
        let row = |id: &str, form: &str, class: &str, misc: &str| {
            format!("{id}\t{form}\t_\t{class}\t_\t_\t_\t_\t_\t{misc}\n")
        };
        let file = [
            "# newdoc id = a\n# newpar\n".to_owned(),
            row("1", "Ann", "PROPN", "Entity=(1-person-new-s-cf1-1,2-coref"),
            row("2", "Doe", "PROPN", "Entity=1)"),
            row("3-4", "can't", "_", "SpaceAfter=No"),
            row("3", "ca", "AUX", "_"),
            row("4", "n't", "PART", "_"),
            row("5", ".", "PUNCT", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "She", "PRON", "Entity=(1-person-giv-s-cf1-1-ana)"),
            row("2", "sees", "VERB", "_"),
            row("3", "Mars", "PROPN", "Entity=(2-place-new-s-cf1-1-sgl)"),
        ]
        .concat();
        let documents = documents(&file);
        assert_eq!(documents[0].text, "Ann Doe can't.\n\nShe sees Mars");
        let mentions: Vec<_> =
            documents[0].mentions.iter().map(|m| (m.entity, m.words.clone(), m.head)).collect();
        assert_eq!(mentions, [(1, 0..2, 0), (1, 5..6, 5)]);
        assert_eq!(&documents[0].text[documents[0].words[3].span.clone()], "can't");
    }
}
