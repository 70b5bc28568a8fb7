//! HTML pages to articles: the main text, and what the page tells of it.
//!
//! In the order of the data: `tokens` cut the page into tags and texts, `tree` and `tag` nest them, `blocks` are the
//! paragraphs, `marks` what their elements are called, `body` chooses those that are the article, `flow` writes them,
//! `places` lead from the text back to the page;
//! `linked_data` and `facts` read what the page says of itself, `skip` tells what is no article.

mod blocks;
mod body;
pub(crate) mod entities;
mod facts;
mod flow;
mod linked_data;
mod marks;
mod places;
mod shown;
mod skip;
mod tag;
mod tokens;
mod tree;

pub(crate) use facts::people;
pub use skip::Skip;

use onrecord::{Article, Span};

use crate::decode::decode_page;
use crate::error::{Fault, ReadError, Warned};
use crate::origin::Origin;
use crate::text::hash;
use body::Body;
use facts::Facts;
use flow::{Flow, PARTED, Written};
use linked_data::LinkedData;
use tree::Tree;

/// The most bytes a page may have: 64 MiB. News pages have some hundred thousand.
pub const LONGEST_PAGE: usize = 64 << 20;

/// An article from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The article: headings, paragraphs and list items of the main text, parted by blank lines. The headline is its
    /// title, not part of its text. A block quotation without quotation marks is given some. Its blocks are the way back
    /// from the text to the page.
    pub article: Article,
    /// When it was last changed (RFC 3339), where the page tells.
    pub modified: Option<String>,
}

/// The article of an HTML page: its main text, and its title, authors, publisher, day, address and language.
///
/// The encoding is that of the BOM, else UTF-8 where the bytes are that, else the one that the page came with or else
/// declares, where its bytes fit it, else a guess. The id is the hash of the text. What `origin` knows of the day of
/// publication and the address counts where the page tells none.
///
/// # Errors
///
/// [`Fault::Skipped`] where the page is no article; [`Fault::PageTooLong`] over [`LONGEST_PAGE`] or four million
/// elements; [`Fault::NotText`] where NUL bytes stand near the start.
pub fn html(bytes: &[u8], origin: &Origin) -> Result<Warned<Page>, ReadError> {
    let place = origin.place();
    let read = || {
        if bytes.len() > LONGEST_PAGE {
            return Err(Fault::PageTooLong);
        }
        let (html, notes) = decode_page(bytes, origin.encoding.as_deref())?;
        Ok((page(&html, origin)?, notes))
    };
    match read() {
        Ok((output, notes)) => origin.warned(place, Ok(output), notes),
        Err(fault) => Err(ReadError { place, fault }),
    }
}

fn page(html: &str, origin: &Origin) -> Result<Page, Fault> {
    let tree = Tree::new(html).ok_or(Fault::PageTooLong)?;
    let data = LinkedData::of(&tree);
    let Facts { title, authors, publisher, published, modified, url, language } =
        facts::facts(&tree, &data, origin.url.as_deref());
    let body = body::body(&tree);
    let mut flow = write(&tree, &body);
    if let Some(text) = scripted(&data, &flow.text) {
        flow = Flow::default();
        flow.text = text;
    }
    if let Some(skip) = skip::skip(&tree, &data, &body, title.as_deref(), &flow.text) {
        return Err(Fault::Skipped(skip));
    }
    let article = Article {
        id: hash(&flow.text),
        url,
        title,
        authors,
        publisher,
        language,
        published: published.or_else(|| origin.published.clone()),
        blocks: places::places(&tree, &body, &flow),
        text: flow.text,
    };
    Ok(Page { article, modified })
}

/// With fewer words a page may be the frame that a script is to fill.
const FRAME: usize = 60;

/// The text that the page tells for machines, where it shows next to none itself.
fn scripted(data: &LinkedData, shown: &str) -> Option<String> {
    let words = |text: &str| text.split_ascii_whitespace().take(FRAME * 2).count();
    let told = data.text.as_deref().filter(|_| words(shown) < FRAME)?;
    fragment(told).ok().filter(|told| words(told) > 2 * words(shown))
}

/// The text of a piece of HTML that is an article by itself, as feeds hold it.
///
/// # Errors
///
/// [`Fault::PageTooLong`].
pub(crate) fn fragment(html: &str) -> Result<String, Fault> {
    if !html.contains('<') {
        return Ok(entities::decode(html.trim()));
    }
    let tree = Tree::new(html).ok_or(Fault::PageTooLong)?;
    Ok(write(&tree, &body::body(&tree)).text)
}

/// The chosen blocks as one text.
fn write(tree: &Tree<'_>, body: &Body) -> Flow {
    let mut flow = Flow::default();
    let quoted = quoted(tree, body);
    for (nth, &index) in body.chosen.iter().enumerate() {
        let block = &body.blocks.all[index];
        let (begin, runs) = (flow.text.len(), flow.runs.len());
        flow.part();
        if quoted[nth] {
            flow.open_quote();
        }
        flow.block(tree, &body.blocks, block);
        let goes_on = body
            .chosen
            .get(nth + 1)
            .is_some_and(|&next| quoted[nth + 1] && body.blocks.all[next].quotation() == block.quotation());
        if quoted[nth] && !goes_on {
            flow.close_quote();
        }
        if flow.text.len() > begin {
            let begin = begin + if begin == 0 { 0 } else { PARTED.len() };
            flow.written.push(Written { block: index, span: Span::new(begin, flow.text.len()), runs });
        }
    }
    flow
}

/// Which of the chosen blocks are quotations that the page marks by their form alone.
///
/// A browser sets them apart; in running text they need quotation marks. News style opens each paragraph of a quotation
/// and closes the last. Not where the page has marks itself, nor the line that names who said it.
fn quoted(tree: &Tree<'_>, body: &Body) -> Vec<bool> {
    let mut quoted = vec![false; body.chosen.len()];
    let quotation = |nth: usize| body.blocks.all[body.chosen[nth]].quotation();
    let mut begin = 0;
    while begin < quoted.len() {
        let same = (begin..quoted.len()).take_while(|&nth| quotation(nth) == quotation(begin)).count();
        if quotation(begin).is_some() {
            let texts: Vec<String> = body.chosen[begin..begin + same]
                .iter()
                .map(|&index| body::text(tree, &body.blocks, &body.blocks.all[index]))
                .collect();
            if !texts.iter().any(|text| text.contains(['“', '”', '"', '«', '„'])) {
                for (quoted, text) in quoted[begin..].iter_mut().zip(&texts) {
                    *quoted = !text.starts_with(['—', '–', '―', '-']);
                }
            }
        }
        begin += same;
    }
    quoted
}

/// Whether these first bytes of a file are those of an HTML page: markup that names HTML's elements.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_page = ["<!doctype html", "<html"].iter().any(|begin| text.contains(begin));
    let is_part = ["<head", "<body", "<title", "<meta", "<div", "<p>", "<article", "<h1"]
        .iter()
        .any(|b| text.starts_with(b));
    text.starts_with('<') && (is_page || is_part)
}

#[cfg(test)]
mod tests;
