//! The net: input vectors, a bidirectional recurrent encoder, and the heads that read its vectors.
//!
//! Names and shapes of the tensors are those of the PyTorch modules in `training/model.py`.

use super::chain::Chain;
use super::file::{File, ModelError};
use super::kernels::{Buffer, Direction, Matrix, Norm, Recurrence, TABLES};
use super::settings::Sizes;

/// All that was learnt.
pub(crate) struct Net {
    pub(crate) inputs: Inputs,
    /// Each layer reads forwards and backwards.
    pub(crate) layers: Vec<[Recurrence; 2]>,
    /// Of the last layer's output.
    pub(crate) norm: Norm,
    pub(crate) heads: Heads,
}

/// Tables that a token's vector is summed from, rows of `Sizes::d` values.
pub(crate) struct Inputs {
    pub(crate) words: Vec<f32>,
    pub(crate) parts: Vec<f32>,
    pub(crate) quotes: Vec<f32>,
    pub(crate) positions: Vec<f32>,
    pub(crate) norm: Norm,
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

impl Net {
    /// Reads the net out of a model file.
    pub(super) fn read(file: &File<'_>, sizes: &Sizes) -> Result<Net, ModelError> {
        let encoded = 2 * sizes.hidden;
        let layer = |number: usize| -> Result<[Recurrence; 2], ModelError> {
            let width = if number == 0 { sizes.d } else { encoded };
            let direction = |name, direction| recurrence(file, name, number, width, sizes.hidden, direction);
            Ok([direction("forwards", Direction::Forwards)?, direction("backwards", Direction::Backwards)?])
        };
        Ok(Net {
            inputs: inputs(file, sizes)?,
            layers: (0..sizes.layers).map(layer).collect::<Result<_, _>>()?,
            norm: norm(file, "encoder.norm", encoded)?,
            heads: heads(file, sizes)?,
        })
    }
}

fn inputs(file: &File<'_>, sizes: &Sizes) -> Result<Inputs, ModelError> {
    let table = |name: &str, rows| file.numbers(&format!("vectors.{name}.weight"), &[rows, sizes.d]);
    Ok(Inputs {
        words: table("word", 1 + sizes.words)?,
        parts: table("feature", sizes.parts().rows())?,
        quotes: table("quote", 4)?,
        positions: table("position", 8)?,
        norm: norm(file, "vectors.norm", sizes.d)?,
    })
}

fn norm(file: &File<'_>, name: &str, width: usize) -> Result<Norm, ModelError> {
    let part = |part: &str| file.numbers(&format!("{name}.{part}"), &[width]);
    Ok(Norm::new(&part("weight")?, &part("bias")?))
}

fn recurrence(
    file: &File<'_>,
    way: &str,
    number: usize,
    width: usize,
    units: usize,
    direction: Direction,
) -> Result<Recurrence, ModelError> {
    let part =
        |part: &str, shape: &[usize]| file.numbers(&format!("encoder.{way}.{number}.{part}_l0"), shape);
    let mut bias = part("bias_ih", &[4 * units])?;
    for (sum, other) in bias.iter_mut().zip(part("bias_hh", &[4 * units])?) {
        *sum += other;
    }
    let (input, hidden) = (part("weight_ih", &[4 * units, width])?, part("weight_hh", &[4 * units, units])?);
    Ok(Recurrence::pack(direction, units, &input, &hidden, &bias))
}

fn heads(file: &File<'_>, sizes: &Sizes) -> Result<Heads, ModelError> {
    let encoded = 2 * sizes.hidden;
    let linear = |name: &str, outputs, inputs| Linear::read(file, name, outputs, inputs);
    let token = [
        linear("conditional.token", sizes.width, encoded)?,
        linear("role", ROLES, encoded)?,
        linear("nested", NESTED, encoded)?,
    ];
    Ok(Heads {
        token: Linear::pack(&token),
        roles: chain(file, "heads.role_crf")?,
        conditional: conditional(file, sizes)?,
        act_hidden: Linear::pack(&[linear("acts.hidden", ACT_UNITS, 3 * encoded)?]),
        acts: Linear::pack(&[linear("acts.out", sizes.acts + 1, ACT_UNITS)?]),
    })
}

fn conditional(file: &File<'_>, sizes: &Sizes) -> Result<Conditional, ModelError> {
    let (width, encoded) = (sizes.width, 2 * sizes.hidden);
    let part = |part: &str, shape: &[usize]| file.numbers(&format!("heads.conditional.{part}"), shape);
    let weights = |name: &str, bias| {
        Ok(Linear { weights: part(name, &[width, encoded])?, bias: vec![bias; width], inputs: encoded })
    };
    let mut tables = [const { Vec::new() }; TABLES];
    for ((table, name), rows) in
        tables.iter_mut().zip(["distance", "quote", "paragraph", "other"]).zip(TABLE_ROWS)
    {
        *table = part(&format!("{name}.weight"), &[rows, width])?;
    }
    Ok(Conditional {
        // The gate is one plus what the cue's vector says.
        cue: Linear::pack(&[weights("cue.weight", 0.0)?, weights("gate.weight", 1.0)?]),
        tables: tables.map(|table| Buffer::from_values(&table)),
        nested: part("nested", &[width])?,
        out: Linear::pack(&[Linear::read(file, "conditional.out", TAGS, width)?]),
        role_scale: part("role_scale", &[TAGS])?,
        chain: chain(file, "heads.conditional.crf")?,
    })
}

fn chain<const Y: usize>(file: &File<'_>, name: &str) -> Result<Chain<Y>, ModelError> {
    let part = |part: &str, shape: &[usize]| file.numbers(&format!("{name}.{part}"), shape);
    Ok(Chain::new(&part("trans", &[Y, Y])?, &part("start", &[Y])?, &part("end", &[Y])?))
}

/// A linear layer as the file has it: one row of weights for each output.
struct Linear {
    weights: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Linear {
    fn read(file: &File<'_>, name: &str, outputs: usize, inputs: usize) -> Result<Linear, ModelError> {
        let weights = file.numbers(&format!("heads.{name}.weight"), &[outputs, inputs])?;
        let bias = file.numbers(&format!("heads.{name}.bias"), &[outputs])?;
        Ok(Linear { weights, bias, inputs })
    }

    /// Layers of the same inputs, side by side.
    fn pack(layers: &[Linear]) -> Matrix {
        let columns = layers.iter().flat_map(|l| l.weights.chunks(l.inputs).zip(l.bias.iter().copied()));
        Matrix::pack(layers[0].inputs, &columns.collect::<Vec<_>>())
    }
}
