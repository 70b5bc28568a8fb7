//! The rules: what in a statement answers to an earlier one, and to which. A rule that is not sure links nothing.

use super::profile::{Profile, Sign};
use super::{Link, Relation};
use crate::{Act, Span};

/// A link found, but for where it comes from.
pub(super) struct Found {
    to_back: usize,
    relation: Relation,
    evidence: Vec<Span>,
    score: f32,
}

impl Found {
    /// The link from the statement numbered `from`.
    pub(super) fn link(self, from: usize) -> Link {
        let Found { to_back, relation, evidence, score } = self;
        Link { from, to: from - to_back, relation, evidence, score }
    }
}

/// The links from a statement to `earlier` ones, the last of them next to it.
pub(super) fn links(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Vec<Found> {
    let rules = [disputes, supports, answers];
    let mut found: Vec<Found> = rules.iter().filter_map(|rule| rule(from, earlier)).collect();
    if found.is_empty() {
        found.extend(
            opposes(from, earlier)
                .or_else(|| speaks_against(from, earlier))
                .or_else(|| stands_apart(from, earlier)),
        );
    }
    found
}

/// How far back the words of one who is named are looked for.
const NEAR: usize = 12;

/// "The suing states were exaggerating": the last that those named in a reproach said.
fn speaks_against(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    let against = from.sign(&[Sign::Against]);
    if against.is_none() && !from.does(&[Act::Accuse]) {
        return None;
    }
    let names = |to: &Profile<'_>| to.does(ASSERTING) && apart(from, to) && from.names(to);
    let back = earlier.iter().rev().take(NEAR).position(names)?;
    let evidence = against.map_or_else(|| from.statement.attribution.cue.clone(), |span| vec![span]);
    Some(Found { to_back: back + 1, relation: Relation::Disputes, evidence, score: 0.4 })
}

/// One backs what another is against, or the other way round, in some of the same words.
fn stands_apart(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    const AGAINST: &[Act] = &[Act::Criticise, Act::Question, Act::Accuse];
    let (ours, theirs) =
        if from.does(&[Act::Praise]) { (&[Act::Praise][..], AGAINST) } else { (AGAINST, &[Act::Praise][..]) };
    let opposite = |to: &Profile<'_>| to.does(theirs) && apart(from, to) && from.shared(to) >= 2;
    let back = from.does(ours).then(|| earlier.iter().rev().take(NEAR).position(opposite))??;
    let evidence = from.statement.attribution.cue.clone();
    Some(Found { to_back: back + 1, relation: Relation::Disputes, evidence, score: 0.4 })
}

const ASSERTING: &[Act] = &[
    Act::State,
    Act::Claim,
    Act::Report,
    Act::Accuse,
    Act::Criticise,
    Act::Describe,
    Act::Believe,
    Act::Predict,
    Act::Warn,
    Act::Question,
    Act::Deny,
    Act::Announce,
    Act::Praise,
    Act::Confirm,
    Act::Decide,
];
const ASKING: &[Act] = &[Act::Request, Act::Demand, Act::Order, Act::Offer, Act::Advise];

/// "That is false", "denied the allegation", "the claim smacked of hypocrisy".
fn disputes(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    let named = from.sign(&[Sign::Claim, Sign::Accusation]);
    let against = from.sign(&[Sign::Against]);
    let (evidence, sure) = if let Some(span) = from.sign(&[Sign::Disputes]) {
        (vec![span], 0.6)
    } else if let (Some(noun), Some(against)) = (named, against) {
        (vec![noun, against], 0.6)
    } else if from.does(&[Act::Deny]) && !from.statement.negated {
        (from.statement.attribution.cue.clone(), 0.5)
    } else {
        return None;
    };
    let accusing = from.sign(&[Sign::Accusation]).is_some();
    let fits = |to: &Profile<'_>| {
        to.does(ASSERTING) && (!accusing || to.does(&[Act::Accuse, Act::Criticise, Act::Claim, Act::State]))
    };
    let near = if named.is_some() || from.sign(&[Sign::Disputes]).is_some() { 3 } else { 0 };
    target(from, earlier, &fits, near).map(|(to_back, bonus)| Found {
        to_back,
        relation: Relation::Disputes,
        evidence,
        score: sure + bonus,
    })
}

/// "Confirmed the report", "agreed that", "echoed".
fn supports(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    let confirms = from.does(&[Act::Confirm]) && !from.statement.negated;
    let evidence = match from.sign(&[Sign::Supports]) {
        Some(span) if !from.statement.negated => vec![span],
        _ if confirms => from.statement.attribution.cue.clone(),
        _ => return None,
    };
    let fits = |to: &Profile<'_>| to.does(ASSERTING);
    target(from, earlier, &fits, usize::from(!confirms)).map(|(to_back, bonus)| Found {
        to_back,
        relation: Relation::Supports,
        evidence,
        score: 0.5 + bonus,
    })
}

/// "Agreed to", "refused", "rejected the offer".
fn answers(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    if !from.does(&[Act::Agree, Act::Refuse]) {
        return None;
    }
    let near = if from.sign(&[Sign::Request]).is_some() { 3 } else { 0 };
    let fits = |to: &Profile<'_>| to.does(ASKING);
    let (to_back, bonus) = target(from, earlier, &fits, near)?;
    let mut evidence = from.statement.attribution.cue.clone();
    evidence.extend(from.sign(&[Sign::Request]).filter(|span| !evidence.iter().any(|e| e.overlaps(*span))));
    Some(Found { to_back, relation: Relation::Answers, evidence, score: 0.5 + bonus })
}

/// The earlier statement of another speaker that fits and shares most substance, the latest of several; how far back,
/// and what the overlap adds to the score. Without overlap, the last that fits among `near` ones.
fn target(
    from: &Profile<'_>,
    earlier: &[Profile<'_>],
    fits: &dyn Fn(&Profile<'_>) -> bool,
    near: usize,
) -> Option<(usize, f32)> {
    let others = earlier.iter().rev().enumerate().filter(|(_, to)| fits(to) && apart(from, to));
    let best = others
        .clone()
        .map(|(back, to)| (from.shared(to), back))
        .max_by_key(|&(n, back)| (n, std::cmp::Reverse(back)));
    match best {
        Some((shared, back)) if shared >= 2 || shared == 1 && back < 8 => {
            Some((back + 1, (shared as f32 * 0.08).min(0.35)))
        }
        _ => others.map(|(back, _)| back).find(|&back| back < near).map(|back| (back + 1, 0.0)),
    }
}

/// Neither stands in the other, and they have speakers of their own.
fn apart(from: &Profile<'_>, to: &Profile<'_>) -> bool {
    let (a, b) = (&from.statement.attribution, &to.statement.attribution);
    let nested = a.content.iter().any(|x| b.content.iter().any(|y| x.overlaps(*y)));
    !nested && !from.may_be_same_speaker(to)
}

/// Words shared by two who plainly speak of one proposition, at least, and the share of the shorter content.
const SAME_MATTER: (usize, f32) = (4, 0.6);

/// One says that it is so, the other that it is not, in much the same words.
fn opposes(from: &Profile<'_>, earlier: &[Profile<'_>]) -> Option<Found> {
    if !from.does(ASSERTING) || !from.negative {
        return None;
    }
    let opposite = |to: &&(usize, &Profile<'_>)| {
        let shared = from.shared(to.1);
        let shorter = from.substance.len().min(to.1.substance.len()).max(1);
        !to.1.negative && shared >= SAME_MATTER.0 && shared as f32 / shorter as f32 >= SAME_MATTER.1
    };
    let others: Vec<_> =
        earlier.iter().rev().enumerate().filter(|(_, to)| to.does(ASSERTING) && apart(from, to)).collect();
    let (back, _) = others.iter().find(opposite)?;
    let evidence = from.statement.attribution.content.clone();
    Some(Found { to_back: back + 1, relation: Relation::Disputes, evidence, score: 0.5 })
}
