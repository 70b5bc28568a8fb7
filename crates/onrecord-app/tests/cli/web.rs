//! Addresses of the web among the inputs, against a server on loopback.

use std::time::Duration;

use crate::program::Folder;
use crate::server::{Answer, Server};

const FERRY: &str = "<!doctype html><html lang=en><title>Ferry lost in fog</title>
<p>The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt.</p>
<p>“We heard the horn long before we saw her,” said Ann Lee, a pilot, who led the ship home.</p>";

#[test]
fn addresses_among_files_in_their_order() {
    let server = Server::with(&[
        ("/old", Answer::moved("/2025/03/14/ferry")),
        ("/2025/03/14/ferry", Answer::page(FERRY)),
    ]);
    let folder = Folder::new("web").with("a.txt", "First.").with("b.txt", "Last.");
    let (page, none) = (server.url("/old"), server.url("/none"));
    let ran = folder.run(&format!("read --allow-local a.txt {page} {none} b.txt"));
    let records = ran.records();
    assert_eq!((ran.code, records.len(), ran.each("title")[1].as_str()), (1, 3, "Ferry lost in fog"));
    assert_eq!((records[0]["text"].as_str(), records[2]["text"].as_str()), (Some("First."), Some("Last.")));
    assert_eq!(records[1]["url"], server.url("/2025/03/14/ferry"));
    assert_eq!(records[1]["published"], "2025-03-14");
    assert!(records[1]["statements"].as_array().is_some_and(|found| !found.is_empty()));
    assert_eq!(ran.err, format!("error: {none}: cannot be read: 404 Not Found\n"));
    assert_eq!(server.targets(), ["/robots.txt", "/old", "/2025/03/14/ferry", "/none"]);
    let asked = server.asked();
    assert!(
        asked[2..].windows(2).all(|pair| pair[1].when - pair[0].when >= Duration::from_secs(1)),
        "{asked:?}"
    );
    let ran = folder.run(&format!("explain --allow-local {page} 0"));
    assert!(ran.code == 0 && ran.out.contains("Ann Lee"), "{ran:?}");
    let ran = folder.run(&format!("text --allow-local {page}"));
    let head = format!("{page}\ntitle: Ferry lost in fog\n");
    assert!(ran.code == 0 && ran.out.starts_with(&head), "{ran:?}");
}

/// The pages of one host do not wait for those of another, each host is asked for one after the other, and what is read
/// comes in the order in which it was named.
#[test]
fn several_hosts_at_once() {
    let server = Server::with(&[("/1", Answer::page(FERRY)), ("/2", Answer::page(FERRY))]);
    let other = |path: &str| server.url(path).replace("127.0.0.1", "localhost");
    let urls = [server.url("/1"), server.url("/2"), other("/1"), other("/2"), other("/3")];
    let ran = Folder::new("hosts").run(&format!("read --allow-local {}", urls.join(" ")));
    assert_eq!(ran.each("url"), urls[..4], "{ran:?}");
    assert_eq!(ran.err, format!("error: {}: cannot be read: 404 Not Found\n", urls[4]));
    let of = |host: &str| -> Vec<_> {
        server.asked().into_iter().filter(|asked| asked.headers["host"].starts_with(host)).collect()
    };
    let (one, two) = (of("127.0.0.1"), of("localhost"));
    for (asked, targets) in
        [(&one, vec!["/robots.txt", "/1", "/2"]), (&two, vec!["/robots.txt", "/1", "/2", "/3"])]
    {
        assert_eq!(asked.iter().map(|asked| asked.target.as_str()).collect::<Vec<_>>(), targets);
        let pauses = asked[1..].windows(2).map(|pair| pair[1].when - pair[0].when);
        assert!(pauses.min() >= Some(Duration::from_secs(1)), "{asked:?}");
    }
    assert!(two[0].when < one[2].when, "{:?}", server.asked());
}

#[test]
fn local_addresses_are_refused_unless_allowed() {
    let server = Server::with(&[("/a", Answer::page(FERRY))]);
    let ran = Folder::new("local").run(&format!("read {}", server.url("/a")));
    let reason = "cannot be read: 127.0.0.1 is no public address (--allow-local permits it)";
    assert_eq!((ran.code, ran.err), (1, format!("error: {}: {reason}\n", server.url("/a"))));
    assert!(server.asked().is_empty());
}

#[test]
fn encodings_that_servers_declare() {
    let words =
        "The caf\u{e9} of Ren\u{e9} Lef\u{e8}vre stays open, the town said on Friday, whatever the weather.";
    let page = format!("<html lang=en><title>Open</title><p>{words}</p><p>{words}</p>");
    let latin: Vec<u8> = page.chars().map(|c| c as u8).collect();
    let answer = |charset: &str, body: &[u8]| {
        Answer::new("200 OK", &format!("Content-Type: text/html; charset={charset}\r\n"), body)
    };
    let server = Server::with(&[
        ("/right", answer("iso-8859-1", &latin)),
        ("/wrong", answer("utf-8", &latin)),
        ("/other", answer("windows-1251", page.as_bytes())),
    ]);
    let urls = ["/right", "/wrong", "/other"].map(|path| server.url(path)).join(" ");
    let ran = Folder::new("charset").run(&format!("read --allow-local {urls}"));
    assert!(ran.each("text").iter().all(|text| text.starts_with(words)), "{ran:?}");
    assert_eq!((ran.code, ran.records().len()), (0, 3));
}

#[test]
fn what_is_no_address_is_named() {
    let ran = Folder::new("address").with("a.txt", "A text.").run("read https://ann@example.org/ a.txt");
    let reason = "cannot be read: no address to fetch: it holds a name or password";
    assert_eq!(
        (ran.code, ran.records().len(), ran.err),
        (1, 1, format!("error: https://ann@example.org/: {reason}\n"))
    );
}

#[test]
fn a_page_that_does_not_end_is_given_up() {
    let pause = Duration::from_millis(200);
    let server =
        Server::with(&[("/a", Answer::endless("Content-Type: text/html\r\n", 50, pause, b"<p>and so on "))]);
    let ran = Folder::new("timeout").run(&format!("read --allow-local --timeout 1 {}", server.url("/a")));
    assert_eq!(
        (ran.code, ran.err),
        (1, format!("error: {}: cannot be read: not all of it came in time\n", server.url("/a")))
    );
}
