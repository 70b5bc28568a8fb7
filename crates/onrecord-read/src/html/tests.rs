//! Whole pages, written for these tests, about invented people and places.

use super::*;

/// Sentences enough to be prose.
const FERRY: &str = "The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt, the \
    harbour master said.";
const PILOT: &str = "“We heard the horn long before we saw her,” said Ann Lee, a pilot, who went out in a small boat \
    to lead the ship home.";
const COMPANY: &str = "The company that runs the line denied that the radar had failed, and promised a report by the \
    end of the month.";

#[track_caller]
fn text(html: &str) -> String {
    read(html).article.text
}

#[track_caller]
fn read(page: &str) -> Page {
    html(page.as_bytes(), &Origin::new("page.html")).unwrap().output
}

fn skipped(page: &str) -> Option<Skip> {
    match html(page.as_bytes(), &Origin::new("page.html")).map_err(|error| error.fault) {
        Err(Fault::Skipped(skip)) => Some(skip),
        _ => None,
    }
}

#[test]
fn the_article_alone() {
    let page = format!(
        "<!doctype html><html lang=en><head><title>Ferry lost in fog</title><style>p {{}}</style></head>
        <body><div class=cookie-consent><p>We value your privacy, and we and our partners store cookies on your device
        to show you what you like.</p></div>
        <nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
        <div class=page><h1>Ferry lost in fog</h1><div class=byline>By Ann Lee</div><p class=date>14 March</p>
        <p>{FERRY}</p><figure><img src=a.jpg><figcaption>The Halcyon at the pier of Tarn in better days, when the sun
        shone.</figcaption></figure><p>{PILOT}</p>
        <div class=related-stories><h3>Related</h3><p>Last year a barge ran aground at the very same place, and it took
        three days to free it.</p></div>
        <h2>No comment</h2><p>{COMPANY}</p>
        <p>Read more: <a href=/fog>Why there is more fog</a></p></div>
        <section id=comments><h2>Comments</h2><p>I was on board, and I can tell you that the crew had no idea of where
        we were at any time.</p></section>
        <footer><p>© The Lantern</p></footer></body></html>"
    );
    assert_eq!(text(&page), format!("{FERRY}\n\n{PILOT}\n\nNo comment\n\n{COMPANY}"));
}

#[test]
fn inline_markup_neither_glues_nor_parts() {
    let page = format!(
        "<article><p>{FERRY}</p><p><b>H</b>alcyon <i>is</i>&nbsp;a<span> ferry</span> of the <a href=x>Tarn\n Line</a>, \
        built in 1961<sup>1</sup>, and <wbr>well li&shy;ked<script>x</script>.<br>Her sister is the <em>Ibis</em>.</p>\
        <ul><li>one thing is sure<li>another is not</ul><p>{PILOT}</p></article>"
    );
    let expected =
        "Halcyon is a ferry of the Tarn Line, built in 19611, and well liked.\nHer sister is the Ibis.";
    assert_eq!(
        text(&page),
        format!("{FERRY}\n\n{expected}\n\none thing is sure\n\nanother is not\n\n{PILOT}")
    );
}

#[test]
fn block_quotations_keep_their_marks() {
    let quoted =
        |quotation: &str| text(&format!("<article><p>{FERRY}</p>{quotation}<p>{COMPANY}</p></article>"));
    let around = |middle: &str| format!("{FERRY}\n\n{middle}\n\n{COMPANY}");
    assert_eq!(
        quoted(
            "<blockquote><p>Nobody knew where we were.</p><p>Then came the horn.</p><p>— Ann Lee</p></blockquote>"
        ),
        around("“Nobody knew where we were.\n\n“Then came the horn.”\n\n— Ann Lee")
    );
    // those that have marks need none
    assert_eq!(quoted("<blockquote>“Nobody knew.”</blockquote>"), around("“Nobody knew.”"));
    assert_eq!(quoted("<p>She said <q>nobody knew</q> to us.</p>"), around("She said “nobody knew” to us."));
}

#[test]
fn facts_of_the_page() {
    let page = read(&format!(
        "<html lang=en-GB><link rel=canonical href=https://e.org/fog><script type=application/ld+json>\
        {{\"@type\":\"NewsArticle\",\"headline\":\"Ferry lost\",\"author\":{{\"name\":\"Ann Lee\"}},\
        \"datePublished\":\"2025-03-14T09:30:00+0100\",\"dateModified\":\"2025-03-15\",\
        \"publisher\":{{\"name\":\"The Lantern\"}}}}</script><p>{FERRY}<p>{PILOT}"
    ));
    assert_eq!(page.modified.as_deref(), Some("2025-03-15"));
    let expected = Article {
        id: page.article.id.clone(),
        url: Some("https://e.org/fog".into()),
        title: Some("Ferry lost".into()),
        authors: vec!["Ann Lee".into()],
        publisher: Some("The Lantern".into()),
        language: Some("en-GB".into()),
        published: Some("2025-03-14T09:30:00+01:00".into()),
        blocks: page.article.blocks.clone(),
        text: format!("{FERRY}\n\n{PILOT}"),
    };
    assert_eq!(page.article, expected);
}

#[test]
fn text_that_only_machines_are_told() {
    let data = |body: &str| {
        format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}</script>"
        )
    };
    let told = format!("{FERRY}\n\n{PILOT}");
    let escaped = told.replace('\n', "\\n");
    assert_eq!(text(&format!("{}<div id=app>Loading</div>", data(&escaped))), told);
    assert_eq!(text(&format!("{}<div id=app></div>", data(&format!("<p>{FERRY}<p>{PILOT}")))), told);
    // what the page shows counts more, unless it is next to nothing
    let shown = format!("{FERRY} {COMPANY} {FERRY} {COMPANY}");
    assert_eq!(text(&format!("{}<p>{shown}", data("Short."))), shown);
}

#[test]
fn no_news_texts() {
    let links: String =
        (0..20).map(|n| format!("<h2><a href=/{n}>A headline of some length, number {n}</a></h2>")).collect();
    let cards: String = (0..20)
        .map(|n| {
            format!("<div><h3><a href=/{n}>A headline of some length, number {n}</a></h3><p>A teaser of its story.</div>")
        })
        .collect();
    for (page, expected) in [
        (format!("<title>Lantern</title><h1>World</h1>{cards}"), Some(Skip::SectionFront)),
        (format!("<title>404 Page</title><p>{COMPANY}"), Some(Skip::ErrorPage)),
        (format!("<title>Page not found</title><p>{COMPANY}"), Some(Skip::ErrorPage)),
        (format!("<title>Lantern</title><p>{FERRY}</p>{links}"), Some(Skip::SectionFront)),
        (format!("<meta property=og:type content=video.other><p>{FERRY}"), Some(Skip::Video)),
        ("<html><p>Please turn on JavaScript.".into(), Some(Skip::NoText)),
        ("<html>".into(), Some(Skip::NoText)),
        (format!("<title>Ferry not lost</title><p>{FERRY}<p>{PILOT}"), None),
        (format!("<meta property=og:type content=article><article><p>{FERRY}</article>{links}"), None),
    ] {
        assert_eq!(skipped(&page), expected, "{page}");
    }
}

#[test]
fn pages_are_told_from_texts() {
    for page in [
        "<!DOCTYPE html>",
        "\u{feff} \n<HTML>",
        "<?xml version='1.0'?><!doctype html",
        "<div>a",
        "<!-- x --><html>",
    ] {
        assert!(is_html(page.as_bytes()), "{page}");
    }
    for other in [
        "",
        "a <html>",
        "{\"text\": \"<html>\"}",
        "<rss>",
        "<?xml version='1.0'?><feed>",
        "<3",
        "<a@b.org> wrote:",
    ] {
        assert!(!is_html(other.as_bytes()), "{other}");
    }
}

/// Neither a crash nor more than linear time: each takes a fraction of a second.
#[test]
fn hostile_pages() {
    let many = 100_000;
    for element in [
        "div",
        "table",
        "table><tr><td",
        "b",
        "p",
        "ul><li",
        "a",
        "blockquote",
        "q",
        "x-y",
        "svg",
        "form",
        "section class=comments",
    ] {
        let open = format!("<{element}>").repeat(many);
        let stray = format!("</{}>", element.split(['>', ' ']).next().unwrap()).repeat(many);
        let _ = html(format!("{open}{FERRY}{stray}{stray}").as_bytes(), &Origin::default());
    }
    for piece in [
        "<br> <i> </i>",
        "<",
        "<a b='",
        "<!--",
        "<script>",
        "&",
        "&amp",
        "<p>x",
        "<li><a href=x>y</a>",
        "</p>",
        "\0",
        "<h2>x",
        "<a href=\"&amp;a&amp;\">x &amp; y</a>",
        "<p id=a>He said so.",
        "<div>He said so, and all heard it.<br><br>",
        "<b><i></b></i>",
        "<p><b>x",
        "<tr><td>x",
        "<table>x",
        "<template><p>x",
        "<select><option>x",
        "<![CDATA[",
        "<title>x</title><h1>y</h1>",
        "<meta property=og:title content='A b'>",
        "<i itemprop=author class=byline>Ann</i>",
        "<time datetime=x>y</time>",
        "<script type=application/ld+json>{}</script>",
        "&CounterClockwiseContourIntegra",
        "a&shy;",
    ] {
        let _ = html(format!("<p>{FERRY}</p>{}", piece.repeat(many)).as_bytes(), &Origin::default());
    }
    let attributes = format!("<p {}>{FERRY}{PILOT}", "class=a ".repeat(1_000_000));
    assert_eq!(text(&attributes), format!("{FERRY}{PILOT}"));
    let line = format!("<p>{}", "word ".repeat(2_000_000));
    assert_eq!(text(&line).len(), line.len() - 4);
    let huge = " ".repeat(LONGEST_PAGE + 1);
    assert!(matches!(html(huge.as_bytes(), &Origin::default()).unwrap_err().fault, Fault::PageTooLong));
}
