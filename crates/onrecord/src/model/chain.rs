//! Linear-chain conditional random fields (Lafferty, McCallum and Pereira 2001): marginals and the best labels.
//!
//! Marginals run in probability space, rescaled at each step (Rabiner 1989), in one fixed order of plain operations.

use super::kernels::{Buffer, Kernel, LANES};

/// Scores between `Y` labels, `Y` at most [`LANES`]. Emissions come as rows of [`LANES`] values, the first `Y` in use.
pub(crate) struct Chain<const Y: usize> {
    /// From label to label, as scores.
    trans: [[f32; Y]; Y],
    start: [f32; Y],
    end: [f32; Y],
    /// The exponentials of the three.
    likely: Likely<Y>,
}

struct Likely<const Y: usize> {
    trans: [[f32; Y]; Y],
    start: [f32; Y],
    end: [f32; Y],
}

/// Which ends of a chain are those of the text; at any other end nothing is known of the neighbour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// The chain begins where the text begins.
    pub(crate) first: bool,
    /// The chain ends where the text ends.
    pub(crate) last: bool,
}

impl Ends {
    /// A chain that is whole.
    pub(crate) const WHOLE: Ends = Ends { first: true, last: true };
}

impl<const Y: usize> Chain<Y> {
    /// From scores as PyTorch has them, transitions row by row, *from* label first.
    pub(crate) fn new(trans: &[f32], start: &[f32], end: &[f32]) -> Chain<Y> {
        let row = |values: &[f32]| -> [f32; Y] { std::array::from_fn(|label| values[label]) };
        let exp = |values: [f32; Y]| {
            let mut lanes = [0.0; LANES];
            lanes[..Y].copy_from_slice(&values);
            Kernel::fastest().exp(&mut lanes);
            row(&lanes)
        };
        let trans: [[f32; Y]; Y] = std::array::from_fn(|from| row(&trans[from * Y..]));
        let (start, end) = (row(start), row(end));
        let likely = Likely { trans: trans.map(exp), start: exp(start), end: exp(end) };
        Chain { trans, start, end, likely }
    }

    /// The probability of each label at each of the `length` places.
    pub(crate) fn marginals<'w>(
        &self,
        kernel: Kernel,
        emissions: &[f32],
        ends: Ends,
        work: &'w mut Work<Y>,
    ) -> &'w [[f32; Y]] {
        work.likelihoods(kernel, emissions);
        self.forwards(ends, work);
        self.backwards(ends, work);
        &work.marginals
    }

    fn forwards(&self, ends: Ends, work: &mut Work<Y>) {
        work.marginals.clear();
        let mut now = if ends.first { self.likely.start } else { [1.0; Y] };
        for (place, local) in work.local.chunks_exact(LANES).take(work.length).enumerate() {
            if place > 0 {
                now = times(now, &self.likely.trans);
            }
            now = scaled(std::array::from_fn(|label| now[label] * local[label]));
            work.marginals.push(now);
        }
    }

    /// Multiplies what the places behind say into `marginals`, which hold what the places before say.
    fn backwards(&self, ends: Ends, work: &mut Work<Y>) {
        let back: [[f32; Y]; Y] =
            std::array::from_fn(|to| std::array::from_fn(|from| self.likely.trans[from][to]));
        let mut now = if ends.last { self.likely.end } else { [1.0; Y] };
        let local = &work.local[..work.length * LANES];
        for (marginal, local) in work.marginals.iter_mut().zip(local.chunks_exact(LANES)).rev() {
            *marginal = scaled(std::array::from_fn(|label| marginal[label] * now[label]));
            let seen = std::array::from_fn(|label| local[label] * now[label]);
            now = scaled(times(seen, &back));
        }
    }

    /// The best labels of a whole chain; of two equally good ones the lower.
    pub(crate) fn best<'w>(&self, emissions: &[f32], work: &'w mut Work<Y>) -> &'w [u8] {
        work.came.clear();
        let mut best = self.start;
        for (place, emission) in emissions.chunks_exact(LANES).enumerate() {
            if place > 0 {
                let mut came = [0u8; Y];
                let before = best;
                for to in 0..Y {
                    let score = |from: usize| before[from] + self.trans[from][to];
                    let from = greatest::<Y>(score);
                    (came[to], best[to]) = (from as u8, score(from));
                }
                work.came.push(came);
            }
            for (score, emission) in best.iter_mut().zip(emission) {
                *score += emission;
            }
        }
        let mut label = greatest::<Y>(|label| best[label] + self.end[label]) as u8;
        work.labels.clear();
        work.labels.push(label);
        for came in work.came.iter().rev() {
            label = came[label as usize];
            work.labels.push(label);
        }
        work.labels.reverse();
        &work.labels
    }
}

/// Working space of chains.
#[derive(Default)]
pub(crate) struct Work<const Y: usize> {
    length: usize,
    local: Buffer,
    marginals: Vec<[f32; Y]>,
    came: Vec<[u8; Y]>,
    labels: Vec<u8>,
}

impl<const Y: usize> Work<Y> {
    /// The likelihood of each label at each place by itself; the likeliest has 1.
    fn likelihoods(&mut self, kernel: Kernel, emissions: &[f32]) {
        self.length = emissions.len() / LANES;
        self.local.reserve(emissions.len());
        for (local, emission) in self.local.chunks_exact_mut(LANES).zip(emissions.chunks_exact(LANES)) {
            let most = emission[greatest::<Y>(|label| emission[label])];
            for (value, emission) in local.iter_mut().zip(&emission[..Y]) {
                *value = emission - most;
            }
        }
        kernel.exp(&mut self.local[..emissions.len()]);
    }
}

/// The lowest of the labels with the greatest score.
fn greatest<const Y: usize>(score: impl Fn(usize) -> f32) -> usize {
    (1..Y).fold(0, |best, label| if score(label) > score(best) { label } else { best })
}

fn times<const Y: usize>(row: [f32; Y], matrix: &[[f32; Y]; Y]) -> [f32; Y] {
    let mut out = [0.0; Y];
    for (value, weights) in row.iter().zip(matrix) {
        for (sum, weight) in out.iter_mut().zip(weights) {
            *sum += value * weight;
        }
    }
    out
}

/// Divided by their sum; all equal where nothing is left of it.
fn scaled<const Y: usize>(row: [f32; Y]) -> [f32; Y] {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|value| value / sum) } else { [1.0 / Y as f32; Y] }
}

#[cfg(test)]
mod tests {
    use super::super::kernels::Numbers;
    use super::*;

    const Y: usize = 3;

    /// All labelings of a chain with their scores.
    fn labelings(chain: &Chain<Y>, emissions: &[f32], ends: Ends) -> Vec<(Vec<usize>, f64)> {
        let length = emissions.len() / LANES;
        let score = |labels: &[usize]| {
            let mut sum = if ends.first { f64::from(chain.start[labels[0]]) } else { 0.0 };
            for (place, &label) in labels.iter().enumerate() {
                sum += f64::from(emissions[place * LANES + label]);
                sum += if place > 0 { f64::from(chain.trans[labels[place - 1]][label]) } else { 0.0 };
            }
            sum + if ends.last { f64::from(chain.end[labels[length - 1]]) } else { 0.0 }
        };
        let all = (0..Y.pow(length as u32))
            .map(|number| (0..length).map(|place| number / Y.pow(place as u32) % Y).collect::<Vec<_>>());
        all.map(|labels| (labels.clone(), score(&labels))).collect()
    }

    #[test]
    fn chains_agree_with_trying_all_labels() {
        let mut numbers = Numbers::new(7);
        let mut work = Work::default();
        for (length, whole) in (1..7).flat_map(|length| [(length, true), (length, false)]) {
            let ends = Ends { first: whole, last: whole };
            let chain = Chain::<Y>::new(
                &numbers.values(Y * Y, 3.0),
                &numbers.values(Y, 3.0),
                &numbers.values(Y, 3.0),
            );
            let emissions = numbers.values(length * LANES, 3.0);
            let all = labelings(&chain, &emissions, ends);
            let total: f64 = all.iter().map(|(_, score)| score.exp()).sum();
            let found = chain.marginals(Kernel::fastest(), &emissions, ends, &mut work).to_vec();
            for (place, label) in (0..length).flat_map(|place| (0..Y).map(move |label| (place, label))) {
                let with = all.iter().filter(|(labels, _)| labels[place] == label);
                let expected = with.map(|(_, score)| score.exp()).sum::<f64>() / total;
                assert!((f64::from(found[place][label]) - expected).abs() < 1e-5);
            }
            if whole {
                let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
                let found: Vec<usize> =
                    chain.best(&emissions, &mut work).iter().map(|&label| label.into()).collect();
                assert_eq!(found, best.0);
            }
        }
    }

    #[test]
    fn extreme_scores_stay_probabilities() {
        let chain = Chain::<Y>::new(&[-1e30; 9], &[-1e30; 3], &[1e30; 3]);
        let emissions: Vec<f32> =
            [[1e30; LANES], [-1e30; LANES], [0.0; LANES]].into_iter().flatten().collect();
        let mut work = Work::default();
        for row in chain.marginals(Kernel::fastest(), &emissions, Ends::WHOLE, &mut work) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
