//! Reading a weights file: safetensors, whose metadata say what the tensors are for. A file that is not whole gives an
//! error, never a panic, and nothing is allocated that the file does not hold.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView};
use safetensors::{SafeTensorError, SafeTensors};
use serde::de::DeserializeOwned;

/// What the metadata field `format` of a model says.
pub const FORMAT: &str = "onrecord-model";

/// What the metadata field `version` says in the files that this library reads.
pub const VERSION: &str = "2";

/// Why a weights file is no model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not a safetensors file, or not all of one.
    #[error("not a model file")]
    NotAModel(#[source] SafeTensorError),
    /// A safetensors file with something else in it.
    #[error("not a model of onrecord: its format is {0:?}")]
    UnknownFormat(String),
    /// A model that another release of onrecord reads.
    #[error("the model has version {0:?}; this program reads version {VERSION:?}")]
    UnknownVersion(String),
    /// A metadata field that is absent or makes no sense.
    #[error("the model's {field} cannot be used: {reason}")]
    Setting {
        /// The name of the field.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A tensor that is absent.
    #[error("the model lacks the tensor {0:?}")]
    MissingTensor(String),
    /// A tensor of the wrong size.
    #[error("the model's tensor {name:?} has shape {found:?} instead of {expected:?}")]
    WrongShape {
        /// The name of the tensor.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// The shape that the model's sizes ask for.
        expected: Vec<usize>,
    },
    /// A tensor with numbers of the wrong type, or with one that is infinite or not a number.
    #[error("the model's tensor {0:?} holds numbers of the wrong kind, or infinite ones")]
    WrongNumbers(String),
    /// A vocabulary that is not UTF-8, or holds a word twice.
    #[error("the model's vocabulary is damaged")]
    Vocabulary,
}

/// The tensors and settings of a model file whose format and version are right.
pub(super) struct File<'a> {
    tensors: SafeTensors<'a>,
    settings: HashMap<String, String>,
}

impl<'a> File<'a> {
    /// Reads the header.
    pub(super) fn open(bytes: &'a [u8]) -> Result<File<'a>, ModelError> {
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(ModelError::NotAModel)?;
        let settings = header.metadata().clone().unwrap_or_default();
        let setting = |field| settings.get(field).cloned().unwrap_or_default();
        if setting("format") != FORMAT {
            return Err(ModelError::UnknownFormat(setting("format")));
        }
        if setting("version") != VERSION {
            return Err(ModelError::UnknownVersion(setting("version")));
        }
        let tensors = SafeTensors::deserialize(bytes).map_err(ModelError::NotAModel)?;
        Ok(File { tensors, settings })
    }

    /// A setting, from its JSON.
    pub(super) fn setting<T: DeserializeOwned>(&self, field: &'static str) -> Result<T, ModelError> {
        let json = self.settings.get(field).map_or("", String::as_str);
        serde_json::from_str(json).map_err(|error| ModelError::Setting { field, reason: error.to_string() })
    }

    /// The last size of a tensor's shape.
    pub(super) fn width(&self, name: &str) -> Result<usize, ModelError> {
        Ok(self.tensor(name)?.shape().last().copied().unwrap_or(0))
    }

    /// Whether there is such a tensor.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// The numbers of a tensor, which must have this shape and be finite.
    pub(super) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let tensor = self.shaped(name, shape, Dtype::F32)?;
        let values: Vec<f32> =
            tensor.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(ModelError::WrongNumbers(name.to_owned()))
        }
    }

    /// The small integers of a tensor, which must have this shape; -128 counts as -127.
    pub(super) fn small(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, ModelError> {
        let bytes = self.shaped(name, shape, Dtype::I8)?.data();
        Ok(bytes.iter().map(|byte| byte.cast_signed().max(-i8::MAX)).collect())
    }

    fn shaped(&self, name: &str, shape: &[usize], numbers: Dtype) -> Result<TensorView<'_>, ModelError> {
        let tensor = self.tensor(name)?;
        if tensor.shape() != shape {
            let (found, expected) = (tensor.shape().to_vec(), shape.to_vec());
            return Err(ModelError::WrongShape { name: name.to_owned(), found, expected });
        }
        if tensor.dtype() == numbers { Ok(tensor) } else { Err(ModelError::WrongNumbers(name.to_owned())) }
    }

    /// The lines of a tensor of UTF-8 bytes.
    pub(super) fn lines(&self, name: &str) -> Result<impl Iterator<Item = &str>, ModelError> {
        let text = std::str::from_utf8(self.tensor(name)?.data()).map_err(|_| ModelError::Vocabulary)?;
        Ok(text.split('\n').filter(|line| !line.is_empty()))
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'_>, ModelError> {
        self.tensors.tensor(name).map_err(|_| ModelError::MissingTensor(name.to_owned()))
    }
}
