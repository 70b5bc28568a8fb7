//! What an element's attributes say about its part in the page: class, id, role, itemprop and the like.

use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// What the attributes of an element promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Is not shown.
    pub(super) hidden: bool,
    /// Has an identifier.
    pub(super) named: bool,
    /// Navigation, advertising, related links and the like.
    pub(super) clutter: bool,
    /// What readers wrote.
    pub(super) comments: bool,
    /// A caption or credit of a picture.
    pub(super) caption: bool,
    /// How surely it is the body of the article: 0 not at all, 3 the page says so for machines.
    pub(super) body: u8,
}

/// Reads the attributes of an element.
pub(super) fn marks(tree: &Tree<'_>, id: NodeId) -> Marks {
    let tag = tree.nodes[id].tag;
    let mut marks = Marks { clutter: is_clutter(tag), body: body_by_tag(tag), ..Marks::default() };
    if matches!(tag, Tag::Text | Tag::Page) {
        return marks;
    }
    for (name, value) in tree.attributes(id) {
        match () {
            () if name.eq_ignore_ascii_case("class") => marks.names(value),
            () if name.eq_ignore_ascii_case("id") => {
                marks.named = true;
                marks.names(value);
            }
            () if name.eq_ignore_ascii_case("itemprop") => marks.property(value),
            () if name.eq_ignore_ascii_case("property") => marks.property(value),
            () if name.eq_ignore_ascii_case("role") => marks.role(value),
            () if name.eq_ignore_ascii_case("hidden") => marks.hidden = true,
            () if name.eq_ignore_ascii_case("style") => marks.hidden |= hides(value),
            () => {}
        }
    }
    marks
}

fn is_clutter(tag: Tag) -> bool {
    matches!(tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form)
}

fn body_by_tag(tag: Tag) -> u8 {
    u8::from(matches!(tag, Tag::Article | Tag::Main))
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

impl Marks {
    /// Schema.org's names, and those of RDFa.
    fn property(&mut self, value: &str) {
        for word in value.split_ascii_whitespace() {
            match word.rsplit([':', '/']).next().unwrap_or(word) {
                "articleBody" | "reviewBody" => self.body = 3,
                "comment" => self.comments = true,
                "caption" | "copyrightHolder" | "creditText" => self.caption = true,
                "author" | "datePublished" | "dateModified" | "headline" | "publisher" => self.clutter = true,
                _ => {}
            }
        }
    }

    fn role(&mut self, value: &str) {
        match value {
            "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "dialog"
            | "alertdialog" | "toolbar" | "tablist" | "menu" | "menubar" | "button" | "form" => {
                self.clutter = true
            }
            "article" | "main" => self.body = self.body.max(1),
            _ => {}
        }
    }

    /// The words that a class or an id is made of.
    fn names(&mut self, value: &str) {
        for name in value.split_ascii_whitespace() {
            self.hidden |= is_hidden(name);
            if is_body(name) {
                self.body = self.body.max(2);
            }
            for word in words(name) {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        let mut lower = [0; 16];
        let length = word.len().min(lower.len());
        lower[..length].copy_from_slice(&word.as_bytes()[..length]);
        lower.make_ascii_lowercase();
        let lower = &lower[..length];
        self.comments |= lower.starts_with(b"comment") || matches!(lower, b"disqus" | b"replies");
        self.caption |= matches!(lower, b"caption" | b"captions" | b"credit" | b"credits" | b"figcaption");
        self.clutter |= is_clutter_word(lower) || CLUTTER_BEGINS.iter().any(|begin| lower.starts_with(begin));
    }
}

/// Words of class names, cut where letters end and where a capital follows a small letter.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let bytes = part.as_bytes();
        let mut begin = 0;
        std::iter::from_fn(move || {
            if begin >= bytes.len() {
                return None;
            }
            let cut = (begin + 1..bytes.len())
                .find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase())
                .unwrap_or(bytes.len());
            let word = &part[begin..cut];
            begin = cut;
            Some(word)
        })
    })
}

/// Names of what is shown to nobody, or to screen readers alone, or over the page when the mouse is there.
fn is_hidden(name: &str) -> bool {
    let hidden = ["sr-only", "screen-reader-text", "screenreader-text", "visually-hidden", "visuallyhidden"];
    hidden.iter().any(|hidden| name.eq_ignore_ascii_case(hidden))
        || words(name).any(|word| {
            ["rollover", "tooltip", "popover", "hovercard"].iter().any(|over| word.eq_ignore_ascii_case(over))
        })
}

/// Names that say: here is the text of the article.
fn is_body(name: &str) -> bool {
    let mut squeezed = [0; 32];
    let mut length = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        if length == squeezed.len() {
            return false;
        }
        squeezed[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    matches!(
        &squeezed[..length],
        b"articlebody"
            | b"articlebodycontent"
            | b"articlecontent"
            | b"articletext"
            | b"articlecopy"
            | b"articlebodytext"
            | b"articlemaincontent"
            | b"articlecontentbody"
            | b"bodycontent"
            | b"bodycopy"
            | b"bodytext"
            | b"contentbody"
            | b"entrycontent"
            | b"entrybody"
            | b"entrytext"
            | b"maincontent"
            | b"newsbody"
            | b"newscontent"
            | b"newstext"
            | b"pagecontent"
            | b"postbody"
            | b"postcontent"
            | b"postentry"
            | b"posttext"
            | b"singlecontent"
            | b"storybody"
            | b"storybodycopy"
            | b"storycontent"
            | b"storytext"
            | b"storycopy"
            | b"textcontent"
            | b"fulltext"
            | b"thecontent"
            | b"tdpostcontent"
    )
}

fn is_clutter_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"ad"
            | b"ads"
            | b"adv"
            | b"advert"
            | b"author"
            | b"bio"
            | b"byline"
            | b"breadcrumb"
            | b"breadcrumbs"
            | b"carousel"
            | b"cookie"
            | b"cookies"
            | b"consent"
            | b"dialog"
            | b"dfp"
            | b"disclaimer"
            | b"footer"
            | b"footnote"
            | b"gallery"
            | b"gdpr"
            | b"hidden"
            | b"jumbotron"
            | b"login"
            | b"masthead"
            | b"menu"
            | b"meta"
            | b"metadata"
            | b"modal"
            | b"nav"
            | b"navbar"
            | b"navigation"
            | b"outbrain"
            | b"overlay"
            | b"pager"
            | b"pagination"
            | b"paywall"
            | b"popular"
            | b"popup"
            | b"print"
            | b"pullquote"
            | b"rail"
            | b"readmore"
            | b"recirc"
            | b"registration"
            | b"search"
            | b"share"
            | b"shares"
            | b"sharing"
            | b"sidebar"
            | b"signin"
            | b"signup"
            | b"skip"
            | b"slideshow"
            | b"social"
            | b"sponsor"
            | b"taboola"
            | b"tags"
            | b"teaser"
            | b"teasers"
            | b"toolbar"
            | b"tooltip"
            | b"trending"
            | b"upsell"
            | b"widget"
            | b"widgets"
            | b"yarpp"
    )
}

const CLUTTER_BEGINS: [&[u8]; 8] =
    [b"related", b"recommend", b"newsletter", b"subscri", b"promo", b"advert", b"sponsor", b"sidebar"];
