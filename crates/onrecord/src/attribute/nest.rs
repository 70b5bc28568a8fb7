//! Statements within statements: a nested one stands in the content of another, or is none.

use super::stretch::Found;

/// Which statement each one stands in, in the order of `found`; `None` for those to be dropped, `Some(None)` for
/// top-level ones. `found` is in the order of the cues' first tokens; content is within `reach` of them.
///
/// The outer statement is the one with the least content that holds the cue's first token and has more content than
/// the inner one. So statements are settled from the greatest content down, each knowing who may be around it.
pub(super) fn nest(found: &[Found], reach: usize) -> Vec<Option<Option<usize>>> {
    let mut out: Vec<_> = found.iter().map(|one| (!one.nested).then_some(None)).collect();
    let mut inner = free(found);
    inner.sort_by_key(|&number| (std::cmp::Reverse(found[number].size), number));
    for number in inner {
        let one = &found[number];
        let outer = near(found, one.cue.start, reach).filter(|&other| {
            let held = found[other].content.iter().any(|run| run.contains(&one.cue.start));
            out[other].is_some() && held && found[other].size > one.size
        });
        out[number] = outer.min_by_key(|&other| (found[other].size, other)).map(Some);
    }
    out
}

/// The statements whose cues begin within `reach` of a token.
fn near(found: &[Found], token: usize, reach: usize) -> impl Iterator<Item = usize> {
    let first = found.partition_point(|other| other.cue.start + reach < token);
    let end = found.partition_point(|other| other.cue.start <= token + reach);
    first..end
}

/// The nested ones whose cue shares no token with that of a top-level one.
fn free(found: &[Found]) -> Vec<usize> {
    let mut taken = 0;
    let mut out = Vec::new();
    for (number, one) in found.iter().enumerate() {
        if !one.nested {
            taken = one.cue.end;
            continue;
        }
        let mut after = found[number + 1..].iter().take_while(|other| other.cue.start < one.cue.end);
        if taken <= one.cue.start && after.all(|other| other.nested) {
            out.push(number);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::acts::Acts;
    use super::super::conditional::Overlap;
    use super::*;

    fn found(cue: std::ops::Range<usize>, nested: bool, content: std::ops::Range<usize>) -> Found {
        let acts = Acts { acts: [0.0; 30], negated: 0.0 };
        let size = content.len();
        let (source, content) = (Vec::new(), vec![content]);
        Found {
            cue,
            probability: 0.9,
            confidence: 0.8,
            nested,
            source,
            content,
            size,
            overlap: Overlap { source: 0.9, content: 0.9 },
            acts,
        }
    }

    #[test]
    fn the_least_statement_around_it_is_the_outer_one() {
        let all = [
            found(1..2, false, 2..30),
            found(4..5, true, 5..20),
            found(8..9, true, 9..15),
            found(33..34, true, 34..36),
        ];
        assert_eq!(nest(&all, 120), [Some(None), Some(Some(0)), Some(Some(1)), None]);
    }

    #[test]
    fn what_stands_in_a_dropped_statement_is_dropped() {
        let all = [found(4..5, true, 5..20), found(8..9, true, 9..15)];
        assert_eq!(nest(&all, 120), [None, None]);
    }

    #[test]
    fn a_cue_is_not_found_twice() {
        let all = [
            found(1..2, false, 2..30),
            found(4..6, false, 6..9),
            found(5..7, true, 8..9),
            found(9..12, true, 13..14),
            found(11..12, false, 13..20),
        ];
        assert_eq!(nest(&all, 120), [Some(None), Some(None), None, None, Some(None)]);
    }
}
