//! Archives of the web, as crawlers write them and as they are found broken.

use crate::testing::{FERRY, PILOT, deflate, found, gzip, told};

/// A record with the length that it should have.
fn record(kind: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    with_length(kind, headers, body, body.len())
}

fn with_length(kind: &str, headers: &str, body: &[u8], length: usize) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

const TARGET: &str = "WARC-Target-URI: https://e.org/2025/03/14/fog\r\nWARC-Date: 2025-03-20T10:00:00Z\r\n";

fn html(words: &str) -> String {
    format!("<html lang=en><title>Ferry lost</title><p>{words}</p>")
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", headers.as_bytes(), b"\r\n", body].concat()
}

/// A page with these words, in a response.
fn response(words: &str) -> Vec<u8> {
    record("response", TARGET, &answer("", html(words).as_bytes()))
}

fn info() -> Vec<u8> {
    record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n")
}

#[test]
fn responses_tell_address_and_moment() {
    let request = record("request", TARGET, b"GET / HTTP/1.1\r\n\r\n");
    let archive = [info(), request, response(FERRY), response(PILOT)].concat();
    let read = found("a.warc", &archive);
    assert_eq!(read.len(), 2);
    let first = read[0].as_ref().unwrap();
    let article = &first.article.output;
    assert_eq!((first.place.to_string().as_str(), article.text.as_str()), ("a.warc!3", FERRY));
    assert_eq!(first.fetched.as_deref(), Some("2025-03-20T10:00:00Z"));
    // the day of fetching is not that of publication
    assert_eq!(article.published.as_deref(), Some("2025-03-14"));
    assert_eq!(article.url.as_deref(), Some("https://e.org/2025/03/14/fog"));
    assert_eq!((article.title.as_deref(), article.publisher.as_deref()), (Some("Ferry lost"), Some("e.org")));

    let members: Vec<u8> = [info(), response(FERRY), response(PILOT)].iter().flat_map(|r| gzip(r)).collect();
    let expected = [format!("a!2: {FERRY}"), format!("a!3: {PILOT}")];
    assert_eq!(told("a", &members), expected);
    let whole = [info(), response(FERRY), response(PILOT)].concat();
    assert_eq!(told("a", &gzip(&whole)), expected);
    let line_feeds = |words: &str| {
        let body = String::from_utf8(answer("", html(words).as_bytes())).unwrap().replace("\r\n", "\n");
        String::from_utf8(record("response", TARGET, body.as_bytes())).unwrap().replace("\r\n", "\n")
    };
    let expected = [format!("a!1: {FERRY}"), format!("a!2: {PILOT}")];
    assert_eq!(told("a", [line_feeds(FERRY), line_feeds(PILOT)].concat().as_bytes()), expected);
}

/// Bytes that no packing makes fewer.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// Wherever the buffer of the file ends, be it right after the first bytes of a member.
#[test]
fn members_that_begin_at_the_end_of_a_buffer() {
    let member = gzip(&response(FERRY));
    for short in 0..200 {
        let before = gzip(&record("request", TARGET, &noise((1 << 16) - 150 - short)));
        let read = told("a", &[before, member.clone()].concat());
        assert_eq!(read, [format!("a!2: {FERRY}")], "{short}");
    }
}

/// A stream of Brotli that stores its bytes as they are (RFC 7932, section 9.2).
fn brotli(bytes: &[u8]) -> Vec<u8> {
    // a window of 2^16 bytes (one bit 0), not the last block (0), a length of four digits of four bits (00), stored (1)
    let header = (bytes.len() as u32 - 1) << 4 | 1 << 20;
    [&header.to_le_bytes()[..3], bytes, &[3]].concat()
}

#[test]
fn bodies_in_codings() {
    let page = html(FERRY);
    let (page, end) = (page.as_bytes(), page.len() - 20);
    let chunks =
        [format!("{end:x};x=y\r\n").as_bytes(), &page[..end], b"\r\n14\r\n", &page[end..], b"\r\n0\r\n\r\n"]
            .concat();
    let check = |headers: &str, body: &[u8]| {
        let archive = record("response", TARGET, &answer(headers, body));
        assert_eq!(told("a", &archive), [format!("a!1: {FERRY}")], "{headers}");
    };
    check("Transfer-Encoding: chunked\r\n", &chunks);
    check("Content-Encoding: gzip\r\n", &gzip(page));
    check("Content-Encoding: deflate\r\n", &deflate(page));
    check("Content-Encoding: br\r\n", &brotli(page));
    check("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &{
        let packed = gzip(page);
        [format!("{:X}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
    });
    // many archives keep the headers of a body that they have unpacked
    for coding in ["Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n"]
    {
        check(coding, page);
    }
}

#[test]
fn the_server_names_the_encoding() {
    let words = "Паром пропал в тумане у берега, сообщила полиция. ".repeat(6);
    let page = html(&words);
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(&page);
    let body = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=KOI8-R\r\n\r\n", &*bytes].concat();
    let settings = crate::Settings { languages: crate::Languages::Any, ..crate::Settings::default() };
    let read = crate::testing::found_by(&settings, "a", &record("response", TARGET, &body));
    assert_eq!(read[0].as_ref().unwrap().article.output.text, words.trim_end());
}

#[test]
fn what_is_no_page_is_skipped() {
    let with = |status: &str, kind: &str, body: &str| {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}");
        told("a", &record("response", TARGET, answer.as_bytes()))
    };
    assert_eq!(with("404 Not Found", "text/html", &html(FERRY)), ["a!1: skipped: an error page"]);
    assert_eq!(with("301 Moved", "text/html", ""), ["a!1: skipped: an answer without a page"]);
    assert_eq!(with("200 OK", "image/jpeg", "\u{0}"), ["a!1: skipped: no page of HTML"]);
    assert_eq!(with("200 OK", "text/html", ""), ["a!1: skipped: no text of an article"]);
    let conversion = record("conversion", "Content-Type: text/plain\r\n", FERRY.as_bytes());
    assert_eq!(told("a", &conversion), [format!("a!1: {FERRY}")]);
}

#[test]
fn media_cloud_tells_of_the_page_before() {
    let about = |json: &str| {
        record("metadata", "Content-Type: application/x.mediacloud-indexer+json\r\n", json.as_bytes())
    };
    let page = |body: &str| {
        let target = "WARC-Target-URI: https://e.org/fog\r\n";
        record("response", target, &answer("", body.as_bytes()))
    };
    let json = r#"{"rss_entry":{"title":"T","pub_date":"Fri, 14 Mar 2025 09:30:00 GMT"},
        "content_metadata":{"publication_date":null,"language":"en","article_title":"Ferry lost"}}"#;
    let archive = [page(&format!("<p>{FERRY}")), about(json), response(PILOT)].concat();
    let read = found("a", &archive);
    let article = &read[0].as_ref().unwrap().article.output;
    assert_eq!(
        (article.title.as_deref(), article.published.as_deref(), article.language.as_deref()),
        (Some("Ferry lost"), Some("2025-03-14T09:30:00Z"), Some("en"))
    );
    assert_eq!(read.len(), 2);
    // a page that a script fills: its text was found when it was fetched
    let json =
        format!(r#"{{"content_metadata":{{"text_content":"{FERRY}","publication_date":"2025-03-14"}}}}"#);
    assert_eq!(told("a", &[page("<div id=app></div>"), about(&json)].concat()), [format!("a!1: {FERRY}")]);
}

#[test]
fn lengths_that_lie() {
    let long = |length| with_length("response", TARGET, &answer("", html(FERRY).as_bytes()), length);
    let honest = answer("", html(FERRY).as_bytes()).len();
    let pages = [format!("a!1: {FERRY}"), format!("a!2: {PILOT}")];
    let check = |archive: &[u8], complaint: &str| {
        let read = told("a", archive);
        assert!(pages.iter().all(|page| read.contains(page)), "{read:?}");
        assert!(read.iter().any(|line| line.contains(complaint)), "{read:?}");
    };
    check(&[long(honest + 200), response(PILOT)].concat(), "reaches into the next record");
    check(&[long(60_000_000), response(PILOT)].concat(), "reaches into the next record");
    check(&[long(honest - 50), response(PILOT)].concat(), "shorter than the record");
    let huge = told("a", &[long(99_999_999_999_999), response(PILOT)].concat());
    assert_eq!(huge[0], "a!1: damaged: a record without a length, or over 65 MiB");
    assert!(huge.last().unwrap().ends_with(PILOT), "{huge:?}");
}

#[test]
fn what_is_cut_or_broken_is_named_and_the_next_record_found() {
    let archive = [response(FERRY), response(PILOT)].concat();
    assert_eq!(
        told("a", &archive[..archive.len() - 40]),
        [format!("a!1: {FERRY}"), "a!2: cut in the middle".into()]
    );
    let garbage = [response(FERRY), b"\0garbage\nmore of it\n".to_vec(), response(PILOT)].concat();
    let read = told("a", &garbage);
    assert_eq!(
        (&read[0], read.last()),
        (&format!("a!1: {FERRY}"), Some(&format!("a!3: {PILOT}"))),
        "{read:?}"
    );

    // of many members one is broken, wherever it is
    let other = |n: usize| response(&format!("{FERRY} It was ship number {n}."));
    let whole: Vec<Vec<u8>> = (0..20).map(|n| gzip(&other(n))).collect();
    for at in [0, 3, 12, 40, 200] {
        let mut members = whole.clone();
        members[7][at..at + 3].fill(0xAA);
        let read = told("a", &members.concat());
        let articles = read.iter().filter(|line| line.contains("It was ship")).count();
        assert!(articles >= 19 - usize::from(at > 3), "{at}: {read:?}");
        assert!(read.iter().any(|line| !line.contains("It was ship")), "{at}: {read:?}");
        assert!(read.last().unwrap().contains("number 19"), "{at}: {read:?}");
    }
    let cut = whole.concat();
    let read = told("a", &cut[..cut.len() - 30]);
    assert_eq!((read.len(), &*read[19]), (20, "a!20: cut in the middle"));
}

/// The decoder of a member that is cut reads on in the next one, which is read all the same.
#[test]
fn a_member_after_one_that_is_cut() {
    let [one, two, three] =
        ["one", "two", "three"].map(|n| gzip(&response(&format!("{FERRY} That was {n}."))));
    for cut in [1, 4, 9, 20, 60] {
        let read = told("a", &[&one, &two[..two.len() - cut], &three].concat());
        assert_eq!(
            (&*read[0], read.last()),
            (&*format!("a!1: {FERRY} That was one."), Some(&format!("a!3: {FERRY} That was three."))),
            "{cut}: {read:?}"
        );
        assert!(read.iter().any(|line| line.starts_with("a!2: c")), "{cut}: {read:?}");
    }
}

#[test]
fn a_page_that_unpacks_to_nothing_but_itself() {
    let bomb = gzip(&vec![b' '; 70 << 20]);
    let archive =
        [record("response", TARGET, &answer("Content-Encoding: gzip\r\n", &bomb)), response(FERRY)].concat();
    assert_eq!(
        told("a", &archive),
        ["a!1: page over 64 MiB or four million elements".to_owned(), format!("a!2: {FERRY}")]
    );
}
/// A page that is like no other: more or less text, clutter around it, in another encoding, coding or order.
fn varied(n: usize) -> (Vec<u8>, String) {
    let paragraphs: Vec<String> = (0..3 + n % 7)
        .map(|nth| {
            format!(
                "In week {nth} of case {n} the harbour master said that ship {} was late, and why.",
                n * nth
            )
        })
        .collect();
    let links: String = (0..n % 20).map(|nth| format!("<li><a href=/{nth}>Section {nth}</a>")).collect();
    let script = format!("<script>var x = {:?};</script>", "x".repeat(n % 5 * 400));
    let page = format!(
        "<!doctype html><html lang=en><head><title>Case {n}</title>{script}</head><body><nav><ul>{links}</ul></nav>\
        <article><h1>Case {n}</h1><p>{}</p></article><footer>© Lantern</footer></body></html>",
        paragraphs.join(if n.is_multiple_of(2) { "</p><p>" } else { "\n<p>" })
    );
    let answer = match n % 3 {
        0 => answer("", page.as_bytes()),
        1 => answer("Content-Encoding: gzip\r\n", &gzip(page.as_bytes())),
        _ => answer(
            "Transfer-Encoding: chunked\r\n",
            format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len()).as_bytes(),
        ),
    };
    (record("response", TARGET, &answer), paragraphs.join("\n\n"))
}

#[test]
fn two_thousand_pages() {
    let (records, texts): (Vec<_>, Vec<_>) = (0..2000).map(varied).unzip();
    let archive: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let read = found("a.warc.gz", &archive).into_iter().map(|found| found.unwrap().article.output.text);
    assert!(read.eq(texts));
}
