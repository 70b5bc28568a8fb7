//! Statements as a Parquet table, one a row, which DuckDB, pandas and the like read as it is. Spans and speakers are
//! lists of structures; days and times are text, as EDTF, since no type of Parquet holds "last summer".

use std::io::Write;
use std::sync::Arc;

use onrecord_ledger::{Kept, Voice};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

/// So many statements stand together in a row group, and in memory: some ten megabytes of them.
const TOGETHER: usize = 8192;

/// A column: its name, and where a statement has it.
enum Column {
    Text(&'static str, fn(&Kept) -> &str),
    Maybe(&'static str, fn(&Kept) -> Option<&str>),
    Flag(&'static str, fn(&Kept) -> bool),
    Count(&'static str, fn(&Kept) -> u32),
    Share(&'static str, fn(&Kept) -> f64),
    Spans(&'static str, fn(&Kept) -> &[[u32; 2]]),
    Voices(&'static str, fn(&Kept) -> &[Voice]),
}

use Column::{Count, Flag, Maybe, Share, Spans, Text, Voices};

/// The table, from left to right.
const COLUMNS: [Column; 32] = [
    Text("id", |kept| &kept.id),
    Maybe("day", |kept| kept.day.as_deref()),
    Voices("speakers", |kept| &kept.speakers),
    Text("act", |kept| kept.act.word()),
    Flag("negated", |kept| kept.negated),
    Text("quote", |kept| &kept.quote),
    Text("content", |kept| &kept.words.content),
    Text("cue", |kept| &kept.words.cue),
    Text("source", |kept| &kept.words.source),
    Voices("addressees", |kept| &kept.addressees),
    Maybe("channel", |kept| kept.channel.as_deref()),
    Maybe("channel_name", |kept| kept.channel_name.as_deref()),
    Maybe("when_text", |kept| kept.when.as_ref().map(|when| when.text.as_str())),
    Maybe("when_value", |kept| kept.when.as_ref().and_then(|when| when.value.as_deref())),
    Maybe("where_text", |kept| kept.place.as_ref().map(|place| place.text.as_str())),
    Maybe("where_name", |kept| kept.place.as_ref().map(|place| place.name.as_str())),
    Maybe("within", |kept| kept.within.as_deref()),
    Share("confidence", |kept| kept.confidence),
    Count("disputed", |kept| kept.disputed),
    Count("drifted", |kept| kept.drifted),
    Flag("corrected", |kept| kept.corrected),
    Spans("content_spans", |kept| &kept.content),
    Spans("cue_spans", |kept| &kept.cue),
    Spans("source_spans", |kept| &kept.source),
    Text("article", |kept| &kept.article.id),
    Count("version", |kept| kept.article.version),
    Maybe("title", |kept| kept.article.title.as_deref()),
    Maybe("publisher", |kept| kept.article.publisher.as_deref()),
    Maybe("published", |kept| kept.article.published.as_deref()),
    Maybe("url", |kept| kept.article.url.as_deref()),
    Text("model", |kept| &kept.model),
    Text("read", |kept| &kept.read),
];

impl Column {
    /// Its line in the schema.
    fn schema(&self) -> String {
        let list = |name: &str, fields: &str| {
            format!(
                "required group {name} (LIST) {{ repeated group list {{ required group element {{ {fields} }} }} }}"
            )
        };
        match self {
            Text(name, _) => format!("required binary {name} (STRING);"),
            Maybe(name, _) => format!("optional binary {name} (STRING);"),
            Flag(name, _) => format!("required boolean {name};"),
            Count(name, _) => format!("required int32 {name};"),
            Share(name, _) => format!("required double {name};"),
            Spans(name, _) => list(name, "required int32 begin; required int32 end;"),
            Voices(name, _) => list(
                name,
                "required binary name (STRING); required binary type (STRING); optional binary role (STRING); \
                 required boolean anonymous; optional int64 entity; optional binary entity_name (STRING);",
            ),
        }
    }

    /// Writes what some statements have in it.
    fn write<W: Write + Send>(&self, group: &mut Group<'_, W>, rows: &[Kept]) -> Result<()> {
        match self {
            Text(_, of) => group.write::<ByteArrayType>(&Leaf::plain(rows, |row| bytes(of(row)))),
            Maybe(_, of) => group.write::<ByteArrayType>(&Leaf::optional(rows, |row| of(row).map(bytes))),
            Flag(_, of) => group.write::<BoolType>(&Leaf::plain(rows, of)),
            Count(_, of) => group.write::<Int32Type>(&Leaf::plain(rows, |row| of(row).cast_signed())),
            Share(_, of) => group.write::<DoubleType>(&Leaf::plain(rows, of)),
            Spans(_, of) => {
                for end in 0..2 {
                    let leaf = Leaf::list(rows, of, |span| Some(span[end].cast_signed()), Holes::None);
                    group.write::<Int32Type>(&leaf)?;
                }
                Ok(())
            }
            Voices(_, of) => {
                let text = |field: fn(&Voice) -> Option<&str>, holes| {
                    Leaf::list(rows, of, |voice| field(voice).map(bytes), holes)
                };
                group.write::<ByteArrayType>(&text(|voice| Some(&voice.name), Holes::None))?;
                group.write::<ByteArrayType>(&text(|voice| Some(&voice.kind), Holes::None))?;
                group.write::<ByteArrayType>(&text(|voice| voice.role.as_deref(), Holes::Some))?;
                let anonymous = Leaf::list(rows, of, |voice| Some(voice.anonymous), Holes::None);
                group.write::<BoolType>(&anonymous)?;
                let entity = |voice: &Voice| voice.entity.map(u64::cast_signed);
                group.write::<Int64Type>(&Leaf::list(rows, of, entity, Holes::Some))?;
                group.write::<ByteArrayType>(&text(|voice| voice.entity_name.as_deref(), Holes::Some))
            }
        }
    }
}

fn bytes(text: &str) -> ByteArray {
    ByteArray::from(text)
}

/// A table that is being written.
pub(super) struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    waiting: Vec<Kept>,
}

impl<W: Write + Send> Table<W> {
    /// An empty one.
    ///
    /// # Errors
    ///
    /// `out` cannot be written; so for the others here.
    pub(super) fn new(out: W) -> anyhow::Result<Table<W>> {
        let schema: String = COLUMNS.iter().map(Column::schema).collect();
        let schema = parse_message_type(&format!("message statement {{ {schema} }}"))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Table { writer, waiting: Vec::new() })
    }

    /// Adds rows.
    pub(super) fn add(&mut self, statements: Vec<Kept>) -> anyhow::Result<()> {
        self.waiting.extend(statements);
        if self.waiting.len() >= TOGETHER { self.flush() } else { Ok(()) }
    }

    /// Writes what is left, and the table's foot, without which nobody can read it.
    pub(super) fn end(mut self) -> anyhow::Result<()> {
        if !self.waiting.is_empty() {
            self.flush()?;
        }
        self.writer.close()?;
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let mut group = Group(self.writer.next_row_group()?);
        for column in &COLUMNS {
            column.write(&mut group, &self.waiting)?;
        }
        group.0.close()?;
        self.waiting.clear();
        Ok(())
    }
}

struct Group<'a, W: Write + Send>(SerializedRowGroupWriter<'a, W>);

impl<W: Write + Send> Group<'_, W> {
    /// Writes the next column.
    fn write<T: DataType>(&mut self, leaf: &Leaf<T::T>) -> Result<()> {
        let missing = || parquet::errors::ParquetError::General("the schema has fewer columns".to_owned());
        let mut column = self.0.next_column()?.ok_or_else(missing)?;
        column.typed::<T>().write_batch(&leaf.values, leaf.defined.as_deref(), leaf.repeated.as_deref())?;
        column.close()
    }
}

/// Whether a field of a list's element may be absent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holes {
    None,
    Some,
}

/// The values of a column and, in the way of Dremel (Melnik and others, VLDB 2010), how deep each is defined, and from
/// which depth on it repeats.
struct Leaf<V> {
    values: Vec<V>,
    defined: Option<Vec<i16>>,
    repeated: Option<Vec<i16>>,
}

impl<V> Leaf<V> {
    fn plain(rows: &[Kept], of: impl Fn(&Kept) -> V) -> Leaf<V> {
        Leaf { values: rows.iter().map(of).collect(), defined: None, repeated: None }
    }

    fn optional(rows: &[Kept], of: impl Fn(&Kept) -> Option<V>) -> Leaf<V> {
        let all: Vec<Option<V>> = rows.iter().map(of).collect();
        let defined = all.iter().map(|value| i16::from(value.is_some())).collect();
        Leaf { values: all.into_iter().flatten().collect(), defined: Some(defined), repeated: None }
    }

    fn list<I>(
        rows: &[Kept],
        items: impl Fn(&Kept) -> &[I],
        of: impl Fn(&I) -> Option<V>,
        holes: Holes,
    ) -> Leaf<V> {
        let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let items = items(row);
            if items.is_empty() {
                defined.push(0);
                repeated.push(0);
            }
            for (at, item) in items.iter().enumerate() {
                let value = of(item);
                defined.push(1 + i16::from(holes == Holes::Some && value.is_some()));
                repeated.push(i16::from(at > 0));
                values.extend(value);
            }
        }
        Leaf { values, defined: Some(defined), repeated: Some(repeated) }
    }
}
