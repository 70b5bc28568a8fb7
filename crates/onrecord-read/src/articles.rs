//! The articles of many inputs, one after the other, going on after errors.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

use crate::columns::Columns;
use crate::error::ReadError;
use crate::input::{self, Files, Input, Meter};
use crate::origin::Origin;
use crate::reading::{Found, Languages, Reader, Settings};

/// The articles of some inputs, in their order.
///
/// What an input is, its first bytes tell: gzip, Zstandard, ZIP, tar, in each other too; a WARC archive; a feed; a page;
/// JSONL; a table; Markdown; else a plain text. Memory holds one article or record at a time. An error names its input,
/// and the next call goes on after it.
pub struct Articles {
    meter: Meter,
    state: State,
}

type Item = Result<Found, ReadError>;

enum State {
    Waiting(Plan),
    /// Reading goes inwards from layer to layer; an iterator comes back after each article. So a thread reads, never
    /// more than one article ahead.
    Running(Receiver<Item>, JoinHandle<()>),
    Over,
}

/// What is going to be read.
#[derive(Default)]
struct Plan {
    inputs: Vec<Input>,
    published: Option<String>,
    settings: Settings,
}

impl Articles {
    /// The articles of `inputs`. `published` is for those that tell no day themselves.
    pub fn new(inputs: Vec<Input>, published: Option<String>) -> Self {
        let plan = Plan { inputs, published, settings: Settings::default() };
        Articles { meter: Meter::default(), state: State::Waiting(plan) }
    }

    /// The same in these languages.
    pub fn in_languages(self, languages: Languages) -> Self {
        self.with(|settings| settings.languages = languages)
    }

    /// The same, where the columns of tables and the fields of objects have these names.
    pub fn with_columns(self, columns: Columns) -> Self {
        self.with(|settings| settings.columns = columns)
    }

    /// The same without the first `passed` articles and errors, which are passed over unread.
    pub fn after(self, passed: u64) -> Self {
        self.with(|settings| settings.passed = passed)
    }

    fn with(mut self, set: impl FnOnce(&mut Settings)) -> Self {
        if let State::Waiting(plan) = &mut self.state {
            set(&mut plan.settings);
        }
        self
    }

    /// Hands one article or failure after the other to `take`, until it breaks off. Nothing waits for another thread: what
    /// tiny items cost is their reading.
    pub fn each(mut self, take: impl FnMut(Result<Found, ReadError>) -> ControlFlow<()>) {
        // Whoever breaks off knows that.
        let _ = match self.state {
            State::Waiting(plan) => plan.read(&self.meter, take),
            _ => self.try_for_each(take),
        };
    }

    /// Tells how far the reading is; may be asked from another thread.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }
}

impl Plan {
    fn read(self, meter: &Meter, mut take: impl FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut reader = Reader::new(&self.settings, &mut take);
        Files::new(self.inputs).try_for_each(|file| {
            let origin =
                |file: &Input| Origin { published: self.published.clone(), ..Origin::new(file.name()) };
            let opened = file.and_then(|file| {
                let mut origin = origin(&file);
                Ok((input::open(&file, meter, &mut origin)?, origin))
            });
            match opened {
                Ok((mut source, origin)) => reader.file(&mut source, &origin, meter),
                Err(error) => reader.item(|| Err(error)),
            }
        })
    }
}

impl Iterator for Articles {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let State::Waiting(plan) = &mut self.state {
            let (plan, meter) = (std::mem::take(plan), self.meter.clone());
            let (give, items) = sync_channel(0);
            let read = move || {
                let _ = plan.read(&meter, |item| match give.send(item) {
                    Ok(()) => ControlFlow::Continue(()),
                    // Nobody wants more.
                    Err(_) => ControlFlow::Break(()),
                });
            };
            self.state = State::Running(items, thread::spawn(read));
        }
        let State::Running(items, _) = &self.state else { return None };
        if let Ok(item) = items.recv() {
            return Some(item);
        }
        if let State::Running(_, thread) = std::mem::replace(&mut self.state, State::Over) {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write;
    use std::path::{Path, PathBuf};

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
            ("e.json", b"{\"x\": 1}"),
        ];
        assert_eq!(
            read(&folder("jsonl", files)),
            [
                "one",
                "a:3: not an article in JSON: expected ident (column 2)",
                "two",
                "b.jsonl:1: no text in \"text\"",
                "three",
                "{\"x\": 1}",
                "e.json: no text in \"text\"",
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
        assert_eq!(found[3..], ["c: cut in the middle"]);
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
