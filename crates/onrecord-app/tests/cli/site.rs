//! The site: what it shows, whom it lets write, and what it refuses.

use crate::program::Folder;
use crate::served::{STORY, Site};

#[test]
fn what_is_kept_and_corrected_survives_a_restart() {
    let folder = Folder::new("site-keeps");
    let site = Site::start(&folder);
    let looked = site.paste(STORY).location();
    let page = site.get(&looked);
    assert!(page.status == 200 && page.body.contains("Ada Brook") && page.body.contains("class=\"what"));
    let form = format!("key={}", site.key());
    assert_eq!(site.post(&looked, &form, &[]).status, 401);
    let kept = site.post(&looked, &form, &[&site.cookie()]).location();
    assert!(site.get(&kept).body.contains("Ada Brook"));
    let found: serde_json::Value =
        serde_json::from_str(&site.get("/api/statements?speaker=Brook").body).unwrap();
    let address = format!("/s/{}", found["statements"][0]["id"].as_str().unwrap());
    let form = format!("{form}&what=act&act=warn&author=Kim");
    assert_eq!(site.post(&address, &form, &[]).status, 401);
    assert_eq!(site.post(&address, &form, &[&site.cookie()]).status, 303);
    drop(site);
    let site = Site::start(&folder);
    let page = site.get(&address).body;
    assert!(page.contains("became warn") && page.contains("Kim"), "{page}");
    let form = format!("key={}&what=undo", site.key());
    site.post(&address, &form, &[&site.cookie()]);
    let page = site.get(&address).body;
    assert!(!page.contains("<span class=\"act\">warn") && page.contains("taken back by <bdi>desk"), "{page}");
    for (path, words) in [
        ("/search?words=worse", "Ada Brook"),
        ("/search.csv?speaker=Brook", "Ada Brook"),
        ("/search.atom?speaker=Brook", "<feed xmlns"),
        ("/articles", "pasted text"),
        ("/api", "openapi"),
        ("/api/stats", "speakers"),
    ] {
        let answer = site.get(path);
        assert!(answer.status == 200 && answer.body.contains(words), "{path}: {}", answer.body);
    }
    assert!(site.get(&site.get("/who?name=Brook").location()).body.contains("Ada Brook"));
}

#[test]
fn programs_read_and_correct() {
    let folder = Folder::new("site-programs");
    let site = Site::start(&folder);
    let host = format!("Host: {}", site.host);
    let send = |path: &str, body: &str, more: &[&str]| {
        let line = format!("POST {path} HTTP/1.1");
        let head = [&[line.as_str(), &host, "Content-Type: application/json"], more].concat();
        let answer = site.send(&head, body.as_bytes());
        let value = serde_json::from_str::<serde_json::Value>(&answer.body).unwrap_or_default();
        (answer.status, value)
    };
    let (status, records) = send("/api/read?published=2025-03-03", STORY, &[]);
    assert_eq!((status, records.as_array().map(Vec::len)), (200, Some(1)), "{records}");
    let said = records[0]["statements"].as_array().unwrap();
    assert!(said.iter().any(|statement| statement["speakers"][0]["name"] == "Ada Brook"), "{records}");
    assert_eq!(send("/api/read", "", &[]).0, 400);
    assert_eq!(send("/api/read?published=Friday", STORY, &[]).0, 400);

    let looked = site.paste(STORY).location();
    site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]);
    let found: serde_json::Value =
        serde_json::from_str(&site.get("/api/statements?speaker=Brook").body).unwrap();
    let before = &found["statements"][0];
    let address = format!("/api/statements/{}", before["id"].as_str().unwrap());
    let token = format!("Authorization: Bearer {}", site.token);
    let act = r#"{"what":"act","act":"warn","author":"a program"}"#;
    assert_eq!(send(&address, act, &[]).0, 401);
    assert_eq!(send(&address, act, &[&token, "Origin: http://evil.example"]).0, 403);
    let (status, after) = send(&address, act, &[&token]);
    assert_eq!((status, &after["act"], &after["words"]), (200, &"warn".into(), &before["words"]));
    assert_eq!(send(&address, r#"{"what":"words","cue":"no such"}"#, &[&token]).0, 400);
    assert_eq!(send(&address, "{", &[&token]).0, 400);
    let (_, after) = send(&address, r#"{"what":"undo"}"#, &[&token]);
    assert_eq!(after["act"], before["act"]);
    let article = &before["article"]["id"];
    let missed = format!(r#"{{"article":{article},"content":"worse","act":"praise"}}"#);
    assert_eq!(send("/api/statements", &missed, &[]).0, 401);
    let (status, added) = send("/api/statements", &missed, &[&token]);
    assert_eq!((status, &added["words"]["content"], &added["act"]), (200, &"worse".into(), &"praise".into()));
}

#[test]
fn words_links_and_missed_statements() {
    let folder = Folder::new("site-words");
    let site = Site::start(&folder);
    let looked = site.paste(STORY).location();
    let kept = site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]).location();
    let statements = || -> Vec<serde_json::Value> {
        let found: serde_json::Value = serde_json::from_str(&site.get("/api/statements").body).unwrap();
        found["statements"].as_array().unwrap().clone()
    };
    let send = |path: &str, form: &str| {
        site.post(path, &format!("key={}&{form}", site.key()), &[&site.cookie(), "Cookie: author=Kim%20Lee"])
    };
    let article = statements()[0]["article"]["id"].as_str().unwrap().to_owned();
    let missed =
        format!("what=add&article={article}&source=Ada+Brook&cue=told&content=that+is+not+there&act=deny");
    assert_eq!(send("/add", &missed).status, 400);
    let missed = format!("what=add&article={article}&source=the+mayor&content=worse&act=praise");
    let added = send("/add", &missed).location();
    let page = site.get(&added).body;
    assert!(
        page.contains("<bdi>worse</bdi>") && page.contains("Kim Lee") && page.contains("praise"),
        "{page}"
    );
    // words, near the place where they were selected, and how they relate to others
    assert_eq!(send(&added, "what=words&source=the+mayor&content=worse").status, 400, "nothing changes");
    assert_eq!(send(&added, "what=words&source=&content=seen+worse&content_near=190").status, 303);
    assert!(site.get(&added).body.contains("content: “worse” became “seen worse”"));
    let other = statements()
        .iter()
        .map(|found| format!("/s/{}", found["id"].as_str().unwrap()))
        .find(|id| *id != added);
    let other = other.unwrap();
    let address = format!("http://{}{other}", site.host).replace(':', "%3A").replace('/', "%2F");
    assert_eq!(send(&added, &format!("what=link&relation=disputes&other={address}")).status, 303);
    assert!(site.get(&other).body.contains("disputed by"));
    let unlinked = send(&added, &format!("what=unlink&relation=disputes&other={}&then=other", &other[3..]));
    assert_eq!(unlinked.location(), other);
    assert!(!site.get(&other).body.contains("disputed by"));
    // rejected on the page of its article, which leads back
    let there = send(&added, "what=reject&then=article").location();
    assert!(there.starts_with(&kept) && there.ends_with("#done"), "{there}");
    let page = site.get(there.trim_end_matches("#done")).body;
    assert!(page.contains("rejected: no statement") && page.contains("Take it back"), "{page}");
    for _ in 0..5 {
        assert_eq!(send(&added, "what=undo").status, 303);
    }
    assert_eq!(send(&added, "what=undo").status, 400);
    assert!(site.get(&added).body.contains("no longer holds"), "what was added is taken back");
}

#[test]
fn what_does_not_come_from_its_own_pages_is_refused() {
    let folder = Folder::new("site-refuses");
    let site = Site::start(&folder);
    let front = site.get("/");
    assert_eq!(front.status, 200);
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "x-frame-options: DENY",
    ] {
        assert!(front.head.contains(header), "{header}");
    }
    assert!(!front.head.contains("unsafe"));
    for host in ["evil.example", "127.0.0.1:1", "localhost.evil.example:80"] {
        assert_eq!(site.send(&["GET / HTTP/1.1", &format!("Host: {host}")], b"").status, 421, "{host}");
    }
    let form = format!("key={}&what=accept", site.key());
    for origin in ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        assert_eq!(
            site.post("/s/0123456789abcdef", &form, &[&site.cookie(), origin]).status,
            403,
            "{origin}"
        );
    }
    assert_eq!(site.post("/s/0123456789abcdef", "key=wrong&what=accept", &[&site.cookie()]).status, 403);
    assert_eq!(site.post("/s/0123456789abcdef", &form, &[&site.cookie()]).status, 404);
    assert_eq!(site.get("/enter?token=0123456789abcdef0123456789abcdef").status, 401);
    assert_eq!(site.get(&format!("/enter?token={}", site.token)).status, 303);
    for path in [
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/look/..%2f..%2fetc%2fpasswd",
        "/s/..%2f",
        "/who/x",
        "/s/%00",
        "/article?id=../../etc/passwd",
        "/nothing",
    ] {
        let status = site.get(path).status;
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
    assert_eq!(site.get("/search?words=OR").status, 400);
    assert_eq!(site.paste(&"a b ".repeat(3 << 20)).status, 413);
    assert_eq!(site.paste("").status, 400);
}

#[test]
fn words_of_articles_never_become_markup() {
    let folder = Folder::new("site-inert");
    let site = Site::start(&folder);
    let hostile = "“<img src=x onerror=alert(1)>,” said Ann \u{202e}<b>Lee</b>, the \"minister\" of <script>alert(2)</script>.";
    let looked = site.paste(&format!("{hostile}\n\n{STORY}")).location();
    let kept = site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]).location();
    for path in [&looked, &kept, "/", "/search", "/search.atom", "/articles", "/search?words=%3Cb%3Ex"] {
        let page = site.get(path).body;
        for markup in ["<img", "<b>Lee", "<script>", "\u{202e}", "<b>x"] {
            assert!(!page.contains(markup), "{path}: {markup}");
        }
    }
}

#[test]
fn no_template_calls_words_safe() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("|safe") && !text.contains("| safe") && !text.contains("{% autoescape"),
            "{path:?}"
        );
    }
}

#[test]
fn beyond_this_machine_all_needs_the_token() {
    let folder = Folder::new("site-beyond");
    let site = Site::listening(&folder, "0.0.0.0:0");
    assert_eq!((site.get("/").status, site.get("/api/statements").status), (401, 401));
    let host = format!("Host: {}", site.host);
    let bearer = format!("Authorization: Bearer {}", site.token);
    assert_eq!(site.send(&["GET /api/statements HTTP/1.1", &host, &bearer], b"").status, 200);
    assert_eq!(site.send(&["GET / HTTP/1.1", &host, &site.cookie()], b"").status, 200);
}

#[test]
fn every_list_is_a_page_a_table_and_json() {
    let folder = Folder::new("site-lists");
    let site = Site::start(&folder);
    let report = "“The dam is safe,” Ada Brook, the mayor, said on Monday.\n\nTom Ferrin, an engineer, denied that the dam was safe.";
    for text in [report, STORY] {
        let looked = site.paste(text).location();
        site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]);
    }
    for (path, words) in [
        ("/disputes", "Tom Ferrin"),
        ("/disputes?words=dam", "Ada Brook"),
        ("/disputes?words=river", "Nothing that fits is disputed"),
        ("/disputes.csv", "The dam is safe"),
        ("/api/disputes", "\"relation\":\"disputes\""),
        ("/drifts", "No two reports here"),
        ("/drifts.csv", "first_content"),
        ("/api/drifts", "[]"),
        ("/articles.csv", "pasted text"),
        ("/articles?words=pasted", "pasted text"),
        ("/articles?words=zzyzx", "No article is called so"),
        ("/articles.csv?words=zzyzx", "publisher"),
        ("/api/articles?words=zzyzx", "[]"),
        ("/timeline?words=dam", "Nothing that fits has a day"),
        ("/search?words=xyz", "Nothing fits"),
        ("/search?channel=statement", "water board"),
    ] {
        let answer = site.get(path);
        assert!(answer.status == 200 && answer.body.contains(words), "{path}: {}", answer.body);
    }
    let who = site.get("/who?name=Ferrin").location();
    let entity = who.rsplit('/').next().unwrap();
    assert!(site.get(&who).body.contains("is disputed by Tom Ferrin"));
    // a filter has the name that the ledger has, not a number
    for page in ["search", "timeline", "disputes", "drifts"] {
        let body = site.get(&format!("/{page}?entity={entity}")).body;
        assert!(body.contains("<bdi>Tom Ferrin</bdi> ×"), "{page}: {body}");
        assert_eq!(site.get(&format!("/{page}?entity=999")).status, 404, "{page}");
    }
}

#[test]
fn what_programs_can_ask_is_described_and_answers() {
    let folder = Folder::new("site-described");
    let site = Site::start(&folder);
    let looked = site.paste(STORY).location();
    site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]);
    let json = |path: &str| -> serde_json::Value { serde_json::from_str(&site.get(path).body).unwrap() };
    let (described, found) = (json("/api"), json("/api/statements?speaker=Brook"));
    let statement = &found["statements"][0];
    let encoded = statement["article"]["id"].as_str().unwrap().replace(':', "%3A");
    let asked =
        described["paths"].as_object().unwrap().iter().filter(|(_, methods)| methods["get"].is_object());
    for (path, _) in asked {
        let whole = match path.as_str() {
            "/api/statements/{id}" => path.replace("{id}", statement["id"].as_str().unwrap()),
            "/api/who/{entity}" => path.replace("{entity}", &statement["speakers"][0]["entity"].to_string()),
            "/api/who" => format!("{path}?name=Brook"),
            "/api/names" => format!("{path}?words=Br"),
            "/api/article" => format!("{path}?id={encoded}"),
            _ => path.clone(),
        };
        let answer = site.get(&whole);
        assert_eq!(answer.status, 200, "{whole}: {}", answer.body);
        // what is described of an answer stands in it
        let schema =
            &described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&described, schema, &serde_json::from_str(&answer.body).unwrap(), &whole);
    }
    let host = format!("Host: {}", site.host);
    let page = site.send(&["GET /api HTTP/1.1", &host, "Accept: text/html"], b"").body;
    assert!(page.contains("<code>/api/disputes</code>") && page.contains("<code>speaker</code>"), "{page}");
}

/// Each field that a schema describes stands in the value.
fn fits(whole: &serde_json::Value, schema: &serde_json::Value, value: &serde_json::Value, path: &str) {
    let schema = schema["$ref"].as_str().map_or(schema, |at| whole.pointer(&at[1..]).unwrap());
    if let Some(values) = value.as_array() {
        values.iter().for_each(|value| fits(whole, &schema["items"], value, path));
    }
    let (Some(known), Some(fields)) = (schema["properties"].as_object(), value.as_object()) else { return };
    for (name, schema) in known {
        let value = fields.get(name).unwrap_or_else(|| panic!("{path}: {name} is missing"));
        fits(whole, schema, value, path);
    }
}
