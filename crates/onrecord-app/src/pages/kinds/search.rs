//! The search: statements that fit, and by what they can be narrowed.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::Act;
use onrecord_ledger::{ActCount, Count, Ledger, Period, Scale, Stats};

use super::asked::Asked;
use super::card::Card;
use super::{Frame, page};
use crate::cli::{CHANNELS, counted, inert};
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    asked: Asked,
    acts: Vec<&'static str>,
    found: String,
    cards: Vec<Card>,
    groups: Vec<Group>,
    /// What narrows the search now, each with the search without it.
    filters: Vec<(String, String)>,
    channels: [&'static str; 12],
    previous: Option<String>,
    next: Option<String>,
}

/// A facet: by what the statements can be narrowed.
struct Group {
    name: &'static str,
    choices: Vec<Choice>,
}

/// A value of a facet, and the search that has it or no longer has it.
struct Choice {
    name: String,
    count: u64,
    address: String,
}

/// The page of a search.
pub(super) async fn search(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = asked.question()?;
    let entity = asked.entity();
    let who = move |ledger: &Ledger| entity.map(|entity| ledger.entity(entity)).transpose();
    let (kept, who, stats, periods) = if asked.is_of_all() {
        let overview = site.overview().await?;
        (site.ask(move |ledger| ledger.find(&question)).await?, None, overview.stats, overview.months)
    } else {
        site.ask(move |ledger| {
            let stats = Arc::new(ledger.stats(&question)?);
            let months = Arc::new(ledger.periods(&question, Scale::Month)?);
            Ok((ledger.find(&question)?, who(ledger)?, stats, months))
        })
        .await?
    };
    let count = stats.statements;
    let (previous, next) = asked.around(count as usize)?;
    page(&SearchPage {
        frame: Frame::new(&site, &headers),
        acts: Act::ALL.map(Act::word).to_vec(),
        found: counted(count as usize, "statement"),
        cards: Card::all(&kept),
        groups: groups(&asked, &stats, &periods),
        filters: asked.narrowed(who.as_ref().map(|who| who.name.as_str())),
        channels: CHANNELS,
        previous,
        next,
        asked,
    })
}

fn groups(asked: &Asked, stats: &Stats, months: &[ActCount]) -> Vec<Group> {
    let group = |name: &'static str, field: &str, counts: &[Count]| {
        let choice = |count: &Count| Choice {
            address: asked.with(field, &count.what),
            name: inert(&count.what).replace('-', if field == "channel" { " " } else { "-" }),
            count: count.count,
        };
        // what is chosen already needs no choice
        let choices =
            if asked.get(field).is_empty() { counts.iter().map(choice).collect() } else { Vec::new() };
        Group { name, choices }
    };
    let flags = [("disputed", stats.disputed), ("anonymous", stats.anonymous)]
        .into_iter()
        .filter(|(field, count)| *count > 0 && asked.get(field).is_empty())
        .map(|(field, count)| Choice { name: field.to_owned(), count, address: asked.with(field, "yes") })
        .collect();
    let outlet = |outlet: &Period| Count { what: outlet.what.clone(), count: outlet.statements };
    let publishers: Vec<Count> = stats.publishers.iter().map(outlet).collect();
    let groups = [
        Group { name: "Only", choices: flags },
        group("Who speaks", "speaker", &stats.speaker_counts()),
        group("Act", "act", &stats.acts),
        group("Channel", "channel", &stats.channels),
        group("Publisher", "publisher", &publishers),
        Group { name: "Date", choices: dates(asked, months) },
    ];
    groups.into_iter().filter(|group| !group.choices.is_empty()).collect()
}

/// Years, or the months of the only one, the latest first.
fn dates(asked: &Asked, months: &[ActCount]) -> Vec<Choice> {
    let year = |count: &ActCount| count.period.get(..4).unwrap_or_default().to_owned();
    let several = months.iter().any(|count| year(count) != year(&months[0]));
    let mut periods: BTreeMap<String, u64> = BTreeMap::new();
    for count in months {
        let period = if several { year(count) } else { count.period.clone() };
        *periods.entry(period).or_default() += count.count;
    }
    // one alone narrows nothing
    let choice = |(name, count): (String, u64)| Choice { address: asked.closer(&name), name, count };
    if periods.len() > 1 { periods.into_iter().rev().map(choice).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_narrow_by_years_then_by_months() {
        let counts = |counts: &[(&str, &str, u64)]| -> Vec<ActCount> {
            let count = |&(period, act, count): &(&str, &str, u64)| ActCount {
                period: period.into(),
                act: act.into(),
                count,
            };
            counts.iter().map(count).collect()
        };
        let dates = |months: &[(&str, &str, u64)]| -> Vec<(String, u64)> {
            let choices = dates(&Asked::default(), &counts(months)).into_iter();
            choices.map(|choice| (choice.address, choice.count)).collect()
        };
        let within = |period: &str, count| (format!("?since={period}&until={period}"), count);
        assert_eq!(
            dates(&[("2024-11", "deny", 2), ("2025-01", "deny", 3), ("2025-01", "state", 4)]),
            [within("2025", 7), within("2024", 2)]
        );
        assert_eq!(
            dates(&[("2025-01", "deny", 2), ("2025-03", "deny", 3)]),
            [within("2025-03", 3), within("2025-01", 2)]
        );
        assert_eq!((dates(&[("2025-01", "deny", 2)]), dates(&[])), (vec![], vec![]));
    }
}
