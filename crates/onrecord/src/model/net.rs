//! The net: input vectors, a bidirectional recurrent encoder, and the heads that read its vectors.
//!
//! `training/ARCHITECTURE-NET.md` has the same net in formulas, with the names and shapes of its tensors.

use super::chain::Chain;
use super::file::{File, ModelError};
use super::kernels::{Buffer, Direction, LEVELS, Matrix, Norm, Recurrence, TABLES, Weights, padded};
use super::settings::Sizes;
use crate::resolve::Act;

/// All that was learnt.
pub(crate) struct Net {
    pub(crate) inputs: Inputs,
    /// How many levels of an input vector make one unit.
    pub(crate) input_levels: f32,
    /// Each layer reads forwards and backwards.
    pub(crate) layers: Vec<[Recurrence; 2]>,
    /// Of the last layer's output.
    pub(crate) norm: Norm,
    pub(crate) heads: Heads,
}

/// Tables that a token's vector is summed from.
pub(crate) struct Inputs {
    pub(crate) words: Table,
    pub(crate) parts: Table,
    /// Rows of the padded width.
    pub(crate) quotes: Buffer,
    pub(crate) positions: Buffer,
    pub(crate) norm: Norm,
}

/// A large table in 8 bits: each row has its scale.
pub(crate) struct Table {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Table {
    fn read(file: &File<'_>, name: &str, rows: usize, width: usize) -> Result<Table, ModelError> {
        let values = file.small(&format!("{name}.int8"), &[rows, width])?;
        Ok(Table { width, values, scales: file.numbers(&format!("{name}.scale"), &[rows])? })
    }

    /// Adds a row.
    pub(crate) fn add(&self, row: u32, sums: &mut [f32]) {
        let row = row as usize;
        let values = &self.values[row * self.width..][..self.width];
        for (sum, &value) in sums.iter_mut().zip(values) {
            *sum += f32::from(value) * self.scales[row];
        }
    }
}

/// Labels of the role chain: O, then B and I of source, cue, content.
pub(crate) const ROLES: usize = 7;

/// Labels of the conditional chain: O, then B and I of source, content.
pub(crate) const TAGS: usize = 5;

/// Labels of the nested head: O, B and I of a cue.
pub(crate) const NESTED: usize = 3;

/// Rows of the tables of the conditional head: distance, quotation, paragraph, other cues.
pub(crate) const TABLE_ROWS: [usize; TABLES] = [64, 80, 63, 18];

/// Hidden units of the act head.
const ACT_UNITS: usize = 64;

/// The heads.
pub(crate) struct Heads {
    /// What is said of every token: its part of the conditional layer, then role scores, then nested scores.
    pub(crate) token: Matrix,
    pub(crate) roles: Chain<ROLES>,
    pub(crate) conditional: Conditional,
    pub(crate) act_hidden: Matrix,
    /// Scores of the acts, then of negation.
    pub(crate) acts: Matrix,
}

/// The head that reads the tokens near one cue.
pub(crate) struct Conditional {
    /// From a cue's vector to what it adds to every token, then what every token is multiplied by.
    pub(crate) cue: Matrix,
    pub(crate) tables: [Buffer; TABLES],
    /// Added for a nested cue.
    pub(crate) nested: Vec<f32>,
    pub(crate) out: Matrix,
    /// How much the role scores of the same label count.
    pub(crate) role_scale: Vec<f32>,
    pub(crate) chain: Chain<TAGS>,
}

/// How a vector is padded: it consists of blocks of one size, each padded with zeros to whole lanes.
#[derive(Clone, Copy)]
struct Padding {
    blocks: usize,
    block: usize,
}

impl Padding {
    /// How many values there are without padding.
    fn values(self) -> usize {
        self.blocks * self.block
    }

    /// The values, padded.
    fn pad<T: Copy + Default>(self, values: &[T]) -> Vec<T> {
        let rest = padded(self.block) - self.block;
        let blocks = values.chunks(self.block);
        blocks
            .flat_map(|block| block.iter().copied().chain(std::iter::repeat_n(T::default(), rest)))
            .collect()
    }

    /// Rows of values, each padded.
    fn pad_rows(self, values: &[f32]) -> Buffer {
        Buffer::from_values(&values.chunks(self.values()).flat_map(|row| self.pad(row)).collect::<Vec<_>>())
    }
}

impl Sizes {
    /// The padding of an input vector.
    fn input_padding(&self) -> Padding {
        Padding { blocks: 1, block: self.input }
    }

    /// The padding of `count` token vectors in a row.
    fn vector_padding(&self, count: usize) -> Padding {
        Padding { blocks: 2 * count, block: self.units }
    }

    /// The padding of the conditional head's hidden layer.
    fn head_padding(&self) -> Padding {
        Padding { blocks: 1, block: self.head }
    }
}

impl Net {
    /// Reads the net out of a model file.
    pub(super) fn read(file: &File<'_>, sizes: &Sizes) -> Result<Net, ModelError> {
        let layer = |number: usize| -> Result<[Recurrence; 2], ModelError> {
            let (padding, levels) = match number {
                0 => (sizes.input_padding(), sizes.input_levels),
                _ => (sizes.vector_padding(1), LEVELS),
            };
            let ways = [("forward", Direction::Forwards), ("backward", Direction::Backwards)];
            let [ahead, back] = ways.map(|(way, direction)| {
                let name = format!("encoder.{number}.{way}");
                recurrence(file, &name, (padding, levels), sizes.units, direction)
            });
            Ok([ahead?, back?])
        };
        Ok(Net {
            inputs: inputs(file, sizes)?,
            input_levels: sizes.input_levels,
            layers: (0..sizes.layers).map(layer).collect::<Result<_, _>>()?,
            norm: norm(file, "encoder_norm", sizes.vector_padding(1))?,
            heads: heads(file, sizes)?,
        })
    }
}

fn inputs(file: &File<'_>, sizes: &Sizes) -> Result<Inputs, ModelError> {
    let (width, padding) = (sizes.input, sizes.input_padding());
    let rows = |name: &str, rows| Ok(padding.pad_rows(&file.numbers(name, &[rows, width])?));
    Ok(Inputs {
        words: Table::read(file, "word", 1 + sizes.words, width)?,
        parts: Table::read(file, "feature", sizes.parts.rows(), width)?,
        quotes: rows("quote", 4)?,
        positions: rows("position", 8)?,
        norm: norm(file, "input_norm", padding)?,
    })
}

fn norm(file: &File<'_>, name: &str, padding: Padding) -> Result<Norm, ModelError> {
    let part = |part: &str| Ok(padding.pad(&file.numbers(&format!("{name}.{part}"), &[padding.values()])?));
    Ok(Norm::new(&part("weight")?, &part("bias")?, &padding.pad(&vec![1.0; padding.values()])))
}

/// One direction of a layer, given how its inputs are padded and how many levels of them make one unit.
fn recurrence(
    file: &File<'_>,
    name: &str,
    (padding, levels): (Padding, f32),
    units: usize,
    direction: Direction,
) -> Result<Recurrence, ModelError> {
    let read = |part: &str, padding: Padding| -> Result<_, ModelError> {
        let levels = file.small(&format!("{name}.{part}.int8"), &[4 * units, padding.values()])?;
        let scales = file.numbers(&format!("{name}.{part}.scale"), &[4 * units])?;
        let row = move |row: usize| padding.pad(&levels[row * padding.values()..][..padding.values()]);
        Ok((row, scales))
    };
    let input = read("weight_ih", padding)?;
    let hidden = read("weight_hh", Padding { blocks: 1, block: units })?;
    let [input, hidden] = [&input, &hidden].map(|(row, scales)| Weights { row, scales });
    let bias = file.numbers(&format!("{name}.bias"), &[4 * units])?;
    Ok(Recurrence::pack(direction, units, &input, levels, &hidden, &bias))
}

fn heads(file: &File<'_>, sizes: &Sizes) -> Result<Heads, ModelError> {
    let vector = sizes.vector_padding(1);
    let acts = Padding { blocks: 1, block: ACT_UNITS };
    let mut token = columns(file, "conditional.token", sizes.head, vector)?;
    token.resize(padded(sizes.head), (vector.pad(&vec![0.0; vector.values()]), 0.0));
    token.extend(columns(file, "role", ROLES, vector)?);
    token.extend(columns(file, "nested", NESTED, vector)?);
    Ok(Heads {
        token: pack(&token),
        roles: chain(file, "role_crf")?,
        conditional: conditional(file, sizes)?,
        act_hidden: pack(&columns(file, "acts.hidden", ACT_UNITS, sizes.vector_padding(3))?),
        acts: pack(&columns(file, "acts.out", Act::ALL.len() + 1, acts)?),
    })
}

fn conditional(file: &File<'_>, sizes: &Sizes) -> Result<Conditional, ModelError> {
    let (vector, head) = (sizes.vector_padding(1), sizes.head_padding());
    let mut tables = [const { Vec::new() }; TABLES];
    let names = ["conditional.distance", "conditional.quote", "conditional.paragraph", "conditional.other"];
    for ((table, name), rows) in tables.iter_mut().zip(names).zip(TABLE_ROWS) {
        *table = file.numbers(name, &[rows, sizes.head])?;
    }
    // The gate is one plus what the cue's vector says.
    let cue = [("conditional.cue.weight", 0.0), ("conditional.gate.weight", 1.0)].map(|(name, bias)| {
        let weights = file.numbers(name, &[sizes.head, vector.values()])?;
        let mut columns = padded_columns(&weights, vec![bias; sizes.head], vector);
        columns.resize(padded(sizes.head), (vector.pad(&vec![0.0; vector.values()]), 0.0));
        Ok(columns)
    });
    let [cue, gate] = cue;
    Ok(Conditional {
        cue: pack(&[cue?, gate?].concat()),
        tables: tables.map(|table| head.pad_rows(&table)),
        nested: head.pad(&file.numbers("conditional.nested", &[sizes.head])?),
        out: pack(&columns(file, "conditional.out", TAGS, head)?),
        role_scale: file.numbers("conditional.role_scale", &[TAGS])?,
        chain: chain(file, "conditional.crf")?,
    })
}

/// The padded weights and the bias of each output of a linear layer.
type Columns = Vec<(Vec<f32>, f32)>;

fn columns(file: &File<'_>, name: &str, outputs: usize, padding: Padding) -> Result<Columns, ModelError> {
    let weights = file.numbers(&format!("{name}.weight"), &[outputs, padding.values()])?;
    Ok(padded_columns(&weights, file.numbers(&format!("{name}.bias"), &[outputs])?, padding))
}

fn padded_columns(weights: &[f32], bias: Vec<f32>, padding: Padding) -> Columns {
    weights.chunks(padding.values()).map(|row| padding.pad(row)).zip(bias).collect()
}

fn pack(columns: &[(Vec<f32>, f32)]) -> Matrix {
    Matrix::pack(columns[0].0.len(), columns)
}

fn chain<const Y: usize>(file: &File<'_>, name: &str) -> Result<Chain<Y>, ModelError> {
    let part = |part: &str, shape: &[usize]| file.numbers(&format!("{name}.{part}"), shape);
    Ok(Chain::new(&part("trans", &[Y, Y])?, &part("start", &[Y])?, &part("end", &[Y])?))
}
