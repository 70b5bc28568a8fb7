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
