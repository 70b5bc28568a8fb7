//! The blocks of a text that comes from a page: what each was there, and the way back to it.

use serde::{Deserialize, Serialize};

use crate::{CodePoints, Span};

/// A paragraph or the like, as the page had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it was in the page.
    pub kind: BlockKind,
    /// Its words in the text.
    pub span: Span,
    /// A CSS selector of the element that its words stand in: `document.querySelector` finds it in the page. None where
    /// the page is so broken that browsers nest its elements as nobody can tell.
    pub path: Option<String>,
    /// Where its words stand in that element, in order. White space that the page folds, and quotation marks that it
    /// leaves to the browser, stand nowhere.
    pub stretches: Vec<Stretch>,
}

/// What a block was in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// The heading of what follows.
    Heading,
    /// Part of a block quotation.
    Quotation,
    /// An item of a list.
    Item,
}

/// Words that stand in an element as they do in the text, but for the kind of white space between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words in the text.
    pub span: Span,
    /// Where they begin in the element's `textContent`, in code points.
    pub at: u32,
}

/// A block in the JSON of a record: every offset in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockJson {
    kind: BlockKind,
    span: [u32; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// `[begin, end)` in the text, and where it begins in the element's `textContent`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stretches: Vec<[u32; 3]>,
}

/// Blocks of the text of `points`, for JSON.
pub fn to_json(blocks: &[Block], points: &CodePoints) -> Vec<BlockJson> {
    let stretch = |stretch: &Stretch| {
        let [begin, end] = points.span(stretch.span);
        [begin, end, stretch.at]
    };
    let block = |block: &Block| BlockJson {
        kind: block.kind,
        span: points.span(block.span),
        path: block.path.clone(),
        stretches: block.stretches.iter().map(stretch).collect(),
    };
    blocks.iter().map(block).collect()
}

/// The blocks of `text` that some JSON tells of; `None` where one of them does not lie in it.
pub fn from_json(json: &[BlockJson], text: &str) -> Option<Vec<Block>> {
    if json.is_empty() {
        return Some(Vec::new());
    }
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let span = |[begin, end]: [u32; 2]| {
        let (begin, end) = (*bytes.get(begin as usize)?, *bytes.get(end as usize)?);
        (begin <= end).then(|| Span::new(begin, end))
    };
    let stretch = |&[begin, end, at]: &[u32; 3]| Some(Stretch { span: span([begin, end])?, at });
    let block = |block: &BlockJson| {
        let stretches = block.stretches.iter().map(stretch).collect::<Option<_>>()?;
        Some(Block { kind: block.kind, span: span(block.span)?, path: block.path.clone(), stretches })
    };
    json.iter().map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_json_and_back() {
        let text = "É one.\n\nTwo.";
        let block = Block {
            kind: BlockKind::Quotation,
            span: Span::new(0, 7),
            path: Some("#story > p:nth-of-type(2)".into()),
            stretches: vec![Stretch { span: Span::new(3, 7), at: 5 }],
        };
        let json = to_json(std::slice::from_ref(&block), &CodePoints::new(text));
        assert_eq!(
            serde_json::to_value(&json).unwrap(),
            serde_json::json!([{"kind": "quotation", "span": [0, 6], "path": "#story > p:nth-of-type(2)",
                                "stretches": [[2, 6, 5]]}])
        );
        assert_eq!(from_json(&json, text), Some(vec![block]));
        for wrong in [[0, 99], [2, 1]] {
            let json = BlockJson { span: wrong, ..json[0].clone() };
            assert_eq!(from_json(&[json], text), None);
        }
    }
}
