//! What the tests of several modules need: bytes read as a stream, and small archives written by hand.

use std::io::{Read, Write};
use std::ops::ControlFlow;

use flate2::read::DeflateDecoder;
use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

use crate::error::ReadError;
use crate::origin::Origin;
use crate::reading::{Found, Settings, each};

/// Sentences enough to be prose.
pub(crate) const FERRY: &str = "The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt, \
    the harbour master said.";
pub(crate) const PILOT: &str = "“We heard the horn long before we saw her,” said Ann Lee, a pilot, who went out in a \
    small boat to lead the ship home.";

/// What is found in a stream of this name.
pub(crate) fn found(name: &str, bytes: &[u8]) -> Vec<Result<Found, ReadError>> {
    found_by(&Settings::default(), name, bytes)
}

pub(crate) fn found_by(settings: &Settings, name: &str, bytes: &[u8]) -> Vec<Result<Found, ReadError>> {
    let mut all = Vec::new();
    each(bytes, &Origin::new(name), settings, &mut |found| {
        all.push(found);
        ControlFlow::Continue(())
    });
    all
}

/// The same in a line each: `place: text`, or the error.
pub(crate) fn told(name: &str, bytes: &[u8]) -> Vec<String> {
    let tell = |found| match found {
        Ok(Found { place, article, .. }) => format!("{place}: {}", article.output.text),
        Err(error) => ReadError::to_string(&error),
    };
    found(name, bytes).into_iter().map(tell).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A member of a ZIP archive, its length told before it or after it.
pub(crate) fn zip_member(name: &str, method: u16, told: Told, packed: &[u8]) -> Vec<u8> {
    with_crc(name, method, told, packed, crc(method, packed))
}

/// The CRC-32 of what is packed so; of nothing, where it is broken.
fn crc(method: u16, packed: &[u8]) -> u32 {
    let mut bytes = Vec::new();
    let unpacked = match method {
        8 => DeflateDecoder::new(packed).read_to_end(&mut bytes),
        _ => bytes.write(packed),
    };
    let mut crc = Crc::new();
    unpacked.iter().for_each(|_| crc.update(&bytes));
    crc.sum()
}

/// The same with this sum, be it right or wrong.
pub(crate) fn with_crc(name: &str, method: u16, told: Told, packed: &[u8], crc: u32) -> Vec<u8> {
    let [flags, length] = match told {
        Told::Before => [0, packed.len() as u32],
        Told::After => [8, 0],
    };
    let mut bytes = b"PK\x03\x04\x14\0".to_vec();
    bytes.extend((flags as u16).to_le_bytes());
    bytes.extend(method.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(if told == Told::Before { crc } else { 0 }.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend([0; 2]);
    bytes.extend(name.bytes());
    bytes.extend(packed);
    if told == Told::After {
        bytes.extend(b"PK\x07\x08");
        bytes.extend(crc.to_le_bytes());
        bytes.extend([0; 8]);
    }
    bytes
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Before,
    After,
}

/// A member of a tar archive.
pub(crate) fn tar_member(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut block = [0; 512];
    block[..name.len().min(100)].copy_from_slice(&name.as_bytes()[..name.len().min(100)]);
    block[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    let mut member = block.to_vec();
    member.extend(bytes);
    member.resize(member.len().next_multiple_of(512), 0);
    member
}
