//! Sets of numbers as sorted ranges: letters of a text, words of a text.

/// A set of numbers, kept as ranges that are sorted, not empty and apart from one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<[u32; 2]>);

impl Ranges {
    /// The union of ranges `[begin, end)` in any order.
    pub(super) fn new(ranges: impl IntoIterator<Item = [u32; 2]>) -> Ranges {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|[begin, end]| begin < end).collect();
        sorted.sort_unstable();
        let mut merged: Vec<[u32; 2]> = Vec::with_capacity(sorted.len());
        for [begin, end] in sorted {
            match merged.last_mut() {
                Some(last) if begin <= last[1] => last[1] = last[1].max(end),
                _ => merged.push([begin, end]),
            }
        }
        Ranges(merged)
    }

    /// The union of sets.
    pub(super) fn union<'a>(sets: impl Iterator<Item = &'a Ranges>) -> Ranges {
        Ranges::new(sets.flat_map(|set| set.0.iter().copied()))
    }

    /// The stretches.
    pub(super) fn iter(&self) -> impl Iterator<Item = [u32; 2]> {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many numbers it holds.
    pub(super) fn len(&self) -> u32 {
        self.iter().map(|[begin, end]| end - begin).sum()
    }

    /// How many numbers both hold.
    pub(super) fn shared(&self, other: &Ranges) -> u32 {
        let (mut mine, mut theirs) = (self.0.as_slice(), other.0.as_slice());
        let mut count = 0;
        while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (mine, theirs) {
            count += a[1].min(b[1]).saturating_sub(a[0].max(b[0]));
            if a[1] < b[1] { mine = rest_a } else { theirs = rest_b }
        }
        count
    }

    /// Jaccard overlap: shared over all; 1 for two empty sets.
    pub(super) fn overlap(&self, other: &Ranges) -> f64 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 { 1.0 } else { f64::from(shared) / f64::from(all) }
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn sets() {
        let a = Ranges::new([[5, 7], [0, 2], [2, 3], [9, 9]]);
        assert_eq!(a, Ranges::new([[0, 3], [5, 7]]));
        let b = Ranges::new([[2, 6], [6, 10]]);
        assert_eq!((a.len(), b.len(), a.shared(&b), b.shared(&a)), (5, 8, 3, 3));
        assert_eq!(a.overlap(&b), 0.3);
        assert_eq!(Ranges::default().overlap(&Ranges::default()), 1.0);
        assert_eq!(Ranges::union([a, b].iter()), Ranges::new([[0, 10]]));
    }
}
