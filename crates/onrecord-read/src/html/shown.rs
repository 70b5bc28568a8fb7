//! What a page shows below its headline for the eyes of readers alone: the byline, and the day of publication.

use super::entities;
use super::facts::{is_h1, is_office, words};
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::moment::moment;

/// So many headings may come before the headline, and so many texts after it are looked at.
const NEAR: usize = 40;

/// A text of more bytes is the article, or what stands below it.
const LONGEST_LINE: usize = 200;

/// The texts that stand below the headline, as far as the article has not begun.
pub(super) struct Shown<'t, 'a> {
    tree: &'t Tree<'a>,
    lines: Vec<NodeId>,
}

impl<'t, 'a> Shown<'t, 'a> {
    /// Those below the heading that says `title`, the last `h1` of them (a bar above may have it too); none where no heading does.
    pub(super) fn below(tree: &'t Tree<'a>, title: &str) -> Self {
        let said: Vec<NodeId> =
            tree.all(Tag::Heading).take(NEAR).filter(|&id| words(tree, id) == title).collect();
        let heading = said.iter().rev().copied().find(|&id| is_h1(tree, id)).or(said.first().copied());
        let begin = heading.map_or(tree.nodes.len(), |id| tree.end(id));
        let texts = (begin..tree.nodes.len()).filter(|&id| {
            tree.nodes[id].tag == Tag::Text
                && tree.nodes[tree.parent(id)].tag != Tag::Script
                && !tree.raw(id).trim().is_empty()
        });
        let lines = texts.take(NEAR).take_while(|&id| tree.raw(id).trim().len() < LONGEST_LINE).collect();
        Shown { tree, lines }
    }

    /// The first day that is told and is not that of a change.
    pub(super) fn day(&self) -> Option<String> {
        let mut is_of_change = false;
        for &line in &self.lines {
            let words = entities::decode(self.tree.raw(line));
            let small = words.to_ascii_lowercase();
            let change = CHANGES.iter().filter_map(|change| small.find(change)).min();
            let told =
                words[..change.unwrap_or(words.len())].trim_start_matches(|c: char| !c.is_alphanumeric());
            let day = moment(told);
            if day.is_some() && !is_of_change {
                return day;
            }
            // "Updated" may stand by itself, before the day
            is_of_change = change.is_some();
        }
        None
    }

    /// The byline, without its "by" and what follows the names.
    pub(super) fn byline(&self) -> Option<String> {
        self.lines.iter().find_map(|&line| {
            let opening = opening(self.tree.raw(line).trim())?;
            // the names often stand in an element of their own, beside the "by"
            let parents =
                std::iter::successors(Some(self.tree.parent(line)), |&id| Some(self.tree.parent(id)));
            let names = parents.take(3).find_map(|id| {
                let words = words(self.tree, id);
                let names = words[words.find(opening)? + opening.len()..].trim_start_matches([':', ' ']);
                (!names.is_empty()).then(|| names.to_owned())
            })?;
            let end = AFTER_NAMES.iter().filter_map(|mark| names.find(mark)).min().unwrap_or(names.len());
            Some(names[..end].trim_end().to_owned()).filter(|names| are_names(names))
        })
    }
}

const CHANGES: &[&str] = &["updated", "modified", "revised"];

const AFTER_NAMES: &[&str] = &[" on ", " for ", " in ", " | ", " - ", " – ", " — ", " · ", " • "];

/// The words that open a byline, as this line has them.
fn opening(line: &str) -> Option<&str> {
    ["written by", "posted by", "by"].iter().find_map(|by| {
        let opening = line.get(..by.len())?;
        let goes_on = line[by.len()..].starts_with(|c: char| c.is_alphanumeric());
        (opening.eq_ignore_ascii_case(by) && !goes_on).then_some(opening)
    })
}

/// Whether all that a line names may be people and their posts: "By Tuesday, the storm had passed" is no byline.
fn are_names(line: &str) -> bool {
    line.split(", ").flat_map(|part| part.split(" and ")).all(|part| {
        part.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            || part.contains(' ') && is_office(part)
    })
}
