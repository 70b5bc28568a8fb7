//! The kind of a content: how much of it stands in quotation marks.

use serde::Serialize;

use crate::Span;

/// How much of a content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quote {
    /// All of it.
    Direct,
    /// Some.
    Mixed,
    /// None.
    Indirect,
}

impl Quote {
    /// The kind of `content`, given where the text's quotations stand (with or without their marks).
    ///
    /// Only letters and digits count; up to a twentieth on either side is forgiven, as a stray comma or a lead-in word
    /// does not make a direct quotation mixed.
    pub fn of(text: &str, content: &[Span], quotations: &[Span]) -> Quote {
        let (mut inside, mut all) = (0usize, 0usize);
        for span in content {
            let first = quotations.partition_point(|q| q.end <= span.begin);
            for (offset, _) in span.of(text).char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let at = span.begin + offset as u32;
                let quoted = quotations[first..].iter().take_while(|q| q.begin <= at).any(|q| at < q.end);
                all += 1;
                inside += usize::from(quoted);
            }
        }
        if all > 0 && inside * 20 > all * 19 {
            Quote::Direct
        } else if inside * 20 > all {
            Quote::Mixed
        } else {
            Quote::Indirect
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let text = "“No deal,” she said of the “plan” today";
        let quotations = [Span::new(0, 14), Span::new(31, 41)];
        let of = |begin, end| Quote::of(text, &[Span::new(begin, end)], &quotations);
        assert_eq!(of(0, 14), Quote::Direct);
        assert_eq!(of(15, 23), Quote::Indirect);
        assert_eq!(of(15, 44), Quote::Mixed);
        assert_eq!(Quote::of(text, &[], &quotations), Quote::Indirect);
    }
}
