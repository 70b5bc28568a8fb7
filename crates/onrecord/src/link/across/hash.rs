//! The hash of words and of their runs, and which runs stand for a text.
//!
//! A ledger keeps these numbers for ever, so nothing here may change but together with [`VERSION`].

/// The version of all keys: of the hash, of the common forms of words, of what is made a key. A ledger that holds keys of
/// another version makes them anew from its texts.
pub const VERSION: u32 = 1;

/// FNV-1a in 64 bits, then the finaliser of splitmix64, so that all bits are mixed. `seed` goes before the bytes.
pub(super) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let seeded = seed.to_le_bytes();
    let all = seeded.iter().chain(bytes);
    mix(all
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}

/// The hash of some hashes in order.
pub(super) fn join(seed: u64, hashes: impl IntoIterator<Item = u64>) -> u64 {
    hashes.into_iter().fold(mix(seed), |joined, hash| mix(joined.rotate_left(5) ^ hash))
}

fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The places of the hashes that stand for all of them: of each `window` that follow one another the least (Schleimer,
/// Wilkerson, Aiken: Winnowing, SIGMOD 2003). Two lists that share `window` in a row share one that stands for them.
pub(super) fn winnow(hashes: &[u64], window: usize) -> Vec<usize> {
    let least = |from: usize| {
        let end = (from + window).min(hashes.len());
        (from..end).min_by_key(|&at| (hashes[at], std::cmp::Reverse(at)))
    };
    let windows = hashes.len().saturating_sub(window) + 1;
    let mut chosen: Vec<usize> = (0..windows).filter_map(least).collect();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ledgers on disk hold these: if this fails, [`VERSION`] must grow.
    #[test]
    fn hashes_are_for_ever() {
        assert_eq!(hash(0, b"truce"), 0x886b_a369_077d_8cd0);
        assert_eq!(join(1, [hash(0, b"a"), hash(0, b"truce")]), 0x2b52_0c09_4529_9498);
    }

    #[test]
    fn shared_windows_share_a_chosen_hash() {
        let run = |from: u64, to: u64| (from..to).map(|n| hash(7, &n.to_le_bytes())).collect::<Vec<_>>();
        let chosen = |hashes: &[u64]| winnow(hashes, 4).iter().map(|&at| hashes[at]).collect::<Vec<_>>();
        for from in 0..50 {
            let (a, b) = (
                [run(900, 910), run(from, from + 4)].concat(),
                [run(from, from + 4), run(500, 503)].concat(),
            );
            assert!(chosen(&a).iter().any(|hash| chosen(&b).contains(hash)));
        }
        assert!(winnow(&[], 4).is_empty());
        assert_eq!(winnow(&[5, 3], 4), [1]);
    }
}
