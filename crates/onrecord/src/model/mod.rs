//! The model: what was learnt, read from a weights file, and the arithmetic that runs it.

mod chain;
mod file;
#[allow(unsafe_code, reason = "the kernels speak to the processor; nothing else does")]
mod kernels;
mod net;
mod settings;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analyse::words::Parts;
pub(crate) use chain::{Ends, Work as ChainWork};
pub use file::{FORMAT, ModelError, VERSION};
pub use kernels::Kernel;
pub(crate) use kernels::{Buffer, Hidden, LANES, Rows, Space, TABLES};
#[cfg(test)]
pub(crate) use net::TABLE_ROWS;
pub(crate) use net::{NESTED, Net, ROLES, TAGS};
pub(crate) use settings::{Calibrations, Decoding, Widths};

#[cfg(test)]
pub(crate) use tests::random_model;

/// A trained model: immutable, and shared by all threads that read with it.
pub struct Model {
    pub(crate) kernel: Kernel,
    pub(crate) widths: Widths,
    pub(crate) parts: Parts,
    pub(crate) decoding: Decoding,
    pub(crate) calibrations: Calibrations,
    /// The row of each word in its table; the first row is that of all other words.
    pub(crate) vocabulary: HashMap<Box<str>, u32>,
    pub(crate) net: Net,
}

/// The weights file that is built in.
pub const ENGLISH: &[u8] = include_bytes!("../../../../models/en/model.safetensors");

impl Model {
    /// The built-in model, for English.
    pub fn english() -> Model {
        Model::from_bytes(ENGLISH).expect("the built-in model is whole: the tests read it")
    }

    /// Reads a model from the bytes of a weights file.
    ///
    /// # Errors
    ///
    /// If the bytes are not a whole model of a version that this library knows.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let file = file::File::open(bytes)?;
        settings::check_acts(&file.setting::<Vec<String>>("acts")?)?;
        let vocabulary = vocabulary(&file)?;
        let sizes = settings::Sizes::read(&file, vocabulary.len())?;
        Ok(Model {
            kernel: Kernel::fastest(),
            decoding: file.setting::<Decoding>("decoding")?.check()?,
            calibrations: file.setting::<Calibrations>("calibration")?.check()?,
            vocabulary,
            net: Net::read(&file, &sizes)?,
            widths: sizes.widths(),
            parts: sizes.parts,
        })
    }

    /// The confidence from which on statements are worth showing: less sure ones would cost more precision than they
    /// bring recall (it gives the best F1 on the articles that the model was chosen on).
    pub fn least_confidence(&self) -> f32 {
        self.decoding.least_confidence
    }

    /// The same model, run on this kernel. What it gives does not change, down to the bit; its speed does.
    #[must_use]
    pub fn with_kernel(self, kernel: Kernel) -> Model {
        Model { kernel, ..self }
    }
}

/// The rows of the words, in the order of the file.
fn vocabulary(file: &file::File<'_>) -> Result<HashMap<Box<str>, u32>, ModelError> {
    let mut rows = HashMap::new();
    for (word, row) in file.lines("vocabulary")?.zip(1..) {
        if rows.insert(Box::from(word), row).is_some() {
            return Err(ModelError::Vocabulary);
        }
    }
    Ok(rows)
}
