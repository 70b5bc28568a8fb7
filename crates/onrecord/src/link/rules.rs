//! The rules: what in a statement answers to another one, and to which. A rule that is not sure links nothing.

use super::Relation;
use super::opposition::{continues, judges_deed, replies};
use super::profile::{Profile, Sign};
use super::stage::Stage;
use crate::{Act, Span};

/// The links of all statements on the stage, in their order.
pub(super) fn all(stage: &Stage<'_>) -> Vec<Vec<Found>> {
    let mut all: Vec<Vec<Found>> = (0..stage.profiles.len()).map(|from| links(stage, from)).collect();
    for from in (1..all.len()).rev() {
        if all[from].is_empty() {
            all[from] = continues(stage, from, &all[from - 1]);
        }
    }
    (0..all.len()).map(|from| of_one_side(stage, &all, from)).collect()
}

/// The links from a statement, without those that dispute both sides of a dispute: who denies a claim does not deny
/// those who deny it too. The side of the surest link is meant.
fn of_one_side(stage: &Stage<'_>, all: &[Vec<Found>], from: usize) -> Vec<Found> {
    let disputed = || all[from].iter().filter(|found| found.relation == Relation::Disputes);
    let Some(surest) = disputed().max_by(|a, b| a.score.total_cmp(&b.score).then(b.to.cmp(&a.to))) else {
        return all[from].clone();
    };
    let is_other_side =
        |found: &&Found| found.relation == Relation::Disputes && are_opposed(stage, all, surest.to, found.to);
    all[from].iter().filter(|found| !is_other_side(found)).cloned().collect()
}

/// Whether the speakers of two statements dispute each other anywhere.
fn are_opposed(stage: &Stage<'_>, all: &[Vec<Found>], one: usize, other: usize) -> bool {
    let (one, other) = (&stage.profiles[one], &stage.profiles[other]);
    let between = |from: &Profile<'_>, to: &Profile<'_>| {
        from.same_speaker(one) && to.same_speaker(other) || from.same_speaker(other) && to.same_speaker(one)
    };
    let opposed = |(from, found): (usize, &Found)| {
        found.relation == Relation::Disputes && between(&stage.profiles[from], &stage.profiles[found.to])
    };
    all.iter().enumerate().flat_map(|(from, links)| links.iter().map(move |found| (from, found))).any(opposed)
}

/// A link found, by the place on the stage of what it is to.
#[derive(Clone)]
pub(super) struct Found {
    /// What it is to.
    pub to: usize,
    /// How.
    pub relation: Relation,
    /// The words that show it.
    pub evidence: Vec<Span>,
    /// How sure.
    pub score: f32,
}

/// The links from the statement at `from`.
fn links(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let rules = [turns_down, undoes, bears_out, answers];
    let mut found: Vec<Found> = rules.iter().flat_map(|rule| rule(stage, from)).collect();
    let weaker = [speaks_against, answers_attack, replies, defends, stands_apart, contrary, judges_deed];
    for rule in weaker {
        if found.is_empty() {
            found = rule(stage, from);
        }
    }
    found
}

/// The link from the second statement of a stage to the first, of another article, by the rules that need no nearness.
pub(super) fn apart(stage: &Stage<'_>) -> Option<Found> {
    [turns_down, bears_out, answers, contrary].iter().flat_map(|rule| rule(stage, 1)).next()
}

/// Whether [`apart`] may link to a statement like this one,
pub(super) fn is_claim(profile: &Profile<'_>) -> bool {
    profile.does(ASSERTING) || profile.does(PROPOSING) || profile.does(ASKING)
}

/// and from one like this.
pub(super) fn is_reply(profile: &Profile<'_>) -> bool {
    denial(profile).is_some()
        || profile.sign(&[Sign::Supports]).is_some()
        || profile.does(&[Act::Confirm, Act::Agree, Act::Refuse])
        || profile.negative && profile.does(PROPOSING)
}

/// Acts that put something forward as so.
pub(super) const ASSERTING: &[Act] = &[
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
    Act::Announce,
    Act::Confirm,
    Act::Mention,
];
/// Acts whose content is a proposition that another may contradict.
const PROPOSING: &[Act] = &[
    Act::State,
    Act::Claim,
    Act::Report,
    Act::Believe,
    Act::Predict,
    Act::Warn,
    Act::Announce,
    Act::Confirm,
    Act::Deny,
];
const ATTACKING: &[Act] = &[Act::Accuse, Act::Criticise, Act::Question];
const ASKING: &[Act] = &[Act::Request, Act::Demand, Act::Order, Act::Offer, Act::Advise];
pub(super) const DOING: &[Act] = &[Act::Decide, Act::Announce, Act::Order];

/// "Denied the allegations", "that claim is false", "That is a lie": what was said before, or in a headline or lead what
/// will be told.
fn turns_down(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let Some((evidence, sure)) = denial(source) else { return Vec::new() };
    let named = source.sign(&NAMED_SAYINGS).is_some() || source.sign(&[Sign::FalseClaim]).is_some();
    let accusation = source.sign(&[Sign::Accusation]).is_some();
    let report = source.sign(&[Sign::Report]).is_some();
    let is_bare = is_bare(source, named);
    let is_denial = source.does(&[Act::Deny]);
    let is_outright = source.sign(&[Sign::Falsehood]).is_some();
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let asserts = target.does(ASSERTING) && !target.statement.negated && !(is_denial && target.negative);
        // who denies "them" after another has denied "these claims" denies what that one did
        if !asserts || refers_only(target) || to > from && from > LEAD {
            return None;
        }
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let attacks = target.does(ATTACKING);
        let attacked = attacks && target.names(source);
        let names = source.names(target);
        let of_kind = accusation && attacks || report && target.does(&[Act::Report]);
        let told = if is_bare { TOLD * stage.told_next(from, to) as f32 } else { 0.0 };
        let meant = match (is_bare, of_kind) {
            (_, true) => near >= 2.0 || attacked || matter >= 3.0,
            (true, false) => (near >= 2.0 || near >= 1.0 && told > 0.0) && !accusation,
            (false, false) if is_outright && near >= 1.0 => source.shared(target).next().is_some() || names,
            (false, false) => matter >= 3.0 || names && near >= 1.0 || named && near >= 2.0 && attacks,
        };
        let points = |seen: bool, points: f32| if seen { points } else { 0.0 };
        let kind = points(attacked, ATTACKED) + points(names, NAMED) + points(of_kind, OF_KIND);
        meant.then_some((matter + told).min(MATTER) + near + kind)
    };
    let mut found = found(stage, from, &score, Relation::Disputes, &evidence, sure);
    if is_bare && !accusation {
        // "the account" is one, the nearest
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.to.cmp(&a.to)));
        found.truncate(1);
    }
    found
}

const NAMED_SAYINGS: [Sign; 3] = [Sign::Claim, Sign::Report, Sign::Accusation];

/// Whether a content tells little of what it speaks of, and refers to what was said before or names its kind.
fn is_bare(source: &Profile<'_>, named: bool) -> bool {
    let refers = named || source.refers_back || source.substance.is_empty();
    // "such reports are an invention of the ministry": the verdict takes some words too
    let verdict = if named && source.sign(&[Sign::Against]).is_some() { VERDICT } else { 0 };
    refers && source.substance.len() <= BARE + usize::from(named) + verdict
}

/// Whether a statement turns down what it does not tell itself.
fn refers_only(source: &Profile<'_>) -> bool {
    is_bare(source, source.sign(&NAMED_SAYINGS).is_some()) && denial(source).is_some()
}

/// The words by which a statement turns down what was said, and how sure they are.
fn denial(source: &Profile<'_>) -> Option<(Vec<Span>, f32)> {
    let named = source.sign(&NAMED_SAYINGS);
    let uttered = !source.statement.negated;
    // "challenged these claims", "rejected them"
    let doubts = source.does(&[Act::Question]) && named.is_some();
    let spurns = source.does(&[Act::Refuse]) && (named.is_some() || source.is_pronoun);
    let denies = uttered && (source.does(&[Act::Deny]) || doubts || spurns);
    // a court that dismisses a motion answers it
    let answers = named.is_none() && source.sign(&[Sign::Request]).is_some();
    match (
        source.sign(&[Sign::Disputes, Sign::Falsehood, Sign::FalseClaim]),
        named,
        source.sign(&[Sign::Against]),
    ) {
        (Some(span), ..) => Some((vec![span], 0.6)),
        (None, Some(noun), Some(verdict)) if noun.overlaps(verdict) => {
            let whole = Span { begin: noun.begin.min(verdict.begin), end: noun.end.max(verdict.end) };
            Some((vec![whole], 0.6))
        }
        (None, Some(noun), Some(verdict)) => Some((vec![noun, verdict], 0.6)),
        (None, None, Some(verdict)) if denies && !answers => Some((vec![verdict], 0.5)),
        (None, Some(noun), None) if denies => Some((cue_and(source, noun), 0.6)),
        _ if denies && !answers => Some((cue(source), 0.5)),
        _ => None,
    }
}

/// A content of so few words of substance tells little of what it denies: "it", "wrongdoing".
const BARE: usize = 1;
/// So many more may tell what is thought of it.
const VERDICT: usize = 2;
/// In the first statements, the headline and the lead, what is denied may be told only later.
const LEAD: usize = 3;
/// What tells that a statement is meant, in points: that it attacks the one who denies, that its speaker is named, that
/// it is of the kind named; and the most that the matter counts.
const ATTACKED: f32 = 3.0;
const NAMED: f32 = 2.0;
const OF_KIND: f32 = 3.0;
const MATTER: f32 = 12.0;
/// What it counts that the next words tell of it, in points a word.
const TOLD: f32 = 2.0;

/// "The ten towns were exaggerating": the last that those named in the reproach said.
fn speaks_against(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let Some(verdict) = source.sign(&[Sign::Against]) else { return Vec::new() };
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let near = stage.nearness(from, to);
        let meant = to < from && near >= 1.0 && source.names(target) && target.does(ASSERTING);
        meant.then_some(near + stage.matter(from, to) as f32)
    };
    found(stage, from, &score, Relation::Disputes, &[verdict], 0.4)
}

/// "He had not sold the ship", after somebody charged him with it; "they conspire", of those who did.
fn answers_attack(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let strikes_back = source.does(ATTACKING);
    if !strikes_back && !source.negative || !source.does(ASSERTING) {
        return Vec::new();
    }
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let attacked = to < from && target.does(ATTACKING) && target.names(source);
        let meant = if strikes_back { source.names(target) && near >= 1.0 } else { matter >= 3.0 };
        (attacked && meant).then_some(matter.min(MATTER) + near)
    };
    found(stage, from, &score, Relation::Disputes, &cue(source), 0.4)
}

/// "Defended the ministry", after an attack on it.
fn defends(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let Some(sign) = source.sign(&[Sign::Defends]) else { return Vec::new() };
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let meant = to < from && target.does(ATTACKING) && (near >= 2.0 || near >= 1.0 && matter >= 1.0);
        meant.then_some(near + matter)
    };
    found(stage, from, &score, Relation::Disputes, &[sign], 0.4)
}

/// "Overturned his decision", after the decision.
fn undoes(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let Some(sign) = source.sign(&[Sign::Undoes]).filter(|_| source.sign(&[Sign::Deed]).is_some()) else {
        return Vec::new();
    };
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let meant = to < from && target.does(DOING) && stage.nearness(from, to) >= 1.0;
        meant.then(|| stage.nearness(from, to) + stage.matter(from, to) as f32)
    };
    found(stage, from, &score, Relation::Disputes, &[sign], 0.5)
}

/// One backs what another is against, or the other way round, and they share more than a word.
fn stands_apart(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let theirs = match source.statement.act {
        Act::Praise => ATTACKING,
        act if ATTACKING.contains(&act) => &[Act::Praise],
        _ => return Vec::new(),
    };
    let score = |to: usize| {
        let matter = stage.matter(from, to);
        let meant = to < from && stage.profiles[to].does(theirs) && matter >= 4;
        meant.then(|| matter as f32 + stage.nearness(from, to))
    };
    found(stage, from, &score, Relation::Disputes, &cue(source), 0.4)
}

/// One says that it is so, the other that it is not, or names another number, in much the same words.
fn contrary(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    if !source.does(PROPOSING) {
        return Vec::new();
    }
    let score = |to: usize| {
        let meant = to < from && stage.profiles[to].does(PROPOSING) && stage.are_contrary(from, to);
        meant.then(|| stage.matter(from, to) as f32 + stage.nearness(from, to))
    };
    let evidence = source.statement.attribution.content.clone();
    found(stage, from, &score, Relation::Disputes, &evidence, 0.5)
}

/// "Confirmed the report", "agreed that", "echoed".
fn bears_out(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    if source.statement.negated {
        return Vec::new();
    }
    let evidence = match source.sign(&[Sign::Supports]) {
        Some(span) => vec![span],
        None if source.does(&[Act::Confirm]) => cue(source),
        None => return Vec::new(),
    };
    let score = |to: usize| {
        let target = &stage.profiles[to];
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let names = if source.names(target) { NAMED } else { 0.0 };
        let asserts = to < from && target.does(ASSERTING) && !target.statement.negated;
        let meant = matter >= 3.0 || names > 0.0 || is_bare(source, false) && near >= 2.0;
        (asserts && meant).then_some(matter.min(MATTER) + near + names)
    };
    found(stage, from, &score, Relation::Supports, &evidence, 0.5)
}

/// "Agreed to", "refused", "rejected the offer": the request or offer of another.
fn answers(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    if !source.does(&[Act::Agree, Act::Refuse]) {
        return Vec::new();
    }
    let named = source.sign(&[Sign::Request]);
    let score = |to: usize| {
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let asked = (to < from || from <= LEAD) && stage.profiles[to].does(ASKING);
        let meant = matter >= 3.0
            || matter >= 1.0 && near >= 1.0
            || (named.is_some() || source.is_pronoun) && near >= 2.0;
        (asked && meant).then_some(matter.min(MATTER) + near)
    };
    let evidence = named.map_or_else(|| cue(source), |noun| cue_and(source, noun));
    found(stage, from, &score, Relation::Answers, &evidence, 0.5)
}

/// One statement answers to so many others at most,
const MOST: usize = 3;
/// and to others than the best only where they fit as well but for this share.
const AS_WELL: f32 = 0.75;

/// The links to the statements with the best scores.
pub(super) fn found(
    stage: &Stage<'_>,
    from: usize,
    score: &dyn Fn(usize) -> Option<f32>,
    relation: Relation,
    evidence: &[Span],
    sure: f32,
) -> Vec<Found> {
    let mut scored: Vec<(f32, usize)> = stage.others(from).filter_map(|to| Some((score(to)?, to))).collect();
    // of two alike the nearer, which comes first
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = scored.first().map_or(0.0, |&(score, _)| score);
    let mut found: Vec<Found> = scored
        .iter()
        .take(MOST)
        .filter(|(score, _)| *score >= AS_WELL * best)
        .map(|&(score, to)| Found {
            to,
            relation,
            evidence: evidence.to_vec(),
            score: sure + (score * 0.03).min(0.35),
        })
        .collect();
    found.sort_by_key(|found| found.to);
    found
}

/// The cue, or the content where there is none.
pub(super) fn cue(from: &Profile<'_>) -> Vec<Span> {
    let attribution = &from.statement.attribution;
    if attribution.cue.is_empty() { attribution.content.clone() } else { attribution.cue.clone() }
}

fn cue_and(from: &Profile<'_>, noun: Span) -> Vec<Span> {
    let mut spans = cue(from);
    if !spans.iter().any(|span| span.overlaps(noun)) {
        spans.push(noun);
    }
    spans.sort_unstable();
    spans
}
