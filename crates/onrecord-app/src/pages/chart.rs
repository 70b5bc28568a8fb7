//! Charts that the server draws, as the numbers of an SVG; a table beside each tells the same in words.

use onrecord_ledger::Count;

/// Bars over time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chart {
    /// What is counted.
    pub(super) what: &'static str,
    pub(super) bars: Vec<Bar>,
    /// Its width in the units of the drawing; it is [`HEIGHT`] high.
    pub(super) width: usize,
}

/// A bar of a chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) count: u64,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) height: usize,
    /// Whether its label is written below it: where a year begins, and at the first.
    pub(super) is_labelled: bool,
}

/// How high a chart is, without its labels.
const HEIGHT: usize = 90;
/// From bar to bar.
const STEP: usize = 14;
/// Narrower no chart is: labels need room.
const NARROWEST: usize = 140;
/// More months than this are not drawn, but the last ones.
const MOST: usize = 120;

/// The counts of months as bars; months in between that have none are shown as such. None where there is one month
/// alone, or no month.
pub(super) fn months(counts: &[Count], what: &'static str) -> Option<Chart> {
    let known: Vec<(u32, u64)> =
        counts.iter().filter_map(|count| Some((month(&count.what)?, count.count))).collect();
    let (last, first) = (known.last()?.0, known.first()?.0);
    if first == last {
        return None;
    }
    let first = first.max(last.saturating_sub(MOST as u32 - 1));
    let most = known.iter().map(|(_, count)| *count).max()?.max(1);
    let bar = |(place, month): (usize, u32)| {
        let count = known.iter().find(|(known, _)| *known == month).map_or(0, |(_, count)| *count);
        let height = ((count * HEIGHT as u64).div_ceil(most)) as usize;
        Bar {
            label: format!("{:04}-{:02}", month / 12, month % 12 + 1),
            count,
            x: place * STEP,
            y: HEIGHT - height,
            height,
            is_labelled: place == 0 || month.is_multiple_of(12),
        }
    };
    let bars: Vec<Bar> = (first..=last).enumerate().map(bar).collect();
    Some(Chart { what, width: (bars.len() * STEP).max(NARROWEST), bars })
}

/// A month as its number since the year 0.
pub(super) fn month(month: &str) -> Option<u32> {
    let (year, month) = month.split_once('-')?;
    let (year, month) = (year.parse::<u32>().ok()?, month.parse::<u32>().ok()?);
    (year <= 9999 && (1..=12).contains(&month)).then(|| year * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_statements_are_gaps() {
        let count = |what: &str, count| Count { what: what.into(), count };
        let chart = months(&[count("2024-11", 2), count("2025-02", 4)], "x").unwrap();
        let bars: Vec<_> = chart.bars.iter().map(|bar| (bar.label.as_str(), bar.count, bar.height)).collect();
        assert_eq!(bars, [("2024-11", 2, 45), ("2024-12", 0, 0), ("2025-01", 0, 0), ("2025-02", 4, 90)]);
        let labelled: Vec<bool> = chart.bars.iter().map(|bar| bar.is_labelled).collect();
        assert_eq!(labelled, [true, false, true, false]);
        assert_eq!(months(&[count("Friday", 1), count("2025-01", 1)], "x"), None);
        assert_eq!(months(&[count("0001-01", 1), count("9999-12", 1)], "x").unwrap().bars.len(), MOST);
    }
}
