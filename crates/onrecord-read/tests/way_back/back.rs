//! The way back, checked by what a browser makes of a page: html5ever's tree. `cargo xtask pages` uses it too.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use onrecord::{Article, Block};

/// Checks that every word of an article is found in its page where the blocks say; what is wrong, where it is not.
pub(crate) fn complaint(page: &str, article: &Article) -> Result<(), String> {
    let dom = Dom::new(page);
    article.blocks.iter().try_for_each(|block| lead_back(article, block, &dom))?;
    let mut at = 0;
    for block in &article.blocks {
        let (begin, end) = (block.span.begin as usize, block.span.end as usize);
        if !article.text[at..begin].trim().is_empty() {
            return Err(format!("in no block: {:?}", &article.text[at..begin]));
        }
        at = end;
    }
    if at == article.text.len() { Ok(()) } else { Err(format!("in no block: {:?}", &article.text[at..])) }
}

/// Whether all words of a block stand in its element where it says.
fn lead_back(article: &Article, block: &Block, dom: &Dom) -> Result<(), String> {
    let Some(path) = &block.path else { return Ok(()) };
    let content = dom.text(path).ok_or_else(|| format!("{} leads nowhere", path))?;
    let content: Vec<char> = content.chars().collect();
    let mut at = block.span.begin as usize;
    for stretch in &block.stretches {
        let between = &article.text[at..stretch.span.begin as usize];
        if !between.trim_matches(['“', '”']).trim().is_empty() {
            return Err(format!("{}: no place for {between:?}", path));
        }
        at = stretch.span.end as usize;
        let words = stretch.span.of(&article.text);
        let (begin, length) = (stretch.at as usize, words.chars().count());
        let there = content.get(begin..begin + length).unwrap_or_default();
        let same =
            |(here, there): (char, &char)| here == *there || (here.is_whitespace() && there.is_whitespace());
        if there.len() != length || !words.chars().zip(there).all(same) {
            let there: String = there.iter().collect();
            return Err(format!("{} at {begin}: {words:?} is {there:?}", path));
        }
    }
    let rest = &article.text[at..block.span.end as usize];
    if rest.trim_matches('”').is_empty() { Ok(()) } else { Err(format!("{}: no place for {rest:?}", path)) }
}

/// A page as a browser has it.
struct Dom(RcDom);

impl Dom {
    fn new(html: &str) -> Dom {
        Dom(parse_document(RcDom::default(), ParseOpts::default()).one(html))
    }

    /// The `textContent` of the first element that a selector leads to; of selectors, those of the form
    /// `#name > p:nth-of-type(2) > tbody`.
    fn text(&self, path: &str) -> Option<String> {
        let mut steps = path.split(" > ");
        let first = steps.next()?;
        let begin = match first.strip_prefix('#') {
            Some(id) => find(&self.0.document, &|node| attribute(node, "id").as_deref() == Some(id)),
            None => find(&self.0.document, &|node| name(node).as_deref() == Some(first)),
        };
        let element = steps.try_fold(begin?, |element, step| child(&element, step))?;
        let mut text = String::new();
        collect(&element, &mut text);
        Some(text)
    }
}

fn name(node: &Handle) -> Option<String> {
    match &node.data {
        NodeData::Element { name, .. } => Some(name.local.to_string()),
        _ => None,
    }
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

fn find(node: &Handle, wanted: &dyn Fn(&Handle) -> bool) -> Option<Handle> {
    if wanted(node) {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, wanted))
}

fn child(parent: &Handle, step: &str) -> Option<Handle> {
    let (wanted, nth) = match step.split_once(":nth-of-type(") {
        Some((wanted, nth)) => (wanted, nth.trim_end_matches(')').parse().ok()?),
        None => (step, 1),
    };
    let wanted = wanted.replace('\\', "");
    let children = parent.children.borrow();
    let mut alike = children.iter().filter(|child| name(child).as_deref() == Some(&wanted));
    alike.nth(nth - 1usize).cloned()
}

fn collect(node: &Handle, out: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    node.children.borrow().iter().for_each(|child| collect(child, out));
}
