//! Feeds as they should be, and as they are.

use super::join;
use crate::testing::{FERRY, PILOT, found, told};
use onrecord::Article;

fn articles(feed: &str) -> Vec<Article> {
    found("feed", feed.as_bytes()).into_iter().map(|found| found.unwrap().article.output).collect()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
        <channel><title>The Lantern</title><link>https://e.org/</link><language>en-gb</language>{items}</channel></rss>"
    )
}

#[test]
fn rss_with_whole_texts() {
    let read = articles(&rss(&format!(
        "<item><title>Ferry &amp;amp; fog</title><link>/2025/fog</link><pubDate>Fri, 14 Mar 2025 09:30:00 EST</pubDate>\
        <dc:creator><![CDATA[Ann Lee and Bo Dahl]]></dc:creator><description>Short.</description>\
        <media:content url=\"a.mp4\"/><content:encoded><![CDATA[<p>{FERRY}</p><p>{PILOT}</p>]]></content:encoded></item>\
        <item><title>Second</title><content:encoded>&lt;p&gt;{FERRY}&lt;/p&gt;</content:encoded></item>"
    )));
    let expected = Article {
        id: read[0].id.clone(),
        url: Some("https://e.org/2025/fog".into()),
        title: Some("Ferry & fog".into()),
        authors: vec!["Ann Lee".into(), "Bo Dahl".into()],
        publisher: Some("The Lantern".into()),
        language: Some("en-gb".into()),
        published: Some("2025-03-14T09:30:00-05:00".into()),
        text: format!("{FERRY}\n\n{PILOT}"),
        blocks: vec![],
    };
    assert_eq!((&read[0], read[1].text.as_str()), (&expected, FERRY));
}

#[test]
fn atom() {
    let read = articles(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" xml:base=\"https://e.org/news/\"><title type=\"text\">\
        Lantern</title><link rel=\"self\" href=\"feed.xml\"/><entry><title type=\"html\">A &lt;b&gt;ferry&lt;/b&gt;</title>\
        <link rel=\"replies\" href=\"c\"/><link rel=\"alternate\" href=\"fog.html?a=1&amp;b=2\"/><updated>2025-03-15</updated>\
        <published>2025-03-14T09:30:00Z</published><author><name>Ann Lee</name><uri>x</uri></author><summary>S</summary>\
        <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{FERRY}</p><p>{PILOT}</p></div></content>\
        </entry></feed>"
    ));
    let article = &read[0];
    assert_eq!(article.text, format!("{FERRY}\n\n{PILOT}"));
    assert_eq!(
        (article.title.as_deref(), article.url.as_deref(), article.published.as_deref()),
        (Some("A ferry"), Some("https://e.org/news/fog.html?a=1&b=2"), Some("2025-03-14T09:30:00Z"))
    );
    assert_eq!(
        (article.authors.join("+"), article.publisher.as_deref()),
        ("Ann Lee".into(), Some("Lantern"))
    );
}

#[test]
fn json_feeds_and_news_items() {
    let feed = format!(
        "{{\n\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Lantern\", \"items\": [{{\"title\": \"Fog\",\
        \"url\": \"https://e.org/fog\", \"content_html\": \"<p>{FERRY}</p>\", \"authors\": [{{\"name\": \"Ann Lee\"}}],\
        \"date_published\": \"2025-03-14T09:30:00Z\"}}, {{\"content_text\": \"Plain.\"}}, {{\"title\": \"None\"}}]}}"
    );
    let read = told("feed.json", feed.as_bytes());
    let teaser = "feed.json!3: skipped: a teaser without its article";
    assert_eq!(read, [format!("feed.json!1: {FERRY}"), "feed.json!2: Plain.".into(), teaser.into()]);
    let first = articles(&feed.replace(", {\"title\": \"None\"}", "")).remove(0);
    assert_eq!((first.authors, first.publisher), (vec!["Ann Lee".to_owned()], Some("Lantern".to_owned())));

    let ninjs = format!(
        "[{{\"uri\": \"tag:e.org,2025:1\", \"headline\": \"Fog\", \"byline\": \"By Ann Lee\", \"language\": \"en\",\
        \"versioncreated\": \"2025-03-14T09:30:00Z\", \"body_html\": \"<p>{FERRY}</p>\"}}, {{\"uri\": \"https://e.org/2\",\
        \"headlines\": [{{\"role\": \"main\", \"value\": \"Pilot\"}}], \"infosources\": [{{\"name\": \"Lantern\"}}],\
        \"bodies\": [{{\"role\": \"main\", \"contentType\": \"text/plain\", \"value\": \"{PILOT}\"}}]}}, {{\"x\": 1}}]"
    );
    let read = found("a", ninjs.as_bytes());
    let first = &read[0].as_ref().unwrap().article.output;
    assert_eq!((first.title.as_deref(), first.text.as_str(), first.authors.len()), (Some("Fog"), FERRY, 1));
    let second = &read[1].as_ref().unwrap().article.output;
    assert_eq!((second.title.as_deref(), second.publisher.as_deref()), (Some("Pilot"), Some("Lantern")));
    assert_eq!(second.text, PILOT);
    assert_eq!(read[2].as_ref().unwrap_err().to_string(), "a!3: no text in \"text\"");
    // objects of articles that are no lines
    assert_eq!(told("a", b"{\n \"text\": \"One.\"\n}"), ["a: One."]);
    assert_eq!(told("a", b"[{\"text\": \"One.\"}, {\"text\": \"Two.\"}]"), ["a!1: One.", "a!2: Two."]);
    assert_eq!(told("a", b"[Editor's note] One."), ["a: [Editor's note] One."]);
}

#[test]
fn news_ml() {
    let item = |body: &str| {
        format!(
            "<newsItem guid=\"g\" xml:lang=\"en\"><itemMeta><versionCreated>2025-03-14T09:30:00Z</versionCreated>\
            <provider><name>Lantern Agency</name></provider></itemMeta><contentMeta><headline>Fog</headline>\
            <by>By Ann Lee</by></contentMeta><contentSet>{body}</contentSet></newsItem>"
        )
    };
    let message = [
        "<?xml version=\"1.0\"?><newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>"
            .to_owned(),
        item(&format!(
            "<inlineXML><nitf><body><body.head><hedline>Fog</hedline></body.head><body.content><p>{FERRY}</p>\
            </body.content></body></nitf></inlineXML>"
        )),
        item(&format!(
            "<inlineXML><html><head><title>Fog</title></head><body><p>{PILOT}</p></body></html></inlineXML>"
        )),
        item(&format!("<inlineData contenttype=\"text/plain\">{FERRY} A &amp; B.</inlineData>")),
        "</itemSet></newsMessage>".to_owned(),
    ]
    .concat();
    let read = articles(&message);
    let texts: Vec<_> = read.iter().map(|article| article.text.as_str()).collect();
    assert_eq!(texts, [FERRY, PILOT, &format!("{FERRY} A & B.")]);
    assert_eq!((read[0].title.as_deref(), read[0].authors.join("+")), (Some("Fog"), "Ann Lee".to_owned()));
    assert_eq!(
        (read[0].published.as_deref(), read[0].publisher.as_deref(), read[0].language.as_deref()),
        (Some("2025-03-14T09:30:00Z"), Some("Lantern Agency"), Some("en"))
    );
}

#[test]
fn teasers_are_skipped_and_long_summaries_read() {
    let long = format!("{FERRY} {PILOT} ").repeat(4);
    let feed = rss(&format!(
        "<item><description>{FERRY}</description></item><item><description>{long}</description></item><item/>"
    ));
    let teaser = |n: u8| format!("f!{n}: skipped: a teaser without its article");
    assert_eq!(told("f", feed.as_bytes()), [teaser(1), format!("f!2: {}", long.trim()), teaser(3)]);
    assert_eq!(told("f", rss("").as_bytes()), ["f: skipped: no text of an article"]);
}

#[test]
fn broken_feeds_are_salvaged() {
    let item = |words: &str| {
        format!(
            "<item><title>R&D at AT&T</title><content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>"
        )
    };
    let whole = rss(&(item(FERRY) + &item(PILOT)));
    let read = articles(&whole);
    assert_eq!((read[0].title.as_deref(), read[1].text.as_str()), (Some("R&D at AT&T"), PILOT));
    // cut in the last item, in its text and in its tag
    for cut in [80, 110, 130] {
        assert_eq!(told("f", &whole.as_bytes()[..whole.len() - cut])[0], format!("f!1: {FERRY}"), "{cut}");
    }
    assert!(told("f", &whole.as_bytes()[..whole.len() - 55])[1].starts_with("f!2: “We heard"));
    // items and fields without an end
    let open = rss(&format!(
        "<item><title>A<content:encoded>&lt;p&gt;{FERRY}</content:encoded><item><title>B</title>\
        <description>x</item>"
    ));
    assert_eq!(told("f", open.as_bytes())[0], format!("f!1: {FERRY}"));
    // HTML that nobody escaped, entities that XML does not know, and those that a document declares
    let odd = rss(&format!(
        "<item><content:encoded><p>{FERRY}</p><p>Caf&eacute;&nbsp;x &unknown; <br>y</p></content:encoded></item>"
    ));
    assert_eq!(told("f", odd.as_bytes()), [format!("f!1: {FERRY}\n\nCafé x &unknown;\ny")]);
    let entities: String =
        (1..12).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    let bomb = rss(&item(&format!("{FERRY} &a11;")))
        .replace("<rss", &format!("<!DOCTYPE x [<!ENTITY a0 \"ha\">{entities}]><rss"));
    assert_eq!(told("f", bomb.as_bytes()), [format!("f!1: {FERRY} &a11;")]);
    // dates that are none
    let dated = rss(&item(FERRY).replace("</title>", "</title><pubDate>Fri, 31 Feb 2025</pubDate>"));
    let read = found("f", dated.as_bytes()).remove(0).unwrap().article;
    assert_eq!((read.output.published, read.warnings.len()), (None, 1));
}

#[test]
fn hostile_feeds() {
    let many = 200_000;
    for piece in [
        "<item>",
        "<item><title>",
        "<a>",
        "<![CDATA[",
        "<!--",
        "<!DOCTYPE [",
        "&amp;",
        "</item>",
        "<a b='",
        "<?",
    ] {
        let _ = told("f", rss(&piece.repeat(many)).as_bytes());
    }
    let names: String = (0..many).map(|n| format!("<x{n}>")).collect();
    let _ = told("f", rss(&format!("<item>{names}")).as_bytes());
    let _ = told("f", format!("<rss>{}", names).as_bytes());
}

#[test]
fn addresses() {
    for (base, url, whole) in [
        (Some("https://e.org/news/feed.xml?x"), "fog.html", "https://e.org/news/fog.html"),
        (Some("https://e.org"), "fog", "https://e.org/fog"),
        (Some("https://e.org/news/"), "/fog", "https://e.org/fog"),
        (Some("https://e.org/news/"), "//f.org/fog", "https://f.org/fog"),
        (Some("https://e.org/news/"), "http://f.org/", "http://f.org/"),
        (Some("https://e.org/news/"), "mailto:a@e.org", "mailto:a@e.org"),
        (None, "fog", "fog"),
    ] {
        assert_eq!(join(base, url), whole);
    }
}
