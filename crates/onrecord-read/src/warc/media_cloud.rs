//! What Media Cloud's archives tell of a page in a record after it: title, day, language, and the text it had found.

use onrecord::Article;
use serde_json::Value;

use super::record::Record;
use crate::moment::moment;
use crate::origin::Origin;
use crate::text;

/// A text of fewer words is none.
const FEWEST_WORDS: usize = 20;

/// What is told of a page.
pub(super) struct About(Value);

/// What a metadata record tells, if it is one of Media Cloud's.
pub(super) fn about(record: &Record) -> Option<About> {
    let is_json = record.header("Content-Type").is_some_and(|kind| kind.contains("mediacloud"));
    let about = is_json.then(|| serde_json::from_slice(&record.body).ok())??;
    Some(About(about))
}

impl About {
    fn words(&self, part: &str, name: &str) -> Option<String> {
        let words = self.0[part][name].as_str()?.trim();
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// Fills what the page did not tell itself.
    pub(super) fn complete(&self, article: &mut Article) {
        let content = |name| self.words("content_metadata", name);
        let entry = |name| self.words("rss_entry", name);
        let Article { title, language, published, url, .. } = article;
        *title = title.take().or_else(|| content("article_title")).or_else(|| entry("title"));
        *language = language.take().or_else(|| content("language"));
        *url = url.take().or_else(|| content("url"));
        let day = || {
            [content("publication_date"), entry("pub_date")]
                .into_iter()
                .flatten()
                .find_map(|day| moment(&day))
        };
        *published = published.take().or_else(day);
    }

    /// The article of the text that was found then.
    pub(super) fn article(&self, origin: &Origin) -> Option<Article> {
        let text = self.words("content_metadata", "text_content")?;
        (text.split_ascii_whitespace().count() >= FEWEST_WORDS).then(|| text::whole(text, origin))
    }
}
