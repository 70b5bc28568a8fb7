//! Who is who, decided on the page of a speaker.

use crate::program::Folder;
use crate::served::{STORY, Site};

/// A site whose ledger has the mayor under a name of its own in each of two reports, and the water board.
fn site(folder: &Folder) -> Site {
    let other = "The river fell again on Friday.\n\n“Nobody was hurt,” said Tom Ferrin, the harbour master.";
    let site = Site::start(folder);
    for text in [STORY, other] {
        let looked = site.paste(text).location();
        assert_eq!(site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]).status, 303);
    }
    site
}

/// The address of the page of whoever is called so.
fn page_of(site: &Site, name: &str) -> String {
    site.get(&format!("/who?name={name}")).location()
}

#[test]
fn two_are_one_and_one_is_two() {
    let folder = Folder::new("people");
    let site = site(&folder);
    let (brook, ferrin) = (page_of(&site, "Brook"), page_of(&site, "Ferrin"));
    let decide = |page: &str, form: &str| {
        site.post(page, &format!("key={}&author=Kim&{form}", site.key()), &[&site.cookie()])
    };
    let merged = decide(&brook, "what=merge&name=Tom+Ferrin");
    assert_eq!((merged.status, merged.location()), (303, format!("{brook}#names")));
    let page = site.get(&brook).body;
    assert!(page.contains("Nobody was hurt") && page.contains("We have seen worse"), "{page}");
    assert!(
        page.contains("is the same as <bdi>Tom Ferrin</bdi>") && page.contains("<bdi>Kim</bdi>"),
        "{page}"
    );
    assert!(site.get(&ferrin).body.contains("We have seen worse"), "the old address leads to both");

    assert_eq!(decide(&brook, "what=split&name=Tom+Ferrin").status, 303);
    assert!(!site.get(&brook).body.contains("Nobody was hurt"));
    let apart = page_of(&site, "Ferrin");
    assert_ne!(apart, brook);
    assert!(site.get(&apart).body.contains(&format!("came out of <a href=\"{brook}\">")));

    assert_eq!(decide(&apart, "what=rename&name=+Thomas+%3Cb%3EFerrin+").status, 303);
    assert!(site.get(&apart).body.contains("Thomas &#60;b&#62;Ferrin</h1>"));
    let told = folder.run_words(["who", "Thomas <b>Ferrin", "--ledger", "news.db", "--format", "list"]).out;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("rename Thomas <b>Ferrin (by Kim"), "{told}");
    assert_eq!(folder.run("verify --ledger news.db").code, 0);
}

#[test]
fn what_cannot_be_decided_is_said_on_the_page() {
    let folder = Folder::new("people-refused");
    let site = site(&folder);
    let brook = page_of(&site, "Brook");
    let before = site.get(&format!("/api{brook}")).body;
    let form = |form: &str| format!("key={}&{form}", site.key());
    for (words, status, told) in [
        ("what=merge&name=Nobody", 404, "Nobody called"),
        ("what=merge&name=%40999", 404, "Nobody called"),
        ("what=merge&name=Brook", 400, "Both are"),
        ("what=split&name=Ada+Brook", 400, "the only name"),
        ("what=split&name=Tom+Ferrin", 404, "Nobody called"),
        ("what=rename&name=Ada+Brook", 400, "the name already"),
        ("what=rename&name=+", 400, "No name"),
        (&format!("what=rename&name={}", "x".repeat(201)), 400, "too long"),
        ("what=fly&name=x", 400, "nothing that can be done"),
    ] {
        let answer = site.post(&brook, &form(words), &[&site.cookie()]);
        let alert = answer.body.split("role=\"alert\"").nth(1).unwrap_or_else(|| panic!("{}", answer.body));
        assert_eq!(answer.status, status, "{words}");
        assert!(alert.split("</p>").next().unwrap().contains(told), "{words}: {alert}");
        assert!(answer.body.contains("We have seen worse"), "{words}");
    }
    let rename = form("what=rename&name=X");
    assert_eq!(site.post(&brook, &rename, &[]).status, 401);
    assert_eq!(site.post(&brook, "key=wrong&what=rename&name=X", &[&site.cookie()]).status, 403);
    assert_eq!(site.post(&brook, "what=rename&name=X", &[&site.cookie()]).status, 422);
    assert_eq!(site.post(&brook, &rename, &[&site.cookie(), "Origin: http://evil.example"]).status, 403);
    assert_eq!(site.post("/who/999", &rename, &[&site.cookie()]).status, 404);
    assert_eq!(site.get(&format!("/api{brook}")).body, before);
}

#[test]
fn names_are_offered_while_they_are_typed() {
    let folder = Folder::new("people-typed");
    let site = site(&folder);
    let names = |words: &str| -> serde_json::Value {
        serde_json::from_str(&site.get(&format!("/api/names?words={words}")).body).unwrap()
    };
    let found = names("ada+br");
    assert_eq!(
        (&found[0]["entity"]["name"], &found[0]["entity"]["type"]),
        (&"Ada Brook".into(), &"person".into())
    );
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((names("%E2%80%A6"), names("%22")), (serde_json::json!([]), serde_json::json!([])));
    assert_eq!(site.get("/api/names").status, 400);
}

#[test]
fn somebody_as_linked_data() {
    let folder = Folder::new("people-linked");
    let site = site(&folder);
    let brook = page_of(&site, "Brook");
    let host = format!("Host: {}", site.host);
    let answer = site.send(&[&format!("GET {brook} HTTP/1.1"), &host, "Accept: application/ld+json"], b"");
    assert!(answer.head.contains("content-type: application/ld+json"), "{}", answer.head);
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&told["@type"], &told["name"]), (&"Person".into(), &"Ada Brook".into()));
    assert_eq!((&told["@id"], &told["jobTitle"][0]), (&brook.as_str().into(), &"mayor".into()));
}

#[test]
fn a_page_tells_what_somebody_speaks_of() {
    let folder = Folder::new("people-topics");
    let site = Site::start(&folder);
    for number in 0..9 {
        let text = format!(
            "“The grain corridor must open by {number} May,” Ada Brook, the mayor, demanded on Friday.\n\n\
                            The fog was thick on day {number}, Tom Ferrin, the harbour master, said. Nobody was hurt on \
                            day {number}, Mr Ferrin said."
        );
        let looked = site.paste(&text).location();
        assert_eq!(site.post(&looked, &format!("key={}", site.key()), &[&site.cookie()]).status, 303);
    }
    let page = site.get(&page_of(&site, "Brook")).body;
    let (_, topics) = page.split_once("<h2>Speaks of</h2>").unwrap_or_else(|| panic!("{page}"));
    let (topics, _) = topics.split_once("</ul>").unwrap();
    assert!(topics.contains("grain corridor") && !topics.contains("fog"), "{topics}");
    let (_, search) = topics.split_once("href=\"").unwrap();
    let search = search.split('"').next().unwrap().replace("&amp;", "&");
    assert!(site.get(&search).body.contains("9 statements"), "{search}");
    let told = folder.run("who Brook --ledger news.db --format list").out;
    assert!(told.contains("what they speak of\n  grain corridor"), "{told}");
}
