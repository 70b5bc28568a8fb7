//! Documents that hold many articles in themselves: feeds, what agencies send, JSON as a whole.

use std::ops::ControlFlow;

use serde_json::Value;

use super::Reader;
use crate::decode::decode_page;
use crate::error::{Fault, Note};
use crate::feed::{self, Item, json};
use crate::html::Skip;
use crate::json_line::{Object, json_text};
use crate::newsml;
use crate::origin::Origin;

/// Larger documents of JSON are read as lines or not at all: a byte of them may take sixteen in memory.
const LONGEST_JSON: usize = 16 << 20;

impl Reader<'_> {
    /// The items of an RSS or Atom feed.
    pub(super) fn feed(&mut self, bytes: &[u8], origin: &Origin) -> Result<ControlFlow<()>, Fault> {
        let (xml, notes) = decode_page(bytes, origin.encoding.as_deref())?;
        Ok(self.items(feed::items(&xml, origin.url.as_deref()), notes, origin))
    }

    /// The items of a NewsML-G2 document.
    pub(super) fn newsml(&mut self, bytes: &[u8], origin: &Origin) -> Result<ControlFlow<()>, Fault> {
        let (xml, notes) = decode_page(bytes, origin.encoding.as_deref())?;
        Ok(self.items(newsml::items(&xml), notes, origin))
    }

    /// The articles of a document of JSON; `None` where it is none that is known.
    pub(super) fn json(&mut self, bytes: &[u8], origin: &Origin) -> Option<ControlFlow<()>> {
        if bytes.len() > LONGEST_JSON {
            return None;
        }
        let (text, notes) = json_text(bytes);
        match serde_json::from_str(&text).ok()? {
            feed if json::is_feed(&feed) => Some(self.items(json::items(&feed), notes, origin)),
            Value::Array(values) if values.iter().any(|value| self.is_known(value)) => {
                let mut numbered = (1..).zip(values);
                Some(
                    numbered.try_for_each(|(number, value)| {
                        self.value(value, Vec::new(), &origin.member(number))
                    }),
                )
            }
            value if self.is_known(&value) => Some(self.value(value, notes, origin)),
            _ => None,
        }
    }

    fn is_known(&self, value: &Value) -> bool {
        json::is_news_item(value) || value[self.settings.columns.text()].is_string()
    }

    fn value(&mut self, value: Value, mut notes: Vec<Note>, origin: &Origin) -> ControlFlow<()> {
        let columns = &self.settings.columns;
        self.article(origin.place(), || {
            let read = match json::is_news_item(&value) {
                true => json::news_item(&value).article(origin, &mut notes),
                false => serde_json::from_value::<Object>(value)
                    .map_err(Fault::Json)
                    .and_then(|object| columns.article(&object, origin, &mut notes)),
            };
            origin.warned(origin.place(), read, notes)
        })
    }

    /// The articles of items. `notes` are on the whole, and told with the first.
    fn items(
        &mut self,
        items: impl Iterator<Item = Item>,
        mut notes: Vec<Note>,
        origin: &Origin,
    ) -> ControlFlow<()> {
        let mut count = 0;
        for item in items {
            count += 1;
            let origin = origin.member(count);
            let mut notes = std::mem::take(&mut notes);
            self.article(origin.place(), || {
                let read = item.article(&origin, &mut notes);
                origin.warned(origin.place(), read, notes)
            })?;
        }
        if count == 0 {
            self.fail(origin.place(), Fault::Skipped(Skip::NoText))
        } else {
            ControlFlow::Continue(())
        }
    }
}
