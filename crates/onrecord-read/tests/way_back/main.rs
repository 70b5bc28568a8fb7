//! The way back: every character of an article's text is found in the page, where its blocks say.

mod back;
mod pages;

use onrecord::BlockKind;
use onrecord_read::{Origin, html};

/// Reads a page and checks its way back; how many blocks it has, and how many of them have one.
#[track_caller]
fn check(page: &str) -> (usize, usize) {
    let Ok(found) = html(page.as_bytes(), &Origin::new("page.html")) else { return (0, 0) };
    let article = found.output.article;
    let complaint = back::complaint(page, &article);
    assert_eq!(complaint, Ok(()), "{page}");
    (article.blocks.len(), article.blocks.iter().filter(|block| block.path.is_some()).count())
}

/// Pages of all that news pages have in them, each by its own dice.
#[test]
fn generated_pages() {
    let (mut blocks, mut sure) = (0, 0);
    for seed in 0..3000 {
        let (more, more_sure) = check(&pages::page(seed));
        (blocks, sure) = (blocks + more, sure + more_sure);
    }
    assert!(blocks > 10_000 && sure * 10 > blocks * 9, "{sure} of {blocks}");
}

#[test]
fn an_identifier_twice_and_none() {
    let words = pages::WORDS;
    let page = format!(
        "<!doctype html><div id=a></div><div id=a><p>{words}<p id=b>{words}</div><blockquote><p>{words}</blockquote>"
    );
    let article = html(page.as_bytes(), &Origin::new("page.html")).unwrap().output.article;
    let paths: Vec<_> = article.blocks.iter().filter_map(|block| block.path.as_deref()).collect();
    let expected = [
        "body > div:nth-of-type(2) > p:nth-of-type(1)",
        "#b",
        "body > blockquote:nth-of-type(1) > p:nth-of-type(1)",
    ];
    assert_eq!(paths, expected);
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Quotation]);
    check(&page);
}

/// What browsers mend, each in their own way.
#[test]
fn broken_pages() {
    let words = pages::WORDS;
    for page in [
        format!("é{words}<p>{words}"),
        format!("<b><p>{words}</b> {words}</p>{words}"),
        format!("<p>{words}<table><tr><td>{words}</table>{words}"),
        format!("<table><td>{words}<tr><td>{words}<tbody><tr><td>{words}</table>"),
        format!("<div></p><p>{words}</p></p><p>{words}</div>"),
        format!("<form><div><form><p>{words}</form></div><p>{words}"),
        format!("<a href=x><div>{words}<a href=y>{words}</a></div></a><p>{words}"),
        format!("<title>x</title><img><div>{words}</div><head><p>{words}<body><p>{words}"),
        format!("<i>{words}<p>{words}</i>{words}<p>{words}"),
        format!("<ul><li>{words}<p>{words}<li>{words}</ul><dl><dt>{words}<dd>{words}<dt>{words}</dl>"),
        format!("<h2>{words}<h3>{words}</h2><p>{words}"),
        format!("<select><p>{words}</select><p>{words}<option>{words}"),
        format!("<svg><desc><p>{words}</desc></svg><p>{words}"),
        format!("<nobr>{words}<nobr>{words}</nobr><p>{words}"),
        format!("<button>{words}<button>{words}</button><p>{words}"),
        format!("<center>{words}<p>{words}</center></font><p>{words}"),
        format!("<table>{words}<p>{words}</p><tr><td>{words}</table><p>{words}"),
        format!("<div>{words}</span></div><p>{words}</div></section><p>{words}"),
        format!("<frameset><p>{words}</frameset><p>{words}"),
        format!("<template><p>{words}</template><p>{words}"),
        format!("<p>{words}<noscript><p>{words}</noscript>{words}"),
    ] {
        check(&page);
    }
}
