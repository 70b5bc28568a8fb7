//! ZIP and tar archives, member by member; a broken one is named, and the next is read.

use std::io::{BufRead, BufReader, Read, Take};
use std::ops::ControlFlow;

use flate2::bufread::DeflateDecoder;

use super::{At, Reader};
use crate::containers::zip::{self, Method};
use crate::containers::{is_wanted, scan, tar};
use crate::error::Fault;

impl Reader<'_> {
    /// The members of a ZIP archive.
    pub(super) fn zip(&mut self, source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
        while !at.budget.is_spent() {
            let header = match zip::next(source) {
                Ok(Some(header)) => header,
                Ok(None) => break,
                Err(error) => return self.fail(at.place(), error),
            };
            match header.length {
                Some(length) => {
                    let mut packed = (&mut *source).take(length);
                    self.zipped(&header, &mut packed, at)?;
                    self.end_member(packed, at.inside(&at.origin.member(&header.name)))?;
                }
                None => self.zipped(&header, source, at)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// One member of a ZIP archive. Where its length is not told, it is read to its end.
    fn zipped(&mut self, header: &zip::Header, packed: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
        let origin = at.origin.member(&header.name);
        let (at, is_wanted) = (at.inside(&origin), is_wanted(&header.name));
        match header.method {
            Method::Other(why) if is_wanted => self.fail(at.place(), Fault::Unreadable(why)),
            Method::Stored if is_wanted => self.stream(packed, at),
            Method::Deflate => {
                let mut unpacked = BufReader::new(at.budget.counts(DeflateDecoder::new(packed)));
                if is_wanted {
                    self.stream(&mut unpacked, at)?;
                }
                if header.length.is_none() {
                    // An error here was told where the member was read, or nobody wants the member.
                    let _ = scan::drain(&mut unpacked);
                }
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Continue(()),
        }
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
