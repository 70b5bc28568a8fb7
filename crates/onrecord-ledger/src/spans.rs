//! Spans as the ledger writes them: JSON, `[[begin, end], …]`, in bytes of the version's text.

use onrecord::Span;

/// The spans as JSON.
pub(crate) fn to_json(spans: &[Span]) -> String {
    let pairs: Vec<String> = spans.iter().map(|span| format!("[{},{}]", span.begin, span.end)).collect();
    format!("[{}]", pairs.join(","))
}

/// The spans of some JSON; none where it is no list of spans in `text`, on character boundaries.
pub(crate) fn from_json(json: &str, text: &str) -> Option<Vec<Span>> {
    let pairs: Vec<[usize; 2]> = serde_json::from_str(json).ok()?;
    pairs.into_iter().map(|[begin, end]| text.get(begin..end).map(|_| Span::new(begin, end))).collect()
}

/// Spans that are in code points of a text; none where one does not lie in it.
pub(crate) fn from_points(spans: &[[u32; 2]], text: &str) -> Option<Vec<Span>> {
    Bytes::new(text).spans(spans).ok()
}

/// Turns code points of a text into bytes.
pub(crate) struct Bytes(Vec<usize>);

impl Bytes {
    pub(crate) fn new(text: &str) -> Bytes {
        Bytes(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// How many code points the text has.
    pub(crate) fn length(&self) -> usize {
        self.0.len() - 1
    }

    /// The spans in bytes; else the first one that does not lie in the text.
    pub(crate) fn spans(&self, spans: &[[u32; 2]]) -> Result<Vec<Span>, [u32; 2]> {
        let byte = |point: u32| self.0.get(point as usize).copied();
        let span = |&[begin, end]: &[u32; 2]| match (byte(begin), byte(end)) {
            (Some(first), Some(last)) if begin <= end => Ok(Span::new(first, last)),
            _ => Err([begin, end]),
        };
        spans.iter().map(span).collect()
    }
}

/// Where a time stands that a person tells and the text has no words for: at the end of the content, without any.
pub(crate) fn unworded(content: &[Span]) -> Option<Span> {
    content.last().map(|last| Span { begin: last.end, end: last.end })
}

/// The words of some spans; an ellipsis stands for what breaks them.
pub(crate) fn words(spans: &[Span], text: &str) -> String {
    spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" … ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "é said no";
        let spans = [Span::new(0, 2), Span::new(3, 7)];
        assert_eq!(to_json(&spans), "[[0,2],[3,7]]");
        assert_eq!(from_json("[[0,2],[3,7]]", text), Some(spans.to_vec()));
        assert_eq!(from_json("[]", text), Some(vec![]));
        for wrong in ["[[0,1]]", "[[0,99]]", "[[3,2]]", "[0,2]", "", "[[-1,2]]"] {
            assert_eq!(from_json(wrong, text), None, "{wrong}");
        }
        assert_eq!(words(&spans, text), "é … said");
    }
}
