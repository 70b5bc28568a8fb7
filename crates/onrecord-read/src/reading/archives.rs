//! ZIP and tar archives, member by member; a broken one is named, and the next is read.

use std::io::{BufRead, BufReader, Cursor, Read, Take};
use std::mem;
use std::ops::ControlFlow;

use flate2::bufread::DeflateDecoder;

use super::{At, Reader};
use crate::containers::checked::Checked;
use crate::containers::zip::{self, Method};
use crate::containers::{is_wanted, scan, tar};
use crate::error::Fault;

impl Reader<'_> {
    /// The members of a ZIP archive.
    pub(super) fn zip(&mut self, source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
        let mut ahead = Vec::new();
        while !at.budget.is_spent() {
            let header = match zip::next(&mut Cursor::new(mem::take(&mut ahead)).chain(&mut *source)) {
                Ok(Some(header)) => header,
                Ok(None) => break,
                Err(error) => return self.fail(at.place(), error),
            };
            let origin = at.origin.member(&header.name);
            let within = at.inside(&origin);
            let (sum, told) = match header.length {
                Some(length) => {
                    let mut packed = (&mut *source).take(length);
                    let sum = self.zipped(&header, &mut packed, within)?;
                    self.end_member(packed, within)?;
                    (sum, header.crc)
                }
                None => {
                    let sum = self.zipped(&header, source, within)?;
                    let descriptor = zip::descriptor(source).unwrap_or_default();
                    ahead = descriptor.ahead;
                    (sum, descriptor.crc)
                }
            };
            if sum.zip(told).is_some_and(|(sum, told)| sum != told) {
                self.fail(within.place(), Fault::Damaged("other bytes than were packed, by their CRC-32"))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// One member of a ZIP archive, and the CRC-32 of its bytes if it was read to its end. Where its length is not told,
    /// it always is.
    fn zipped(
        &mut self,
        header: &zip::Header,
        packed: &mut dyn BufRead,
        at: At<'_>,
    ) -> ControlFlow<(), Option<u32>> {
        match (header.method, is_wanted(&header.name)) {
            (Method::Other(why), true) => {
                self.fail(at.place(), Fault::Unreadable(why))?;
                ControlFlow::Continue(None)
            }
            (Method::Stored, true) => self.checked(packed, at),
            (Method::Deflate, true) => self.checked(at.budget.counts(DeflateDecoder::new(packed)), at),
            (Method::Deflate, false) if header.length.is_none() => {
                // Nobody wants to hear of an error in what nobody wants.
                let unpacked = at.budget.counts(DeflateDecoder::new(packed));
                let _ = scan::drain(&mut BufReader::new(unpacked));
                ControlFlow::Continue(None)
            }
            _ => ControlFlow::Continue(None),
        }
    }

    /// Reads a member to its end, and gives the CRC-32 of its bytes.
    fn checked(&mut self, source: impl Read, at: At<'_>) -> ControlFlow<(), Option<u32>> {
        let mut source = BufReader::new(Checked::new(source));
        self.stream(&mut source, at)?;
        // An error here was told where the member was read.
        let _ = scan::drain(&mut source);
        ControlFlow::Continue(source.get_ref().sum())
    }

    /// The members of a tar archive.
    pub(super) fn tar(&mut self, source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
        while !at.budget.is_spent() {
            let (file, is_damaged) = match tar::next(source) {
                Ok(tar::Next { file, is_damaged }) => (file, is_damaged),
                Err(error) => return self.fail(at.place(), error),
            };
            if is_damaged {
                self.fail(at.place(), Fault::Damaged("no tar header where one should be"))?;
            }
            let Some(header) = file else { break };
            let origin = at.origin.member(&header.name);
            let mut member = (&mut *source).take(header.length);
            if is_wanted(&header.name) {
                self.stream(&mut member, at.inside(&origin))?;
            }
            self.end_member(member, at.inside(&origin))?;
            if let Err(error) = scan::drain(&mut source.take(tar::padding(header.length))) {
                return self.fail(at.place(), error);
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads what was left of a member, and tells where it ends too early.
    fn end_member(&mut self, mut member: Take<impl BufRead>, at: At<'_>) -> ControlFlow<()> {
        match scan::drain(&mut member) {
            Ok(_) if member.limit() == 0 => ControlFlow::Continue(()),
            Ok(_) => self.fail(at.place(), Fault::Cut),
            Err(error) => self.fail(at.place(), error),
        }
    }
}
