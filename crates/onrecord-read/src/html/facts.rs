//! What a page tells of its article: title, authors, publisher, days, address, language.

use std::collections::BTreeSet;

use super::entities;
use super::flow::Flow;
use super::linked_data::LinkedData;
use super::shown::Shown;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::moment::{day_of_url, is_next_day, moment};

/// What is known of an article beside its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

/// Reads what the page tells; the surer place first: JSON-LD, then `meta`, then what is marked in the page itself.
/// Where it stood counts where it names no address.
pub(super) fn facts(tree: &Tree<'_>, data: &LinkedData, stood: Option<&str>) -> Facts {
    let meta = Meta::of(tree);
    let url = meta.url(tree).or_else(|| stood.map(str::to_owned));
    let publisher = data
        .publisher
        .clone()
        .or_else(|| meta.first(&["og:site_name", "dc.publisher", "publisher"]))
        .or_else(|| url.as_deref().and_then(host))
        .map(|name| name.trim_start_matches('@').to_owned());
    let site = publisher.as_deref();
    let title = title(tree, data, &meta, site);
    let shown = Shown::below(tree, title.as_deref().unwrap_or_default());
    Facts {
        authors: authors(tree, data, &meta, site, &shown),
        published: published(tree, data, &meta, url.as_deref(), shown.day()),
        title,
        modified: data
            .modified
            .as_deref()
            .and_then(moment)
            .or_else(|| meta.moment(MODIFIED))
            .or_else(|| marked_moment(tree, "dateModified")),
        language: language(tree, data, &meta),
        publisher,
        url,
    }
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "published-date",
    "publication_date",
    "published_at",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "originalpublicationdate",
    "article.published",
    "date",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "last-modified",
    "revised",
];

/// The `meta` elements: names in small letters, and what they say.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn of(tree: &Tree<'_>) -> Meta {
        let pairs = tree.all(Tag::Meta).filter_map(|id| {
            let content = tree.attribute(id, "content")?;
            let name = ["property", "name", "itemprop"].iter().find_map(|name| tree.attribute(id, name))?;
            Some((name.to_lowercase(), folded(&entities::decode(content))))
        });
        Meta(pairs.filter(|(_, content)| !content.is_empty()).collect())
    }

    fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, content)| content.as_str())
    }

    /// What the first of these names that occurs says.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).next()).map(str::to_owned)
    }

    fn moment(&self, names: &[&str]) -> Option<String> {
        names.iter().flat_map(|name| self.all(name)).find_map(moment)
    }

    /// The address that the page gives itself.
    fn url(&self, tree: &Tree<'_>) -> Option<String> {
        let canonical = tree.all(Tag::Link).find(|&id| {
            tree.attribute(id, "rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case("canonical"))
        });
        let canonical = canonical.and_then(|id| tree.attribute(id, "href")).map(entities::decode);
        let whole = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        canonical
            .map(|url| url.trim().to_owned())
            .filter(whole)
            .or_else(|| self.first(&["og:url"]).filter(whole))
    }
}

/// The name of the server: who speaks there, where the page does not tell.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| host.contains('.'))
}

/// The day or moment of publication: as told for machines, else as shown.
///
/// Many a page tells a moment in another zone than the newsroom's, and its "Friday" is read against the day it shows.
fn published(
    tree: &Tree<'_>,
    data: &LinkedData,
    meta: &Meta,
    url: Option<&str>,
    shown: Option<String>,
) -> Option<String> {
    let told = data
        .published
        .as_deref()
        .and_then(moment)
        .or_else(|| meta.moment(PUBLISHED))
        .or_else(|| marked_moment(tree, "datePublished"))
        .or_else(|| data.uploaded.as_deref().and_then(moment))
        .or_else(|| url.and_then(day_of_url));
    match (told, shown) {
        (Some(told), Some(shown)) if is_next_day(&told, &shown) || is_next_day(&shown, &told) => Some(shown),
        (told, shown) => told.or(shown).or_else(|| first_time(tree)),
    }
}

fn title(tree: &Tree<'_>, data: &LinkedData, meta: &Meta, site: Option<&str>) -> Option<String> {
    let told: Vec<String> = data
        .headline
        .clone()
        .filter(|_| data.is_article())
        .into_iter()
        .chain(meta.first(&["og:title", "twitter:title", "dc.title", "headline"]))
        .chain(tree.all(Tag::Title).next().map(|id| words(tree, id)))
        .filter(|title| !title.is_empty())
        .collect();
    let headings: Vec<String> =
        tree.all(Tag::Heading).filter(|&id| is_h1(tree, id)).take(4).map(|id| words(tree, id)).collect();
    let title = told.first().or(headings.first()).filter(|title| !title.is_empty())?;
    // What stands above the article is its headline; elsewhere the site's name may follow, or it is told for searches.
    let is_head = |heading: &&String| told.iter().any(|title| is_head_of(heading, title));
    let heading = headings.iter().find(is_head).or_else(|| headings.iter().find(|h| are_alike(h, title)));
    Some(heading.cloned().unwrap_or_else(|| without_site(title, site)))
}

/// Whether a title is this heading, and perhaps what is no part of it.
fn is_head_of(heading: &str, title: &str) -> bool {
    let rest = title.strip_prefix(heading).map(str::trim_start);
    heading.len() >= 10 && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether half the words of the longer of two titles are in both.
fn are_alike(heading: &str, title: &str) -> bool {
    let words = |title: &str| {
        let title = title.to_lowercase();
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (heading, title) = (words(heading), words(title));
    let shared = heading.intersection(&title).count();
    shared >= 4 && shared * 2 >= heading.len().max(title.len())
}

pub(super) fn is_h1(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.html.as_bytes().get(tree.bytes(id).0 + 2) == Some(&b'1')
}

/// Cuts ` | The Lantern` off a title.
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(tail));
        let is_like_one = mark == " | " && head.split(' ').count() > 2 && tail.split(' ').count() <= 4;
        if is_site || is_like_one {
            return head.trim_end().to_owned();
        }
    }
    title.to_owned()
}

fn authors(
    tree: &Tree<'_>,
    data: &LinkedData,
    meta: &Meta,
    site: Option<&str>,
    shown: &Shown<'_, '_>,
) -> Vec<String> {
    let of_meta = || {
        let names = [
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "cxenseparse:author",
        ];
        names.iter().map(|name| people(meta.all(name), site)).find(|people| !people.is_empty())
    };
    let marked = |is: &dyn Fn(NodeId) -> bool| {
        let found: Vec<String> =
            (1..tree.nodes.len()).filter(|&id| is(id)).take(8).map(|id| words(tree, id)).collect();
        let people = people(found.iter().map(String::as_str), site);
        (!people.is_empty()).then_some(people)
    };
    let has = |id: NodeId, name: &str, wanted: &str| {
        tree.nodes[id].tag != Tag::Text
            && tree
                .attribute(id, name)
                .is_some_and(|value| value.split_ascii_whitespace().any(|v| v.eq_ignore_ascii_case(wanted)))
    };
    let told = people(data.authors.iter().map(String::as_str), site);
    if !told.is_empty() {
        return told;
    }
    of_meta()
        .or_else(|| marked(&|id| tree.nodes[id].tag == Tag::A && has(id, "rel", "author")))
        .or_else(|| marked(&|id| has(id, "itemprop", "author")))
        .or_else(|| {
            marked(&|id| {
                has(id, "class", "byline") || has(id, "class", "author") || has(id, "class", "author-name")
            })
        })
        .unwrap_or_else(|| people(shown.byline().iter().map(String::as_str), site))
}

/// More bylines are not looked at: a page may have a million.
const MOST_AUTHORS: usize = 32;

/// The names in some bylines, each once: "By Ann Lee and Bo Dahl" names two, "Ann Lee, Staff Writer" one.
pub(crate) fn people<'a>(bylines: impl Iterator<Item = &'a str>, site: Option<&str>) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for byline in bylines.take(MOST_AUTHORS) {
        let byline = ["By ", "by ", "BY "].iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(byline);
        if byline.split(' ').count() > LONGEST_BYLINE {
            continue;
        }
        for (nth, part) in byline.split(", ").enumerate() {
            for name in part.split(" and ").flat_map(|part| part.split(" & ")) {
                let name = without_outlet(name.trim(), site).trim_end_matches([',', '.', '|', ' ']);
                let is_wanted = is_name(name) && !is_of(name, site) && (nth == 0 || !is_office(name));
                if is_wanted && !people.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    people.push(name.to_owned());
                }
            }
        }
    }
    people
}

/// Cuts the outlet off "Ann Lee. The Lantern" and "Ann Lee | Lantern".
fn without_outlet<'n>(name: &'n str, site: Option<&str>) -> &'n str {
    let cut = [" | ", ". ", " - "].iter().find_map(|mark| {
        let (name, outlet) = name.rsplit_once(mark)?;
        is_of(outlet, site).then_some(name)
    });
    cut.unwrap_or(name)
}

/// With more words it is no byline but a sentence.
const LONGEST_BYLINE: usize = 16;

/// Whether these words may name a person or a desk: no address, no sentence, no user of a program.
fn is_name(words: &str) -> bool {
    (2..60).contains(&words.len())
        && words.split(' ').count() <= 6
        && words.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && !words.eq_ignore_ascii_case("admin")
        && !words.contains(['/', '@', '<', '{', ':', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
}

/// Whether a name is the outlet's own.
fn is_of(name: &str, site: Option<&str>) -> bool {
    let (name, site) = (name.to_lowercase(), site.unwrap_or_default().to_lowercase());
    !site.is_empty() && (site.starts_with(&name) || name.starts_with(&site))
}

/// Whether what follows a name after a comma tells where or what its bearer is: a degree, a paper, a post.
pub(super) fn is_office(words: &str) -> bool {
    let posts = [
        "writer",
        "editor",
        "correspondent",
        "reporter",
        "staff",
        "columnist",
        "contributor",
        "press",
        "news",
    ];
    !words.contains(' ')
        || words.split(' ').any(|word| posts.iter().any(|post| word.to_lowercase().starts_with(post)))
}

/// The moment of the first element with this `itemprop`.
fn marked_moment(tree: &Tree<'_>, property: &str) -> Option<String> {
    let marked = (1..tree.nodes.len()).filter(|&id| tree.nodes[id].tag != Tag::Text).filter(|&id| {
        tree.attribute(id, "itemprop")
            .is_some_and(|value| value.split_ascii_whitespace().any(|v| v == property))
    });
    marked.take(4).find_map(|id| moment_of(tree, id))
}

fn first_time(tree: &Tree<'_>) -> Option<String> {
    tree.all(Tag::Time).take(8).find_map(|id| moment_of(tree, id))
}

/// What an element tells: by its attribute, else by its words.
fn moment_of(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let attribute = ["datetime", "content"].iter().find_map(|name| tree.attribute(id, name));
    attribute.and_then(moment).or_else(|| moment(&words(tree, id)))
}

/// BCP 47, by what the page as a whole says.
fn language(tree: &Tree<'_>, data: &LinkedData, meta: &Meta) -> Option<String> {
    let of_page = tree
        .all(Tag::Html)
        .find_map(|id| tree.attribute(id, "lang").or_else(|| tree.attribute(id, "xml:lang")));
    let found = of_page
        .map(str::to_owned)
        .or_else(|| data.language.clone())
        .or_else(|| meta.first(&["og:locale", "content-language", "language", "dc.language"]))?;
    let tag = found.trim().replace('_', "-");
    let is_tag = (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let first = tag.split('-').next().unwrap_or_default();
    (is_tag && (2..=3).contains(&first.len())).then_some(tag)
}

/// The words in an element, a few hundred letters at most.
pub(super) fn words(tree: &Tree<'_>, id: NodeId) -> String {
    let mut flow = Flow::default();
    let texts = (id + 1..tree.end(id).min(id + 64)).filter(|&id| tree.nodes[id].tag == Tag::Text);
    for text in texts.filter(|&text| tree.nodes[tree.parent(text)].tag != Tag::Script) {
        flow.node(tree, text);
        if flow.text.len() > 400 {
            break;
        }
    }
    flow.text
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Facts {
        let tree = Tree::new(html).unwrap();
        facts(&tree, &LinkedData::of(&tree), None)
    }

    #[test]
    fn meta_elements() {
        let found = of("<html lang=en_GB><head><title>Ferry &amp; fog | The Lantern</title>\
            <meta property=og:site_name content='The Lantern'><meta name=author content='By Ann Lee and Bo Dahl'>\
            <meta property=article:published_time content='2025-03-14T09:30:00+0100'>\
            <meta property=article:modified_time content=2025-03-15>\
            <link rel=canonical href='https://e.org/a?b=1&amp;c=2'>");
        let expected = Facts {
            title: Some("Ferry & fog".into()),
            authors: vec!["Ann Lee".into(), "Bo Dahl".into()],
            publisher: Some("The Lantern".into()),
            published: Some("2025-03-14T09:30:00+01:00".into()),
            modified: Some("2025-03-15".into()),
            url: Some("https://e.org/a?b=1&c=2".into()),
            language: Some("en-GB".into()),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_marked_in_the_page() {
        let found = of(
            "<title>Ferry lost in fog off Tarn - Lantern</title><h1>Ferry lost in fog <b>off</b> Tarn</h1>\
            <span itemprop=author>by <a rel=author>Ann Lee</a></span> <time datetime=2025-03-14>today</time>",
        );
        assert_eq!(found.title.as_deref(), Some("Ferry lost in fog off Tarn"));
        assert_eq!(
            (found.authors, found.published.as_deref()),
            (vec!["Ann Lee".to_owned()], Some("2025-03-14"))
        );
    }

    #[test]
    fn the_headline_above_the_article() {
        let title = |html: &str| of(html).title.unwrap();
        let search =
            "<meta property=og:title content='Ann Lee: Harbour pilot denies sleeping on duty in fog'>";
        let shown = "Harbour pilot denies sleeping on duty: “I saw nothing”";
        assert_eq!(title(&format!("{search}<h1>{shown}</h1>")), shown);
        let elsewhere =
            format!("<meta property=og:title content='A row ends'><title>{shown} - The Lantern</title>");
        assert_eq!(title(&format!("{elsewhere}<h1>{shown}</h1>")), shown);
        // the name of the site, and another article
        let other =
            "<h1>The Harbour Post and Pilot</h1><h1>Harbour pilot retires after forty years of fog</h1>";
        assert_eq!(
            title(&format!("{search}{other}")),
            "Ann Lee: Harbour pilot denies sleeping on duty in fog"
        );
    }

    #[test]
    fn what_stands_below_the_headline() {
        let below = |told: &str, lines: &str| {
            let found =
                of(&format!("{told}<title>Ferry lost in fog</title><h1>Ferry lost in fog</h1>{lines}"));
            (found.authors.join("; "), found.published.unwrap_or_default())
        };
        let check = |lines: &str, authors: &str, day: &str| {
            assert_eq!(below("", lines), (authors.to_owned(), day.to_owned()), "{lines}");
        };
        check(
            "<div>By Ann Lee and Bo Dahl on Friday, March 14th, 2025</div>",
            "Ann Lee; Bo Dahl",
            "2025-03-14",
        );
        check("<div><i>by</i> <a href=/ann>Ann Lee</a></div><p>March 14, 2025", "Ann Lee", "2025-03-14");
        check("<p>Written by Ann Lee, MD, staff writer<i> - 2025-03-14</i>", "Ann Lee", "2025-03-14");
        check("<p>14 March 2025 | Updated 15 March 2025<p>BY ANN LEE", "ANN LEE", "2025-03-14");
        check("<p>Updated<p>15 March 2025", "", "");
        check("<p>By Tuesday, the storm had passed.<p>Byron Lee", "", "");
        let article = "word ".repeat(50);
        check(&format!("<p>{article}<p>By Ann Lee<p>March 14, 2025"), "", "");

        // the calendar of the newsroom, not that of the machine; a day far from it is another matter
        let told = "<meta property=article:published_time content=2025-03-15T01:30:00Z>";
        assert_eq!(below(told, "<p>March 14, 2025").1, "2025-03-14");
        assert_eq!(below(told, "<p>May 2, 1998").1, "2025-03-15T01:30:00Z");
        assert_eq!(below(told, "<p>Updated March 16, 2025").1, "2025-03-15T01:30:00Z");
    }

    #[test]
    fn addresses_and_sites_are_no_authors() {
        let found = of("<meta property=og:site_name content=Lantern><meta name=author content=Lantern>\
            <meta property=article:author content=https://social.example/ann>\
            <link rel=canonical href=https://e.org/2025/03/14/fog>");
        assert_eq!((found.authors, found.published.as_deref()), (vec![], Some("2025-03-14")));
        let bylines = |names: &str| of(&format!("<meta name=author content='{names}'>")).authors;
        assert_eq!(bylines("BY ANN LEE, Lantern Staff Writer"), ["ANN LEE"]);
        assert_eq!(bylines("Ann Lee, MD, Bo Dahl & Cy Orr"), ["Ann Lee", "Bo Dahl", "Cy Orr"]);
        assert_eq!(bylines("webadmin"), [""; 0]);
        let outlet = "<meta property=og:site_name content='The Lantern'><meta name=author content='Ann Lee. The Lantern'>";
        assert_eq!(of(outlet).authors, ["Ann Lee"]);
        assert_eq!(of(""), Facts::default());
    }
}
