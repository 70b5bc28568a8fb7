//! Reports: one file with everything in it, whatever an article says.

use crate::program::Folder;

const HOSTILE: &str = "Minister <script>alert(1)</script> speaks

“<img src=x onerror=alert(2)>,” said Ann <b>Lee</b>, the minister.

“The road is closed,” Bo Ray, the mayor, said on Friday.";

#[test]
fn a_report_needs_nothing_else() {
    let folder = Folder::new("report").with("a.txt", HOSTILE);
    let ran = folder.run("report a.txt --published 2025-03-14 -o a.html");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", "wrote a.html\n"));
    let page = std::fs::read_to_string(folder.path().join("a.html")).unwrap();
    for loading in ["<script", "src=", "<link", "url(", "@import", "<img"] {
        let harmless = page.replace("&#60;img src=x", "");
        assert!(!harmless.contains(loading), "{loading}");
    }
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
    assert!(page.contains("Bo Ray") && page.contains("Friday (2025-03-14)"));
}

#[test]
fn a_report_is_of_one_article() {
    let two = "{\"id\": \"a\", \"text\": \"“No,” said Ann Lee, the mayor, who left the town early on Friday.\"}\n{\"id\": \"b\", \"text\": \"“Yes,” said Bo Ray, the minister, who came to the town late on Friday.\"}\n";
    let folder = Folder::new("report-two").with("two.jsonl", two);
    let ran = folder.run("report two.jsonl");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: two.jsonl: several articles: name one by its identifier\n")
    );
    assert!(folder.run("report two.jsonl b").out.contains("Bo Ray"));
}

#[test]
fn a_question_has_a_report_too() {
    let folder = Folder::new("report-found").with("a.txt", HOSTILE);
    assert_eq!(folder.run("keep --ledger news.db a.txt --published 2025-03-14").code, 0);
    let ran = folder.run("report --ledger news.db road -o road.html");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", "wrote road.html\n"));
    let page = std::fs::read_to_string(folder.path().join("road.html")).unwrap();
    assert!(page.contains("<h1>road</h1>") && page.contains("1 statement in 1 article"));
    assert!(page.contains("Bo Ray") && page.contains("The road is closed") && !page.contains("Ann"));
    assert!(!page.contains("<script") && !page.contains("href="));
    let all = folder.run("report --ledger news.db --since 2025").out;
    assert!(all.contains("from 2025") && all.contains("Ann &#60;b&#62;Lee") && !all.contains("<img"));
    let ran = folder.run("report a.txt --speaker Ray");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: --speaker and the like ask a ledger: name it with --ledger\n")
    );
}
