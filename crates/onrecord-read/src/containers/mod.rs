//! What is packed: its first bytes, its members, and how much may come out of it.
//!
//! All is read from front to back, so that standard input and an archive in an archive are read as a file is.

pub(crate) mod again;
pub(crate) mod budget;
pub(crate) mod checked;
pub(crate) mod scan;
pub(crate) mod tar;
pub(crate) mod zip;
pub(crate) mod zstd;

/// A container, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    Zip,
    Tar,
}

impl Packing {
    /// As many bytes tell.
    pub(crate) const HEAD: usize = 4096;

    /// What begins with `head`, if it is packed.
    pub(crate) fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1F, 0x8B, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Packing::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
            _ if tar::begins(head) => Some(Packing::Tar),
            _ => None,
        }
    }
}

/// The name of a member, as messages show it: no control characters, no backslashes.
pub(crate) fn member_name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .chars()
        .map(|c| match c {
            '\\' => '/',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// Whether a member is read: no folder, nothing hidden, none of the shadows that macOS adds.
pub(crate) fn is_wanted(name: &str) -> bool {
    !name.ends_with('/')
        && name
            .split('/')
            .all(|part| (!part.starts_with('.') || matches!(part, "." | "..")) && part != "__MACOSX")
}
