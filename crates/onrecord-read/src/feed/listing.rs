//! The items of a feed one by one, for those who fetch the pages behind them.

use onrecord::Article;
use serde_json::Value;

use super::{Item, items, json};
use crate::columns::{Columns, day};
use crate::decode::decode_page;
use crate::json_line::json_text;
use crate::origin::Origin;
use crate::reading::form::{Form, Named};

/// An item that a feed lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The address of its page.
    pub url: Option<String>,
    /// When it was published (RFC 3339).
    pub published: Option<String>,
    /// The article, where the feed has the whole of it.
    pub article: Option<Article>,
}

/// The items of a feed (RSS, Atom, JSON Feed) in their order, or `None` where it is no feed. `origin` tells the address
/// of the feed, from which relative ones start.
pub fn listed(bytes: &[u8], origin: &Origin) -> Option<Vec<Listed>> {
    // What the feed stands at is nobody's address but its own.
    let nowhere = Origin { url: None, ..origin.clone() };
    match Form::of(bytes, Named::Anything, &Columns::default()) {
        Form::Feed => {
            let (xml, _) = decode_page(bytes, origin.encoding.as_deref()).ok()?;
            Some(items(&xml, origin.url.as_deref()).map(|item| of(item, &nowhere)).collect())
        }
        _ => {
            let (text, _) = json_text(bytes);
            let feed: Value = serde_json::from_str(&text).ok()?;
            json::is_feed(&feed).then(|| json::items(&feed).map(|item| of(item, &nowhere)).collect())
        }
    }
}

fn of(item: Item, origin: &Origin) -> Listed {
    let (url, words) = (item.url.clone(), item.published.clone());
    Listed {
        url,
        published: words.and_then(|words| day(words, &mut Vec::new())),
        article: item.article(origin, &mut Vec::new()).ok(),
    }
}
