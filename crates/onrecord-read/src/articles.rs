//! The articles of many inputs, one after the other, going on after errors.

use std::io::{BufRead, Cursor, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};
use onrecord::Article;

use crate::decode::{self, decode};
use crate::error::{Fault, Place, ReadError, Warned};
use crate::html::{Skip, html, is_html};
use crate::input::{self, Files, Input, Meter};
use crate::json_line::{is_article, json_line};
use crate::language::is_english;
use crate::lines::{self, Lines};
use crate::origin::Origin;
use crate::text::text;

/// An article and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The input, and the line of JSONL.
    pub place: Place,
    /// The article, and what had to be mended in it.
    pub article: Warned<Article>,
}

/// Which articles are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// English ones; any other is [skipped](crate::Skip::NotEnglish).
    #[default]
    English,
    /// All.
    Any,
}

/// The articles of some inputs, in their order.
///
/// A file is JSONL where its first line holds an article or its name says so (`.jsonl`, `.ndjson`), a page where
/// it begins as one, else one plain text. Memory holds one article at a time. An error names its input (and line), and the next call goes on after it.
pub struct Articles {
    files: Files,
    published: Option<String>,
    languages: Languages,
    meter: Meter,
    /// The JSONL input being read.
    open: Option<(Lines, Origin)>,
}

impl Articles {
    /// The articles of `inputs`. `published` is for those that tell no day themselves.
    pub fn new(inputs: Vec<Input>, published: Option<String>) -> Self {
        Articles {
            files: Files::new(inputs),
            published,
            languages: Languages::default(),
            meter: Meter::default(),
            open: None,
        }
    }

    /// The same in these languages.
    pub fn in_languages(self, languages: Languages) -> Self {
        Articles { languages, ..self }
    }

    /// Tells how far the reading is; may be asked from another thread.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// Begins a file: gives its article if it is a plain text, else leaves its lines to be read.
    fn begin(&mut self, file: &Input) -> Result<Option<Found>, ReadError> {
        let mut origin = Origin { published: self.published.clone(), ..Origin::new(file.name()) };
        let source = input::open(file, &self.meter, &mut origin)?;
        match sort(source, names_jsonl(file)) {
            Ok(Sorted::Text(bytes)) => {
                Ok(Some(Found { place: origin.place(), article: text(&bytes, &origin)? }))
            }
            Ok(Sorted::Html(bytes)) => {
                let Warned { output, warnings } = html(&bytes, &origin)?;
                let article = Warned { output: output.article, warnings };
                Ok(Some(Found { place: origin.place(), article }))
            }
            Ok(Sorted::Jsonl(source)) => {
                self.open = Some((Lines::new(source, origin.input.clone()), origin));
                Ok(None)
            }
            Err(fault) => Err(ReadError { place: origin.place(), fault }),
        }
    }

    /// The next article of the JSONL input being read.
    fn lined(&mut self) -> Option<Result<Found, ReadError>> {
        let (lines, origin) = self.open.as_mut()?;
        let line = lines.next()?;
        Some(line.and_then(|line| {
            let article = json_line(&line.bytes, line.number, origin)?;
            Ok(Found { place: origin.line(line.number), article })
        }))
    }
}

impl Articles {
    /// The article, unless its language is not wanted.
    fn wanted(&self, found: Found) -> Result<Found, ReadError> {
        if self.languages == Languages::Any || is_english(&found.article.output.text) {
            return Ok(found);
        }
        Err(ReadError { place: found.place, fault: Fault::Skipped(Skip::NotEnglish) })
    }

    fn next_of_any(&mut self) -> Option<Result<Found, ReadError>> {
        loop {
            if let Some(article) = self.lined() {
                return Some(article);
            }
            self.open = None;
            let begun = self.files.next()?.and_then(|file| self.begin(&file));
            if let Some(article) = begun.transpose() {
                return Some(article);
            }
        }
    }
}

impl Iterator for Articles {
    type Item = Result<Found, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.next_of_any()?;
        Some(found.and_then(|found| self.wanted(found)))
    }
}

/// What an input turned out to be.
enum Sorted {
    Text(Vec<u8>),
    Html(Vec<u8>),
    Jsonl(Box<dyn BufRead + Send>),
}

fn sort(mut source: Box<dyn BufRead + Send>, named_jsonl: Named) -> Result<Sorted, Fault> {
    if decode::is_binary(source.fill_buf()?) {
        return Err(Fault::NotText);
    }
    let mut bytes = lines::head(&mut source, lines::LIMIT)?;
    if is_utf16(&bytes) {
        read_rest(&mut source, &mut bytes)?;
        return utf16(bytes, named_jsonl);
    }
    if named_jsonl == Named::Jsonl || is_article(lines::first_line(&bytes)) {
        return Ok(Sorted::Jsonl(Box::new(Cursor::new(bytes).chain(source))));
    }
    read_rest(&mut source, &mut bytes)?;
    Ok(if is_html(&bytes) { Sorted::Html(bytes) } else { Sorted::Text(bytes) })
}

/// Reads at most a byte more than a text may have: then it is refused, and memory is spared.
fn read_rest(source: &mut dyn BufRead, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let room = u64::from(u32::MAX) + 1 - bytes.len() as u64;
    source.take(room).read_to_end(bytes)?;
    if bytes.len() > u32::MAX as usize { Err(Fault::TextTooLong) } else { Ok(()) }
}

fn is_utf16(head: &[u8]) -> bool {
    Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8)
}

/// JSONL in UTF-16, as some shells write it, cannot be split at bytes: it is decoded whole.
fn utf16(bytes: Vec<u8>, named_jsonl: Named) -> Result<Sorted, Fault> {
    let (text, _) = decode(&bytes)?;
    if is_html(text.as_bytes()) {
        return Ok(Sorted::Html(bytes));
    }
    let first = text.trim_start().lines().next().unwrap_or_default();
    if named_jsonl == Named::Jsonl || is_article(first.as_bytes()) {
        return Ok(Sorted::Jsonl(Box::new(Cursor::new(text.into_owned().into_bytes()))));
    }
    Ok(Sorted::Text(bytes))
}

/// What the name of a file promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Jsonl,
    Anything,
}

fn names_jsonl(file: &Input) -> Named {
    let Input::Path(path) = file else { return Named::Anything };
    let inner =
        if path.extension().is_some_and(|e| e == "gz") { path.file_stem().map(Path::new) } else { None };
    match inner.unwrap_or(path).extension() {
        Some(extension) if extension == "jsonl" || extension == "ndjson" => Named::Jsonl,
        _ => Named::Anything,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write;
    use std::path::PathBuf;

    /// A fresh folder with these files.
    fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("onrecord-read-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for (file, bytes) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// The texts, or the errors after the folder's name.
    fn read(folder: &Path) -> Vec<String> {
        let articles = Articles::new(vec![Input::Path(folder.to_owned())], Some("2025-03-14".into()));
        let found = articles
            .map(|article| match article {
                Ok(found) => found.article.output.text,
                Err(error) => error.to_string().replace(&format!("{}/", folder.display()), ""),
            })
            .collect();
        fs::remove_dir_all(folder).unwrap();
        found
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files() {
        let files: &[(&str, &[u8])] =
            &[("b.txt", b"b"), ("a/z.txt", b"z"), ("a/.git/x", b"x"), (".hidden", b"h"), ("c", b"")];
        assert_eq!(read(&folder("walk", files)), ["z", "b", ""]);
    }

    #[test]
    fn jsonl_by_content_or_name_and_errors_in_between() {
        let good = b"\xEF\xBB\xBF\n{\"text\":\"one\"}\nnonsense\n\n{\"text\":\"two\"}";
        let files: &[(&str, &[u8])] = &[
            ("a", good),
            ("b.jsonl", b"{\"id\":1}\n{\"text\":\"three\"}"),
            ("c.jsonl", b""),
            ("d.txt", b"{\"x\": 1}"),
        ];
        assert_eq!(
            read(&folder("jsonl", files)),
            [
                "one",
                "a:3: not an article in JSON: expected ident (column 2)",
                "two",
                "b.jsonl:1: not an article in JSON: missing field `text` (column 8)",
                "three",
                "{\"x\": 1}",
            ]
        );
    }

    #[test]
    fn gzip_of_both_by_content() {
        let two = [gzip(b"{\"text\":\"one\"}\n"), gzip(b"{\"text\":\"two\"}\n")].concat();
        let cut = &gzip(b"{\"text\":\"three\"}\n")[..20];
        let files: &[(&str, &[u8])] = &[("a", &gzip("“é”".as_bytes())), ("b.jsonl.gz", &two), ("c", cut)];
        let found = read(&folder("gzip", files));
        assert_eq!(found[..3], ["“é”", "one", "two"]);
        assert!(found[3].starts_with("c: cannot be read: "), "{found:?}");
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn utf16_jsonl() {
        let json = "\u{feff}{\"text\":\"é\"}\r\n{\"text\":\"b\"}\r\n";
        let bytes: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&folder("utf16", &[("a", &bytes)])), ["é", "b"]);
    }

    #[test]
    fn binary_files_and_missing_ones() {
        let files: &[(&str, &[u8])] = &[("a.bin", b"\x7fELF\0\0\n")];
        assert_eq!(read(&folder("binary", files)), ["a.bin: not a text (it has NUL bytes)"]);
        let missing = Articles::new(vec![Input::Path("no/such".into())], None).next().unwrap();
        assert_eq!(missing.unwrap_err().to_string(), "no/such: no such file or folder");
    }

    #[test]
    fn the_meter_counts_bytes_on_disk() {
        let packed = gzip(&b"words ".repeat(1000));
        let folder = folder("meter", &[("a.gz", &packed)]);
        let inputs = vec![Input::Path(folder.clone())];
        let mut articles = Articles::new(inputs.clone(), None);
        let meter = articles.meter();
        assert!(articles.next().unwrap().is_ok());
        assert_eq!(
            (meter.bytes(), input::total_bytes(&inputs)),
            (packed.len() as u64, Some(packed.len() as u64))
        );
        assert_eq!(input::total_bytes(&[Input::Stdin]), None);
        fs::remove_dir_all(folder).unwrap();
    }
}
