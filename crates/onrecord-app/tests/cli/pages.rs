//! Pages: the article in them is read, what is none is passed over and counted.

use crate::program::Folder;

const PAGE: &str = "<!doctype html><html lang=en><title>Ferry lost in fog | The Lantern</title>
<meta property=og:site_name content='The Lantern'><meta property=article:published_time content=2025-03-14>
<nav><a href=/>Home</a></nav>
<p>The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt.</p>
<p>“We heard the horn long before we saw her,” said Ann Lee, a pilot, who led the ship home.</p>";

#[test]
fn the_article_of_a_page() {
    let folder =
        Folder::new("page").with("in/page", PAGE).with("in/shell.html", "<html><p>Turn on JavaScript.");
    let ran = folder.run("text in");
    let expected = "in/page\ntitle: Ferry lost in fog\nauthors: not told\npublisher: The Lantern\n\
        published: 2025-03-14\nurl: not told\nlanguage: en\n\n\
        The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt.\n\n\
        “We heard the horn long before we saw her,” said Ann Lee, a pilot, who led the ship home.\n\n";
    assert_eq!((ran.code, ran.out.replace('\\', "/").as_str()), (0, expected));
    assert_eq!(ran.err.replace('\\', "/"), "warning: in/shell.html: skipped: no text of an article\n");
}

/// What a page had stands in the record and in the ledger, and the page of the article shows it.
#[test]
fn the_way_back_to_the_page() {
    let parts = "<article id=story><h2>The fog</h2><p>É: nobody was hurt, <b>the harbour master</b> said on Friday. The \
        ferry had lost its way off Tarn.<blockquote>We heard the horn long before we saw her.</blockquote><ul><li>The pilot \
        led the ship home, he said.</ul></article>";
    let folder = Folder::new("way").with("in.html", format!("{PAGE}{parts}"));
    let text = folder.run("text --places in.html").out;
    for line in [
        "[#story > p:nth-of-type(1)]\nÉ: nobody was hurt, the harbour master said on Friday.",
        "[#story > h2:nth-of-type(1)]\n## The fog",
        "[#story > blockquote:nth-of-type(1)]\n> “We heard the horn",
        "[#story > ul:nth-of-type(1) > li:nth-of-type(1)]\n- The pilot",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let blocks = folder.run("read in.html").records()[0]["blocks"].clone();
    let kinds: Vec<_> =
        blocks.as_array().unwrap().iter().map(|block| block["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["paragraph", "paragraph", "heading", "paragraph", "quotation", "item"]);
    assert_eq!((folder.run("keep in.html").code, folder.run("verify").code), (0, 0));
    assert_eq!(folder.run("export --format jsonl").records()[0]["blocks"], blocks);
    let report = folder.run("report in.html").out;
    for markup in ["<h2 dir=\"auto\">The fog</h2>", "<blockquote><p dir=\"auto\">", "<ul><li dir=\"auto\">"] {
        assert!(report.contains(markup), "{report}");
    }
}

#[test]
fn pages_are_read_and_the_skipped_counted() {
    let folder = Folder::new("pages")
        .with("in/a.html", PAGE)
        .with("in/b.html", "<html><title>404</title><p>This page is not here.")
        .with("in/c.html", "<html><p>Turn on JavaScript.")
        .with("in/d.html", "<html>");
    let ran = folder.run("read in");
    assert_eq!((ran.code, ran.each("title")), (0, vec!["Ferry lost in fog".to_owned()]));
    assert!(ran.records()[0]["statements"].as_array().is_some_and(|found| !found.is_empty()));
    assert_eq!(ran.err, "warning: skipped 3: an error page (1), no text of an article (2)\n");
}

#[test]
fn other_languages_are_skipped_unless_forced() {
    let german =
        "Die Fähre kam im Nebel vor Tarn vom Kurs ab, verletzt wurde niemand, sagte der Hafenmeister. ";
    let folder = Folder::new("german").with("in.txt", german.repeat(4));
    let ran = folder.run("read in.txt");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (0, "", "warning: skipped 1: not English (1)\n")
    );
    assert_eq!(folder.run("read in.txt --force").records().len(), 1);
    assert!(folder.run("text in.txt").out.ends_with(&format!("{}\n\n", german.repeat(4).trim_end())));
}
