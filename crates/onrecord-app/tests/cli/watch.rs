//! Feeds are watched: each item is read once, over any number of runs, however they end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{Folder, Ran, onrecord};
use crate::server::{Answer, Asked, Server};

/// A page with a title of its own.
fn page(name: &str) -> Answer {
    Answer::page(format!(
        "<!doctype html><html lang=en><title>{name}</title>
        <p>The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt.</p>
        <p>“We heard the horn long before we saw her,” said Ann Lee, a pilot, who led the ship home.</p>"
    ))
}

fn feed(names: &[&str]) -> Answer {
    let item = |name: &&str| {
        format!("<item><link>{name}</link><pubDate>Fri, 14 Mar 2025 09:00:00 GMT</pubDate></item>")
    };
    let items: String = names.iter().map(item).collect();
    Answer::new("200 OK", "ETag: \"v\"\r\n", format!("<rss version='2.0'><channel>{items}</channel></rss>"))
}

/// Runs `watch --once` on this server's feed.
fn once(folder: &Folder, server: &Server) -> Ran {
    let feed = server.url("/feed");
    folder.run(&format!("watch --once --allow-local --state state.jsonl {feed} {feed}"))
}

fn last(asked: &[Asked]) -> &str {
    &asked[asked.len() - 1].target
}

#[test]
fn each_item_is_read_once() {
    let server = Server::new(|asked| {
        match (last(asked), asked.iter().filter(|asked| asked.target == "/feed").count()) {
            ("/feed", 1) => feed(&["a", "b"]),
            ("/feed", 2) if asked[asked.len() - 1].headers.contains_key("if-none-match") => {
                Answer::new("304 Not Modified", "", "")
            }
            ("/feed", _) => feed(&["c", "b", "a"]),
            ("/a" | "/b" | "/c", _) => page(last(asked)),
            _ => Answer::missing(),
        }
    });
    let folder = Folder::new("watch");
    for titles in [vec!["/a", "/b"], vec![], vec!["/c"], vec![]] {
        let ran = once(&folder, &server);
        assert_eq!(
            (ran.code, ran.each("title"), ran.err.as_str()),
            (0, titles.into_iter().map(str::to_owned).collect(), "")
        );
        assert!(ran.each("published").iter().all(|day| day == "2025-03-14T09:00:00Z"));
    }
}

#[test]
fn what_fails_is_named_and_tried_again_if_that_may_help() {
    let server = Server::new(|asked| {
        let count = asked.iter().filter(|other| other.target == last(asked)).count();
        match (last(asked), count) {
            ("/feed", _) => feed(&["a", "gone", "b", "video"]),
            ("/a", 1) => Answer::new("503 Service Unavailable", "", ""),
            ("/a" | "/b", _) => page(last(asked)),
            ("/video", _) => Answer::page("<html><p>Turn on JavaScript."),
            _ => Answer::missing(),
        }
    });
    let folder = Folder::new("watch-fails");
    let ran = once(&folder, &server);
    assert_eq!((ran.code, ran.each("title")), (1, vec!["/b".to_owned()]));
    let complaints = format!(
        "error: {}: cannot be read: 503 Service Unavailable; the next round tries again\n\
        error: {}: cannot be read: 404 Not Found\nwarning: skipped 1: no text of an article (1)\n",
        server.url("/a"),
        server.url("/gone")
    );
    assert_eq!(ran.err, complaints);
    let ran = once(&folder, &server);
    assert_eq!((ran.code, ran.each("title"), ran.err.as_str()), (0, vec!["/a".to_owned()], ""));
    assert!(once(&folder, &server).out.is_empty());
}

#[test]
fn what_a_feed_has_whole_is_not_fetched() {
    let words =
        "“We heard the horn long before we saw her,” said Ann Lee, a pilot, who led the ship home on Friday.";
    let feed = format!(
        "<rss version='2.0' xmlns:content='c'><channel><title>The Lantern</title><item><title>Fog</title><link>/fog</link>
        <content:encoded><![CDATA[<p>{words}</p><p>{words}</p>]]></content:encoded></item></channel></rss>"
    );
    let server = Server::with(&[("/feed", Answer::new("200 OK", "", feed))]);
    let folder = Folder::new("watch-whole");
    let ran = once(&folder, &server);
    let record = &ran.records()[0];
    assert_eq!((ran.code, &record["title"], &record["publisher"]), (0, &"Fog".into(), &"The Lantern".into()));
    assert_eq!(record["url"], server.url("/fog"));
    assert!(record["text"].as_str().is_some_and(|text| text.starts_with(words)));
    assert_eq!(server.targets(), ["/robots.txt", "/feed"]);
    assert!(once(&folder, &server).out.is_empty());
}

#[test]
fn nothing_is_lost_wherever_a_run_is_killed() {
    let names: Vec<String> = (0..4).map(|number| format!("/{number}")).collect();
    let server = Server::new(|asked| match last(asked) {
        "/robots.txt" => Answer::missing(),
        "/feed" => feed(&["0", "1", "2", "3"]),
        path => page(path),
    });
    let folder = Folder::new("watch-killed");
    let arguments = format!("watch --once --allow-local --state state.jsonl {}", server.url("/feed"));
    let mut titles = Vec::new();
    for milliseconds in [300, 700, 1500, 2500, 3500] {
        let mut child = onrecord(folder.path(), &arguments).spawn().unwrap();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(milliseconds) && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_millis(10));
        }
        let _ = child.kill();
        let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        // What stands whole on the line has been printed.
        let records =
            out.split_inclusive('\n').filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        titles.extend(records.map(|record| record["title"].as_str().unwrap().to_owned()));
    }
    titles.extend(once(&folder, &server).each("title"));
    titles.dedup();
    assert_eq!(titles, names);
    assert!(once(&folder, &server).out.is_empty());
}

#[test]
fn a_server_is_left_alone_over_runs_as_it_asked() {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let server = Server::new(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Answer::new("429 Too Many Requests", "Retry-After: 3600\r\n", "")
    });
    let folder = Folder::new("watch-429");
    let ran = once(&folder, &server);
    let reason = "nothing is fetched while robots.txt cannot be: 429 Too Many Requests; it may be asked again in 60 min";
    assert_eq!((ran.code, ran.err), (1, format!("error: {}: {reason}\n", server.url("/feed"))));
    let reason = "left alone, as the server asked; it may be asked again in 60 min";
    assert_eq!(once(&folder, &server).err, format!("error: {}: {reason}\n", server.url("/feed")));
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn several_hosts_are_asked_at_once() {
    let server = Server::new(|asked| match last(asked) {
        "/robots.txt" => Answer::missing(),
        "/feed" => {
            let there = |path: &str| format!("http://{}/{path}", asked[0].headers["host"]);
            let other = |path: &str| there(path).replace("127.0.0.1", "localhost");
            feed(&["1", "2", "3", &other("4"), &other("5"), "6"])
        }
        path => page(path),
    });
    let ran = once(&Folder::new("watch-hosts"), &server);
    assert_eq!(
        (ran.each("title"), ran.err.as_str()),
        (["/1", "/2", "/3", "/4", "/5", "/6"].map(str::to_owned).to_vec(), "")
    );
    let asked = server.asked();
    let when = |path: &str| asked.iter().find(|asked| asked.target == path).unwrap().when;
    assert!(when("/5") < when("/3"), "{asked:?}");
    for pair in [["/1", "/2"], ["/2", "/3"], ["/3", "/6"], ["/4", "/5"]] {
        let [one, next] = pair.map(when);
        assert!(next - one >= Duration::from_secs(1), "{pair:?} {asked:?}");
    }
}

#[test]
fn what_is_no_feed_or_no_state() {
    let server = Server::with(&[("/page", page("a"))]);
    let folder = Folder::new("watch-odd").with("notes.txt", "Notes of mine.");
    let ran = folder.run(&format!("watch --once --allow-local --state state.jsonl {}", server.url("/page")));
    assert_eq!(
        (ran.code, ran.err),
        (1, format!("error: {}: no feed: neither RSS nor Atom nor JSON Feed\n", server.url("/page")))
    );
    let ran = folder.run(&format!("watch --once --allow-local --state notes.txt {}", server.url("/page")));
    assert_eq!((ran.code, ran.err.as_str()), (1, "error: notes.txt:1: not written by `onrecord watch`\n"));
    assert_eq!(folder.run("watch --once feed.xml").code, 2);
    assert_eq!(folder.run("watch").code, 2);
}
