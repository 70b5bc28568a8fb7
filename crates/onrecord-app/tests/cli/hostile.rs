//! Whoever wishes the site ill: markup in articles, addresses that are scripts, invisible letters, forms of other sites,
//! guessed tokens, paths that lead out, connections that only stay.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::Folder;
use crate::served::{Answer, STORY, Site};

/// Articles each of whose fields tries to be more than words.
const JSONL: &str = r#"{"id": "javascript:alert(1)", "url": "javascript:alert(1)", "title": "\u202eevil\u200b <svg onload=alert(1)>", "publisher": "\"><script src=//evil.example></script>", "authors": ["<a href=javascript:alert(1)>Ann</a>", "\u2066B\u200bo"], "published": "2025-03-14", "text": "“It is \u202eover <img src=x onerror=alert(1)>,” said Ann\u200b O'<b>Lee</b>, the \"minister\" of ' onfocus=alert(1) autofocus.\n\n“Nonsense,” {{7*7}} said Bo <style>*{display:none}</style> Ray."}"#;
const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>javascript:alert(1)</title>
<link>javascript:alert(1)</link><item><title>&lt;script&gt;alert(1)&lt;/script&gt; said</title><link>data:text/html,alert(1)</link>
<guid>javascript:alert(2)</guid><author>"&gt;&lt;img src=x onerror=alert(1)&gt;</author><description><![CDATA[<p>“We saw <script>alert(1)</script>
nothing at all on the river that night, and we heard nothing either, though the wind had turned and the bells of the old
harbour rang until the morning,” Ann Lee, the pilot, said on Friday. She added that the boats had come home by then, all of
them, with their crews and their nets, and that nobody in the town had spoken of anything else since. “It was a quiet night,”
said Bo Ray, who keeps the lighthouse. He denied that the lamp had failed. The harbour board said in a statement that it had
no report of a failure, and that the lamp had been looked after in the autumn, as it is every year, by a firm from Tarn.</p>]]></description></item></channel></rss>"#;
const PAGE: &str = r#"<!doctype html><html lang=en><title>Fog</title><link rel=canonical href="javascript:alert(1)">
<meta property=og:url content="javascript:alert(1)"><meta property=og:site_name content='"><script>alert(1)</script>'>
<meta name=author content="<img src=x onerror=alert(1)>"><article><h1 onclick=alert(1)>Ferry lost in &lt;script&gt;fog&lt;/script&gt;</h1>
<p style="position:fixed" onmouseover=alert(1)>The ferry Halcyon lost its way in thick fog off Tarn on Friday, the harbour master said.
<p>“We heard the horn &lt;img src=x onerror=alert(1)&gt; long before we saw her,” said Ann Lee, a pilot, who led the ship home.
<p>The company denied that the radar had failed. It promised a report by the end of the month, and said that the crew was well.</article>"#;

/// Marks that turn the direction of writing, or that nobody sees.
const UNSEEN: [char; 6] = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{2060}', '\u{feff}', '\0'];

/// The attributes of each tag of a page, in lower case, the tag's name first.
fn tags(html: &str) -> Vec<Vec<(String, String)>> {
    let mut tags = Vec::new();
    for part in html.split('<').skip(1).filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())) {
        let end = part.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(part.len());
        let mut tag = vec![(part[..end].to_ascii_lowercase(), String::new())];
        let mut rest = part[end..].trim_start();
        while !rest.is_empty() && !rest.starts_with('>') {
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            let (value, after) = match rest[end..].strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"').expect("a value without an end"),
                None => ("", rest[end..].strip_prefix('=').unwrap_or(&rest[end..])),
            };
            tag.push((name, value.to_owned()));
            rest = after.trim_start();
        }
        tags.push(tag);
    }
    tags
}

/// Nothing in the page is run, styled or loaded but what the site itself serves.
fn runs_nothing(path: &str, answer: &Answer) {
    for tag in tags(&answer.body) {
        let name = tag[0].0.as_str();
        let is_known = !matches!(name, "style" | "iframe" | "object" | "embed" | "base" | "img");
        let attribute =
            |wanted: &str| tag.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        assert!(is_known, "{path}: {tag:?}");
        assert!(name != "script" || attribute("src") == Some("/assets/page.js"), "{path}: {tag:?}");
        for (attribute, value) in &tag[1..] {
            let leads = matches!(attribute.as_str(), "href" | "src" | "action" | "formaction");
            let starts = ["/", "#", "?", "http://", "https://"];
            assert!(!attribute.starts_with("on") && attribute != "style", "{path}: {tag:?}");
            assert!(!leads || starts.iter().any(|start| value.starts_with(start)), "{path}: {tag:?}");
        }
    }
}

#[test]
fn the_check_of_pages_sees_what_it_looks_for() {
    let page = |body: &str| Answer { status: 200, head: String::new(), body: body.to_owned() };
    runs_nothing(
        "good",
        &page("<p class=\"x\">onerror=alert(1) &lt;img&gt; <a href=\"/s/1\" title=\" onclick=\">x</a>"),
    );
    for bad in [
        "<p onclick=\"x\">",
        "<svg><a href=\"javascript:x\">",
        "<script>x</script>",
        "<p style=\"x\">",
        "<img src=x>",
        "<form action=\"//evil.example\"><button formaction=\"data:x\">",
    ] {
        assert!(std::panic::catch_unwind(|| runs_nothing("bad", &page(bad))).is_err(), "{bad}");
    }
}

/// Keeps what lies under this address of the desk.
fn keep(site: &Site, looked: &str) -> String {
    site.post(looked, &format!("key={}", site.key()), &[&site.cookie()]).location()
}

#[test]
fn no_field_of_an_article_is_more_than_words() {
    let folder = Folder::new("hostile-fields");
    let site = Site::start(&folder);
    let mut paths = Vec::new();
    for (file, content) in [("a.jsonl", JSONL), ("feed.xml", FEED), ("\u{202e}page<b>.html", PAGE)] {
        let given = site.upload(file, content);
        assert_eq!(given.status, 303, "{file}: {}", given.body);
        let looked = given.location();
        paths.extend([keep(&site, &looked), looked]);
    }
    let statements: serde_json::Value = serde_json::from_str(&site.get("/api/statements").body).unwrap();
    let statements = statements["statements"].as_array().unwrap();
    assert!(statements.len() >= 5, "{}", statements.len());
    for statement in statements {
        paths.push(format!("/s/{}", statement["id"].as_str().unwrap()));
        let entities = statement["speakers"].as_array().unwrap();
        paths.extend(entities.iter().filter_map(|who| Some(format!("/who/{}", who["entity"].as_u64()?))));
    }
    for query in [
        "",
        "?words=%E2%80%AEx%E2%80%8B",
        "?speaker=%22%3E%3Cscript%3E",
        "?publisher=%E2%80%AE%22%3E%3Cb%3E",
        "?words=%01",
    ] {
        paths.extend(["/search", "/timeline", "/search.atom"].map(|page| format!("{page}{query}")));
    }
    paths.extend(
        [
            "/",
            "/articles",
            "/drifts",
            "/article?id=%E2%80%AE%3Cscript%3E",
            "/search?act=%E2%80%AE%3Cb%3E",
            "/s/%E2%80%AE%3Cb%3E",
            "/who?name=%3Cb%3E%E2%80%AE",
        ]
        .map(str::to_owned),
    );
    for path in &paths {
        let answer = site.get(path);
        assert!(answer.status < 500, "{path}: {}", answer.status);
        runs_nothing(path, &answer);
        for unseen in UNSEEN {
            assert!(!answer.body.contains(unseen), "{path}: {unseen:?}");
        }
    }
    let table = site.get("/search.csv").body;
    assert!(table.contains("javascript:alert(1)") && !table.contains("\n="), "{table}");
}

/// Paths of every kind of answer that the site gives.
fn every_kind(site: &Site) -> Vec<String> {
    let kept = keep(site, &site.paste(STORY).location());
    let found: serde_json::Value =
        serde_json::from_str(&site.get("/api/statements?speaker=Brook").body).unwrap();
    let first = &found["statements"][0];
    let mut paths = vec![
        site.paste(STORY).location(),
        kept,
        format!("/s/{}", first["id"].as_str().unwrap()),
        format!("/who/{}", first["speakers"][0]["entity"]),
    ];
    paths.extend(
        [
            "/",
            "/articles",
            "/search",
            "/timeline",
            "/drifts",
            "/search.csv",
            "/search.atom",
            "/check",
            "/who?name=Brook",
            "/api",
            "/api/stats",
            "/api/articles",
            "/api/names?words=b",
            "/api/who/x",
            "/assets/page.css",
            "/assets/page.js",
            "/assets/icon.svg",
            "/enter",
            "/nothing",
            "/who/x",
            "/s/zz",
            "/article",
            "/search?act=fly",
        ]
        .map(str::to_owned),
    );
    paths
}

#[test]
fn every_answer_tells_the_browser_what_to_refuse() {
    let folder = Folder::new("hostile-headers");
    let site = Site::start(&folder);
    let mut answers: Vec<(String, Answer)> =
        every_kind(&site).into_iter().map(|path| (path.clone(), site.get(&path))).collect();
    answers.push(("another host".into(), site.send(&["GET / HTTP/1.1", "Host: evil.example"], b"")));
    answers.push(("no key".into(), site.post("/leave", "", &[])));
    answers.push(("no such method".into(), site.post("/search", "", &[])));
    answers.push(("too large".into(), site.post("/leave", &"x".repeat(3 << 20), &[])));
    for (path, answer) in &answers {
        let policy = answer.head.lines().find_map(|line| line.strip_prefix("content-security-policy: "));
        let directives: Vec<&str> = policy.expect(path).split("; ").collect();
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(directives.contains(&directive), "{path}: {directive}");
        }
        for line in [
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(answer.head.contains(line), "{path}: {line}");
        }
        assert!(!answer.head.contains("unsafe-"), "{path}");
        if answer.head.contains("content-type: text/html") {
            runs_nothing(path, answer);
        }
        let says_something =
            answer.status < 400 || answer.body.contains("<h1>") || answer.body.starts_with('{');
        assert!(says_something, "{path}: {} {:?}", answer.status, answer.body);
    }
}

#[test]
fn forms_without_key_token_or_origin_change_nothing() {
    let folder = Folder::new("hostile-forms");
    let site = Site::start(&folder);
    let kinds = every_kind(&site);
    let (looked, statement, who) = (&kinds[0], &kinds[2], &kinds[3]);
    let state = || site.get("/api/statements").body + &site.get(&format!("/api{who}")).body;
    let (before, key) = (state(), site.key());
    for (path, form) in
        [(looked, ""), (statement, "what=reject"), (who, "what=rename&name=X"), (&"/leave".to_owned(), "")]
    {
        let own = format!("key={key}&{form}");
        let post = |form: &str, more: &[&str]| site.post(path, form, more).status;
        let cookie = site.cookie();
        assert!(matches!(post(&format!("x=1&{form}"), &[&cookie]), 403 | 422), "{path}: no key");
        assert_eq!(post(&format!("key={}&{form}", "0".repeat(32)), &[&cookie]), 403, "{path}: another key");
        for other in [
            "Origin: http://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
        ] {
            assert_eq!(post(&own, &[&cookie, other]), 403, "{path}: {other}");
        }
        if path != "/leave" {
            assert_eq!(post(&own, &[]), 401, "{path}: no token");
            assert_eq!(post(&own, &["Cookie: onrecord=0123456789abcdef"]), 401, "{path}: another token");
        }
    }
    let elsewhere = site.post("/enter", &format!("token={}", site.token), &["Origin: http://evil.example"]);
    assert_eq!((elsewhere.status, elsewhere.head.contains("set-cookie")), (403, false));
    assert_eq!(state(), before);
}

#[test]
fn tokens_are_not_guessed() {
    let folder = Folder::new("hostile-token");
    let site = Site::listening(&folder, "0.0.0.0:0");
    let token = site.token.clone();
    let last = if token.ends_with('0') { "1" } else { "0" };
    let near = format!("{}{last}", &token[..token.len() - 1]);
    for guess in [&near, &token[1..], &format!("{token}0"), &token.to_uppercase().replace('0', "O"), ""] {
        let host = format!("Host: {}", site.host);
        for line in [format!("Cookie: onrecord={guess}"), format!("Authorization: Bearer {guess}")] {
            assert_eq!(site.send(&["GET / HTTP/1.1", &host, &line], b"").status, 401, "{line}");
        }
    }
    thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                let begun = Instant::now();
                assert_eq!(site.post("/enter", &format!("token={near}"), &[]).status, 401);
                assert!(begun.elapsed() >= Duration::from_millis(900), "a guess costs nothing");
            });
        }
        // whoever knows the token does not wait for those who guess
        let begun = Instant::now();
        let entered = site.post("/enter", &format!("token={token}"), &[]);
        assert!(entered.status == 303 && begun.elapsed() < Duration::from_millis(900));
        let cookie = entered.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    });
}

#[test]
fn paths_lead_nowhere_else() {
    let folder = Folder::new("hostile-paths").with("secret.txt", "secret words");
    let site = Site::start(&folder);
    let long = format!("/s/{}", "a".repeat(50_000));
    let longer = format!("/s/{}", "a".repeat(200_000));
    for path in [
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e/secret.txt",
        "/assets/../secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/s/..%2f..%2fsecret.txt",
        "/s/%00",
        "/look/%00",
        "/s/%ff%fe",
        "/who/99999999999999999999",
        "/who/-1",
        "/article?id=%00",
        "/article?id=../secret.txt",
        "/article?id=file:///etc/passwd",
        "/search?page=99999999999",
        "/search?entity=x",
        "/./",
        "/s/",
        "/secret.txt",
        "/news.db",
        "/token",
        &long,
        &longer,
    ] {
        let answer = site.get(path);
        let shown = &path[..path.len().min(60)];
        assert!(matches!(answer.status, 400 | 404 | 414 | 431), "{shown}: {}", answer.status);
        assert!(!answer.body.contains("secret words") && !answer.body.contains("root:"), "{shown}");
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT"] {
        let answer = site.send(&[&format!("{method} / HTTP/1.1"), &format!("Host: {}", site.host)], b"");
        assert!(matches!(answer.status, 400 | 404 | 405), "{method}: {}", answer.status);
    }
    // a proxy's way to ask: the address of another site, though the host is this one
    let asked = ["GET http://evil.example/ HTTP/1.1", "Host: evil.example"];
    assert_eq!(site.send(&asked, b"").status, 421);
}

#[test]
fn what_is_too_large_is_refused_before_it_comes() {
    let folder = Folder::new("hostile-large");
    let site = Site::start(&folder);
    let host = format!("Host: {}", site.host);
    let mut stream = TcpStream::connect(&site.host).unwrap();
    let head = format!(
        "POST /read HTTP/1.1\r\n{host}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 99999999999\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = [0; 12];
    std::io::Read::read_exact(&mut stream, &mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert_eq!(site.post("/leave", &"x".repeat(3 << 20), &[&site.cookie()]).status, 413);
}

#[test]
fn connections_that_only_stay_make_room() {
    let folder = Folder::new("hostile-connections");
    let site = Site::start(&folder);
    let idle: Vec<TcpStream> = (0..600).filter_map(|_| TcpStream::connect(&site.host).ok()).collect();
    assert_eq!(idle.len(), 600);
    let begun = Instant::now();
    assert_eq!(site.get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    drop(idle);
}
