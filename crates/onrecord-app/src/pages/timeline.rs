//! A timeline: statements as marks over days, a lane for each act; of very many, one mark for all of an act and a period,
//! the larger the more. A list or a table below it tells the same in words.

use onrecord_ledger::ActCount;

use super::days::ordinal;

/// A drawn timeline; all measures in the units of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Timeline {
    pub(super) lanes: Vec<Lane>,
    pub(super) spots: Vec<Spot>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) ticks: Vec<Tick>,
    pub(super) height: usize,
}

/// A lane: one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) name: String,
    pub(super) y: usize,
}

/// A statement in its lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: usize,
    pub(super) y: usize,
    /// Its place in the list.
    pub(super) place: usize,
}

/// The statements of one act and one period, as one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bubble {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) radius: usize,
    /// Its place among the counts.
    pub(super) place: usize,
}

/// A year, month or day on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) x: usize,
    /// `2025`, `2025-03` or `2025-03-14`: what the timeline can be narrowed to.
    pub(super) label: String,
}

/// Room for the names of lanes.
pub(super) const LEFT: usize = 90;
/// From the first day to the last.
const WIDTH: usize = 860;
/// From lane to lane.
const LANE: usize = 26;
/// Statements of one day and act stand this far apart; as many as fit between two lanes.
const APART: usize = 4;
const MOST_APART: usize = 5;
/// More ticks than this could not be read.
const MOST_TICKS: usize = 14;

impl Timeline {
    /// The timeline of statements, each by its act and its day, which may be a month or a year; none where none has a
    /// day.
    pub(super) fn new(statements: &[(&'static str, Option<&str>)]) -> Option<Timeline> {
        let dated: Vec<(usize, &str, i64)> = statements
            .iter()
            .enumerate()
            .filter_map(|(place, (act, day))| Some((place, *act, ordinal((*day)?)?)))
            .collect();
        let scale = Scale::of(dated.iter().map(|one| one.2))?;
        let lanes = lanes(dated.iter().map(|one| one.1));
        let spots = dated.iter().enumerate().map(|(nth, &(place, act, day))| {
            let before = dated[..nth].iter().filter(|other| (other.1, other.2) == (act, day)).count();
            Spot { x: scale.x(day), y: y_of(&lanes, act) - (before % MOST_APART) * APART, place }
        });
        let spots = spots.collect();
        Some(Timeline { spots, bubbles: Vec::new(), ticks: scale.ticks(), height: height(&lanes), lanes })
    }

    /// The timeline of counts, each of an act in a period; none where there are none.
    pub(super) fn of_counts(counts: &[ActCount]) -> Option<Timeline> {
        let middle = |period: &str| Some(ordinal(period)? + half(period));
        let dated: Vec<(usize, &ActCount, i64)> = counts
            .iter()
            .enumerate()
            .filter_map(|(place, count)| Some((place, count, middle(&count.period)?)))
            .collect();
        let ends = dated.iter().flat_map(|&(_, count, day)| [ordinal(&count.period).unwrap_or(day), day]);
        let scale = Scale::of(ends)?;
        let lanes = lanes(dated.iter().map(|one| one.1.act.as_str()));
        let most = dated.iter().map(|one| one.1.count).max()?.max(1);
        let bubble = |&(place, count, day): &(usize, &ActCount, i64)| Bubble {
            x: scale.x(day),
            y: y_of(&lanes, &count.act),
            // areas, not widths, are as the counts
            radius: SMALLEST + ((count.count as f64 / most as f64).sqrt() * WIDEST as f64) as usize,
            place,
        };
        let bubbles = dated.iter().map(bubble).collect();
        Some(Timeline { spots: Vec::new(), bubbles, ticks: scale.ticks(), height: height(&lanes), lanes })
    }
}

/// A mark of one statement alone, and what the widest has on top.
const SMALLEST: usize = 2;
const WIDEST: usize = 9;

/// Half of the days of a year or a month.
fn half(period: &str) -> i64 {
    match period.len() {
        4 => 182,
        7 => 15,
        _ => 0,
    }
}

/// The acts, those that come first in time first.
fn lanes<'a>(acts: impl Iterator<Item = &'a str>) -> Vec<Lane> {
    let mut names: Vec<&str> = Vec::new();
    for act in acts {
        if !names.contains(&act) {
            names.push(act);
        }
    }
    let lane = |(nth, name): (usize, &str)| Lane { name: name.to_owned(), y: (nth + 1) * LANE };
    names.into_iter().enumerate().map(lane).collect()
}

fn y_of(lanes: &[Lane], act: &str) -> usize {
    lanes.iter().find(|lane| lane.name == act).map_or(0, |lane| lane.y)
}

fn height(lanes: &[Lane]) -> usize {
    (lanes.len() + 1) * LANE + 22
}

struct Scale {
    first: i64,
    days: i64,
}

impl Scale {
    /// From the first of these days to the last.
    fn of(days: impl Iterator<Item = i64> + Clone) -> Option<Scale> {
        let (first, last) = (days.clone().min()?, days.max()?);
        Some(Scale { first, days: last - first })
    }

    fn x(&self, day: i64) -> usize {
        LEFT + ((day - self.first) * WIDTH as i64 / self.days.max(1)).clamp(0, WIDTH as i64) as usize
    }

    /// Days, months or years, whichever are few enough; of too many years some.
    fn ticks(&self) -> Vec<Tick> {
        let days: Vec<String> = (self.first..=self.first + self.days).take(MOST_DAYS).map(day).collect();
        let all = [DAY, MONTH, YEAR].map(|length| self.labelled(&days, length));
        let few = all.iter().find(|ticks| ticks.len() <= MOST_TICKS);
        few.cloned().unwrap_or_else(|| {
            let [_, _, years] = all;
            let step = years.len().div_ceil(MOST_TICKS);
            years.into_iter().step_by(step).collect()
        })
    }

    /// A tick wherever the first so many letters of the day change.
    fn labelled(&self, days: &[String], length: usize) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        for (ordinal, day) in (self.first..).zip(days) {
            let label = &day[..length];
            if ticks.last().is_none_or(|last| last.label != label) {
                ticks.push(Tick { x: self.x(ordinal), label: label.to_owned() });
            }
        }
        ticks
    }
}

/// So many letters of `2025-03-14` tell the day, the month, the year.
const DAY: usize = 10;
const MONTH: usize = 7;
const YEAR: usize = 4;

fn day(ordinal: i64) -> String {
    let (year, month, day) = super::days::civil(ordinal);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Two centuries: longer timelines get no ticks behind that.
const MOST_DAYS: usize = 73_050;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_stand_on_their_days() {
        let timeline = Timeline::new(&[
            ("claim", Some("2025-03-01")),
            ("deny", Some("2025-03-02")),
            ("deny", Some("2025-03-02")),
            ("ask", None),
        ])
        .unwrap();
        let lanes: Vec<_> = timeline.lanes.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!(lanes, ["claim", "deny"]);
        let spots: Vec<_> = timeline.spots.iter().map(|spot| (spot.x, spot.y, spot.place)).collect();
        assert_eq!(spots, [(LEFT, 26, 0), (LEFT + WIDTH, 52, 1), (LEFT + WIDTH, 48, 2)]);
        let ticks: Vec<_> = timeline.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(ticks, ["2025-03-01", "2025-03-02"]);
        assert_eq!(Timeline::new(&[("ask", None)]), None);
    }

    #[test]
    fn the_axis_has_months_or_years_where_days_are_too_many() {
        let labels = |first, last| -> Vec<String> {
            let timeline = Timeline::new(&[("ask", Some(first)), ("ask", Some(last))]).unwrap();
            timeline.ticks.into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels("2025-01-20", "2025-03"), ["2025-01", "2025-02", "2025-03"]);
        assert_eq!(labels("2023", "2025-03-14"), ["2023", "2024", "2025"]);
        assert!(labels("1800", "2025").len() <= 14);
    }

    #[test]
    fn many_statements_are_marks_as_large_as_their_counts() {
        let count =
            |period: &str, act: &str, count| ActCount { period: period.into(), act: act.into(), count };
        let counts = [
            count("2025-01", "deny", 100),
            count("2025-01", "ask", 1),
            count("2025-03", "deny", 25),
            count("?", "ask", 9),
        ];
        let timeline = Timeline::of_counts(&counts).unwrap();
        let bubbles: Vec<_> =
            timeline.bubbles.iter().map(|bubble| (bubble.y, bubble.radius, bubble.place)).collect();
        assert_eq!(bubbles, [(26, 11, 0), (52, 2, 1), (26, 6, 2)]);
        assert!(timeline.bubbles[0].x == timeline.bubbles[1].x && timeline.bubbles[2].x == LEFT + WIDTH);
        assert_eq!(timeline.ticks[0].label, "2025-01");
        assert_eq!(Timeline::of_counts(&[]), None);
    }
}
