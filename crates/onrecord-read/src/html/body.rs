//! Which blocks of a page are the article: the part that holds it, and what in that part is none of it.

use std::sync::LazyLock;

use super::blocks::{Block, Blocks, Kind, blocks};
use super::flow::Flow;
use super::marks::{Marks, marks};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// A block of fewer letters proves nothing.
const PROSE: usize = 60;

/// A line beside the article has fewer letters.
const SHORT: usize = 120;

/// Whether a short line is none of the article's by how it begins or, as a caption, by how it ends.
fn is_beside(text: &str) -> bool {
    // A page may have millions of blocks: the list is cut into its lines once.
    static BEGINS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let lines = include_str!("../../data/boilerplate.txt").lines();
        lines.filter(|line| !line.starts_with('#')).collect()
    });
    let lower = text.to_lowercase();
    let begins = BEGINS.iter().any(|begin| lower.starts_with(begin));
    let credit = lower.rsplit_once('(').is_some_and(|(_, end)| {
        end.ends_with(')')
            && ["image:", "image credit", "photo:", "photo by", "picture:", "credit:"]
                .iter()
                .any(|c| end.starts_with(c))
    });
    begins || credit
}

/// The blocks of a page, and which of them are the article, in order.
pub(super) struct Body {
    pub(super) blocks: Blocks,
    pub(super) chosen: Vec<usize>,
    /// The elements that have an identifier.
    pub(super) named: Vec<u32>,
}

/// Finds the article in a page.
pub(super) fn body(tree: &Tree<'_>) -> Body {
    let marks: Vec<Marks> = (0..tree.nodes.len()).map(|id| marks(tree, id)).collect();
    let named = (0u32..).zip(&marks).filter(|(_, marks)| marks.named).map(|(id, _)| id).collect();
    let blocks = blocks(tree, |id| marks[id].hidden);
    let page = Page { tree, marks, blocks: &blocks };
    let all = Prose::new(&page, |_| true);
    let clutter = page.clutter(&all);
    let clean = Prose::new(&page, |block| !clutter[block.node()]);
    let root = page.root(&clean, &clutter);
    let chosen = page.choose(root, &clutter);
    Body { blocks, chosen, named }
}

struct Page<'p, 'a> {
    tree: &'p Tree<'a>,
    marks: Vec<Marks>,
    blocks: &'p Blocks,
}

/// How much prose stands before each node, so that a subtree's is a difference.
struct Prose(Vec<u32>);

impl Prose {
    fn new(page: &Page<'_, '_>, counts: impl Fn(&Block) -> bool) -> Self {
        let mut sums = vec![0u32; page.tree.nodes.len() + 1];
        for block in page.blocks.all.iter().filter(|block| counts(block)) {
            sums[block.first() + 1] += prose(block) as u32;
        }
        let mut total = 0;
        for sum in &mut sums {
            total += *sum;
            *sum = total;
        }
        Prose(sums)
    }

    fn of(&self, tree: &Tree<'_>, id: NodeId) -> usize {
        (self.0[tree.end(id)] - self.0[id]) as usize
    }
}

/// The letters of a block that reads like running text.
fn prose(block: &Block) -> usize {
    let running = block.letters() >= PROSE
        && block.linked() * 2 < block.letters()
        && !matches!(block.kind, Kind::Caption | Kind::Heading);
    if running { block.letters() - block.linked() } else { 0 }
}

impl Page<'_, '_> {
    /// For each node whether it stands in clutter.
    ///
    /// What calls itself clutter but holds the bulk of the page's prose is believed less than what it holds.
    fn clutter(&self, prose: &Prose) -> Vec<bool> {
        let total = prose.of(self.tree, 0);
        let mut clutter = vec![false; self.tree.nodes.len()];
        for id in 1..clutter.len() {
            let here = prose.of(self.tree, id);
            let marks = self.marks[id];
            let own = marks.body < 2
                && !self.quotes(id)
                && ((marks.comments && total - here >= 300) || (marks.clutter && here * 2 < total));
            clutter[id] = own || clutter[self.tree.parent(id)];
        }
        clutter
    }

    /// An embedded post is quoted in the article, whatever its frame is called.
    fn quotes(&self, id: NodeId) -> bool {
        let tag = |id: NodeId| self.tree.nodes[id].tag;
        tag(id) == Tag::Blockquote || self.tree.children(id).any(|child| tag(child) == Tag::Blockquote)
    }

    /// The element that holds the article.
    fn root(&self, prose: &Prose, clutter: &[bool]) -> NodeId {
        let total = prose.of(self.tree, 0);
        for level in [3, 2, 1] {
            let best = (1..self.tree.nodes.len())
                .filter(|&id| self.marks[id].body == level && !clutter[id])
                .map(|id| (prose.of(self.tree, id), id))
                // Of two that hold the same, the inner one.
                .max_by_key(|&(prose, id)| (prose, id));
            if let Some((here, id)) = best
                && here * 10 >= total * 4
            {
                return id;
            }
        }
        self.densest(prose, 0)
    }

    /// Goes down as long as one child holds nearly all.
    fn densest(&self, prose: &Prose, mut id: NodeId) -> NodeId {
        loop {
            let here = prose.of(self.tree, id);
            let inner = self.tree.children(id).find(|&child| {
                self.tree.nodes[child].tag.is_block() && prose.of(self.tree, child) * 5 > here * 4
            });
            match inner {
                Some(child) if !matches!(self.tree.nodes[child].tag, Tag::P | Tag::List) => id = child,
                _ => return id,
            }
        }
    }

    fn choose(&self, root: NodeId, clutter: &[bool]) -> Vec<usize> {
        let inside = |block: &Block| (root..self.tree.end(root)).contains(&block.first());
        let kept: Vec<usize> = (0..self.blocks.all.len())
            .filter(|&index| {
                let block = &self.blocks.all[index];
                inside(block) && !clutter[block.node()] && self.is_wanted(block)
            })
            .collect();
        self.trim(kept)
    }

    fn is_wanted(&self, block: &Block) -> bool {
        let short = block.letters() < SHORT;
        if block.kind == Kind::Caption || self.in_caption(block) || (short && is_beside(&self.text(block))) {
            return false;
        }
        let mostly_linked = block.linked() * 10 > block.letters() * 8;
        match block.kind {
            Kind::Loose => !mostly_linked && (block.letters() >= 25 || self.ends_sentence(block)),
            Kind::Heading => !(mostly_linked && self.in_list(block)),
            _ => !mostly_linked,
        }
    }

    fn in_caption(&self, block: &Block) -> bool {
        let mut id = block.node();
        for _ in 0..3 {
            if self.marks[id].caption {
                return true;
            }
            id = self.tree.parent(id);
        }
        false
    }

    fn in_list(&self, block: &Block) -> bool {
        let parent = self.tree.parent(block.node());
        self.tree.nodes[parent].tag == Tag::Li
    }

    /// Cuts what stands before the first prose, what stands loose after the last, and headings of nothing.
    fn trim(&self, mut kept: Vec<usize>) -> Vec<usize> {
        let block = |index: usize| &self.blocks.all[index];
        let is_prose = |&index: &usize| {
            prose(block(index)) > 0
                || (block(index).kind == Kind::Paragraph && self.ends_sentence(block(index)))
        };
        let begin = kept.iter().position(is_prose).unwrap_or(0);
        kept.drain(..begin);
        let end = kept.iter().rposition(|index| prose(block(*index)) > 0).map_or(kept.len(), |last| last + 1);
        let tail = kept.split_off(end);
        kept.extend(tail.into_iter().filter(|&index| self.may_end(block(index))));
        let mut heads = false;
        kept = kept
            .into_iter()
            .rev()
            .filter(|&index| {
                heads |= block(index).kind != Kind::Heading;
                heads
            })
            .collect();
        kept.reverse();
        kept
    }

    /// Whether a block after the last prose is still of the article.
    fn may_end(&self, block: &Block) -> bool {
        block.linked() * 4 <= block.letters() && (block.kind != Kind::Loose || self.ends_sentence(block))
    }

    fn ends_sentence(&self, block: &Block) -> bool {
        let text = self.text(block);
        text.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '…', ':'])
    }

    fn text(&self, block: &Block) -> String {
        text(self.tree, self.blocks, block)
    }
}

/// The words of one block.
pub(super) fn text(tree: &Tree<'_>, blocks: &Blocks, block: &Block) -> String {
    let mut flow = Flow::default();
    flow.block(tree, blocks, block);
    flow.text
}
