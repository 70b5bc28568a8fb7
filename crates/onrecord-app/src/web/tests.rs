//! The web against a real server on loopback.

use std::io::Write;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

#[path = "../../tests/cli/server.rs"]
mod server;

use super::*;
use server::{Answer, Server};

/// Quick ones, as a server on loopback bears them.
const QUICK: Limits = Limits {
    connect: Duration::from_secs(5),
    read: Duration::from_millis(300),
    whole: Duration::from_millis(900),
    bytes: 1 << 20,
    pause: Duration::ZERO,
    patience: Duration::from_secs(2),
};

/// The server's own address alone stands for the public ones.
fn home(address: IpAddr) -> bool {
    address == IpAddr::from([127, 0, 0, 1])
}

fn fetch_by(web: &Web, url: &str) -> Result<Fetched, String> {
    web.fetch(url).map_err(|error| error.to_string())
}

fn fetch(url: &str) -> Result<Fetched, String> {
    fetch_by(&Web::new(home, QUICK), url)
}

#[track_caller]
fn refused(server: &Server, path: &str, reason: &str) {
    assert_eq!(fetch(&server.url(path)).map(|fetched| fetched.url.to_string()), Err(reason.to_owned()));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_and_what_is_known_of_it() {
    let headers = "Content-Type: Text/HTML; Charset=\"windows-1251\"\r\nETag: \"v1\"\r\nLast-Modified: Fri, 14 Mar 2025 09:00:00 GMT\r\n";
    let server =
        Server::with(&[("/a", Answer::moved("b?c#d")), ("/b?c", Answer::new("200 OK", headers, "words"))]);
    let fetched = fetch(&server.url("/a")).unwrap();
    assert_eq!(
        (fetched.url.as_str(), fetched.bytes.as_slice()),
        (server.url("/b?c").as_str(), &b"words"[..])
    );
    assert_eq!(fetched.charset.as_deref(), Some("windows-1251"));
    let modified = "Fri, 14 Mar 2025 09:00:00 GMT".to_owned();
    assert_eq!(fetched.version, Version { etag: Some("\"v1\"".into()), last_modified: Some(modified) });
    assert_eq!(server.targets(), ["/robots.txt", "/a", "/b?c"]);
    let asked = server.asked().pop().unwrap();
    assert!(asked.headers["user-agent"].starts_with("onrecord/"), "{asked:?}");
    assert_eq!(asked.headers["accept-encoding"], "gzip");
}

#[test]
fn what_has_not_changed_does_not_come_again() {
    let server = Server::new(|asked| {
        let asked = &asked[asked.len() - 1];
        match asked.headers.get("if-none-match").map(String::as_str) {
            Some("\"v1\"") => Answer::new("304 Not Modified", "", ""),
            _ => Answer::new("200 OK", "ETag: \"v1\"\r\n", "words"),
        }
    });
    let (web, url) = (Web::new(home, QUICK), server.url("/feed"));
    let first = web.fetch_changed(&url, &Version::default()).unwrap().unwrap();
    assert!(web.fetch_changed(&url, &first.version).unwrap().is_none());
    assert!(
        web.fetch_changed(&url, &Version { etag: Some("\"v0\"".into()), ..first.version }).unwrap().is_some()
    );
}

#[test]
fn robots_are_asked_once_and_obeyed() {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\n";
    let server = Server::with(&[
        ("/robots.txt", Answer::new("200 OK", "", robots)),
        ("/a", Answer::page("a")),
        ("/b", Answer::moved("/private/b")),
    ]);
    let web = Web::new(home, QUICK);
    assert!(fetch_by(&web, &server.url("/a")).is_ok());
    for (path, reason) in
        [("/private/a", "not allowed by robots.txt"), ("/b", "redirected: not allowed by robots.txt")]
    {
        assert_eq!(fetch_by(&web, &server.url(path)).map(|_| ()), Err(reason.to_owned()));
    }
    assert_eq!(server.targets(), ["/robots.txt", "/a", "/b"]);
}

#[test]
fn robots_that_fail_permit_nothing() {
    let failing = |status: &'static str| {
        Server::with(&[("/robots.txt", Answer::new(status, "", "")), ("/a", Answer::page("a"))])
    };
    let reason = "nothing is fetched while robots.txt cannot be: 503 Service Unavailable";
    refused(&failing("503 Service Unavailable"), "/a", reason);
    assert!(fetch(&failing("403 Forbidden").url("/a")).is_ok());
    let circle = Server::with(&[("/robots.txt", Answer::moved("/robots.txt")), ("/a", Answer::page("a"))]);
    assert!(fetch(&circle.url("/a")).is_ok());
}

#[test]
fn addresses_that_are_not_public_are_refused() {
    let server = Server::with(&[
        ("/a", Answer::moved("http://127.0.0.2:9/")),
        ("/b", Answer::moved("http://169.254.169.254/latest/meta-data/")),
        ("/c", Answer::moved("http://[::ffff:10.0.0.1]/")),
        ("/d", Answer::moved("//2130706434:80/")),
    ]);
    let refusal = |address| format!("redirected: {address} is no public address (--allow-local permits it)");
    refused(&server, "/a", &refusal("127.0.0.2"));
    refused(&server, "/b", &refusal("169.254.169.254"));
    refused(&server, "/c", &refusal("::ffff:10.0.0.1"));
    refused(&server, "/d", &refusal("127.0.0.2"));
    let strict = Web::new(is_public, QUICK);
    for name in [server.url("/a"), server.url("/a").replace("127.0.0.1", "localhost")] {
        let reason = fetch_by(&strict, &name).unwrap_err();
        assert!(reason.ends_with("1 is no public address (--allow-local permits it)"), "{reason}");
    }
    assert_eq!(server.targets().iter().filter(|target| *target == "/a").count(), 1);
}

#[test]
fn redirects_that_lead_nowhere() {
    let server = Server::new(|asked| {
        let target = &asked[asked.len() - 1].target;
        match target.strip_prefix("/on/") {
            Some(number) => Answer::moved(&format!("/on/{}", number.parse::<u32>().unwrap() + 1)),
            None if target == "/a" => Answer::moved("/b"),
            None if target == "/b" => Answer::moved("/a"),
            None if target == "/file" => Answer::moved("file:///etc/passwd"),
            None => Answer::new("302 Found", "", ""),
        }
    });
    let server = &server;
    // this server's robots.txt leads nowhere either, and so forbids nothing
    refused(server, "/on/1", "redirected more than 10 times");
    refused(server, "/a", "redirected in a circle");
    refused(server, "/file", "redirected: no address to fetch: neither http nor https");
    refused(server, "/none", "302 Found");
}

#[test]
fn slow_and_endless_answers_end() {
    let (drop, pause) = ("Content-Type: text/html\r\n", Duration::from_millis(100));
    let server = Server::with(&[
        ("/slow", Answer::endless(drop, 100, pause, b"x")),
        ("/silent", Answer::endless(drop, 1, Duration::from_secs(5), b"x")),
        ("/endless", Answer::endless(drop, 1 << 14, Duration::ZERO, &[b'x'; 1 << 12])),
        ("/long", Answer::endless("Content-Length: 999999999999\r\n", 0, pause, b"")),
        ("/bomb", Answer::new("200 OK", "Content-Encoding: gzip\r\n", gzip(&vec![b'x'; 8 << 20]))),
    ]);
    let begun = Instant::now();
    refused(&server, "/slow", "not all of it came in time");
    refused(&server, "/silent", "no answer in time");
    assert!(begun.elapsed() < Duration::from_secs(4));
    for path in ["/endless", "/long", "/bomb"] {
        refused(&server, path, "longer than 1 MiB");
    }
}

#[test]
fn bodies_packed_and_broken() {
    let cut = "Content-Encoding: gzip\r\n";
    let server = Server::with(&[
        ("/gzip", Answer::new("200 OK", cut, gzip("“é”".as_bytes()))),
        ("/cut", Answer::new("200 OK", cut, &gzip("“é”".as_bytes())[..12])),
        ("/short", Answer::endless("Content-Length: 100\r\n", 1, Duration::ZERO, b"words")),
        ("/film", Answer::new("200 OK", "Content-Type: video/mp4\r\n", "x")),
        ("/odd", Answer::endless("Transfer-Encoding: chunked\r\n", 1, Duration::ZERO, b"zz\r\nwords")),
    ]);
    assert_eq!(fetch(&server.url("/gzip")).unwrap().bytes, "“é”".as_bytes());
    refused(&server, "/film", "video/mp4 is no text");
    refused(&server, "/cut", "the connection ended too soon");
    refused(&server, "/short", "the connection ended too soon");
    assert!(fetch(&server.url("/odd")).is_err());
}

#[test]
fn servers_that_say_no() {
    let server = Server::with(&[
        ("/gone", Answer::new("410 Gone", "", "")),
        ("/fails", Answer::new("500 Internal Server Error", "", "")),
        ("/busy", Answer::new("429 Too Many Requests", "Retry-After: 3600\r\n", "")),
    ]);
    refused(&server, "/a", "404 Not Found");
    refused(&server, "/gone", "410 Gone");
    refused(&server, "/fails", "500 Internal Server Error");
    let web = Web::new(home, QUICK);
    let reason = fetch_by(&web, &server.url("/busy")).unwrap_err();
    assert_eq!(reason, "429 Too Many Requests; it may be asked again in 60 min");
    let reason = fetch_by(&web, &server.url("/gone")).unwrap_err();
    assert_eq!(reason, "left alone, as the server asked; it may be asked again in 60 min");
}

#[test]
fn a_little_patience() {
    let server = Server::new(|asked| match asked.len() {
        1 => Answer::missing(),
        2 => Answer::new("503 Service Unavailable", "Retry-After: 1\r\n", ""),
        _ => Answer::page("words"),
    });
    assert!(fetch(&server.url("/a")).is_ok());
    let asked = server.asked();
    assert!(asked[2].when - asked[1].when >= Duration::from_millis(900));
}

#[test]
fn one_request_at_a_time_with_a_pause() {
    let delay = "user-agent: *\ncrawl-delay: 0.4";
    let server =
        Server::with(&[("/robots.txt", Answer::new("200 OK", "", delay)), ("/a", Answer::page("a"))]);
    let web = Arc::new(Web::new(home, Limits { pause: Duration::from_millis(200), ..QUICK }));
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let (web, url) = (Arc::clone(&web), server.url("/a"));
            std::thread::spawn(move || fetch_by(&web, &url).unwrap())
        })
        .collect();
    threads.into_iter().for_each(|thread| drop(thread.join().unwrap()));
    let times: Vec<_> =
        server.asked().iter().filter(|asked| asked.target == "/a").map(|asked| asked.when).collect();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(400)), "{times:?}");
    assert_eq!(times.len(), 3);
}

#[test]
fn connections_that_fail() {
    let server = Server::with(&[]);
    let reason = fetch(&server.url("/").replace("http:", "https:")).unwrap_err();
    assert!(reason.starts_with("no secure connection: "), "{reason}");
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    std::thread::spawn(move || silent.incoming().for_each(drop));
    let reason = fetch(&url).unwrap_err();
    assert!(["the connection ended too soon", "connection reset"].contains(&reason.as_str()), "{reason}");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let reason = fetch(&format!("http://{free}/")).unwrap_err();
    assert_eq!(reason, "connection refused");
    assert_eq!(fetch("http://no-such-host.invalid/").unwrap_err(), "no such host");
}
