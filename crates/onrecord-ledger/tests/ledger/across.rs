//! Articles linked as they come: the same quote told again or otherwise, and passages that two share.

use onrecord::{Act, FlagJson, FlagKind};
use onrecord_ledger::{Ledger, Question, Read, WordPiece, export};

use crate::records::{Folder, Report, person, reading};

const QUOTE: &str =
    "“The bridge over the Veldra will be rebuilt before the winter begins and the ferries stop running”";
const OTHER: &str =
    "“The bridge over the Veldra will be rebuilt before the spring begins and the ferries stop running”";

fn told(id: &str, day: &str, quote: &str) -> Read {
    Report::new(id, day).says(&person("Vera Olen"), Act::Promise, "promised", quote).read()
}

fn relations(ledger: &Ledger, article: &str) -> Vec<(String, bool, String)> {
    let question = Question { article: Some(article.into()), ..Question::default() };
    let found = ledger.find(&question).unwrap();
    let linked = found.iter().flat_map(|kept| ledger.linked(&kept.id).unwrap());
    linked.map(|link| (link.relation, link.relates, link.statement.article.id)).collect()
}

#[test]
fn the_same_quote_told_again() {
    let folder = Folder::new("repeats");
    let ledger = folder.with(&[told("a", "2025-03-14", QUOTE), told("b", "2025-03-15", QUOTE)]);
    assert_eq!(relations(&ledger, "a"), [("repeats".into(), true, "b".into())]);
    assert_eq!(relations(&ledger, "b"), [("repeats".into(), false, "a".into())]);
}

#[test]
fn a_quote_told_otherwise() {
    let folder = Folder::new("drifts");
    // the later article came first
    let ledger = folder.with(&[told("b", "2025-03-15", OTHER), told("a", "2025-03-14", QUOTE)]);
    let drifted = ledger.find(&Question { drifted: true, ..Question::default() }).unwrap();
    assert_eq!(drifted.iter().map(|kept| kept.drifted).collect::<Vec<_>>(), [1, 1]);
    let drifts = ledger.drifts(&Question::default()).unwrap();
    assert_eq!(drifts.len(), 1, "each pair once");
    assert_eq!((&*drifts[0].first.article.id, &*drifts[0].second.article.id), ("a", "b"));
    let changed = |piece: &&WordPiece| !matches!(piece, WordPiece::Both(_));
    let changed: Vec<&WordPiece> = drifts[0].pieces.iter().filter(changed).collect();
    assert_eq!(changed, [&WordPiece::First("winter".into()), &WordPiece::Second("spring".into())]);
}

/// The flags of an article: their kind, the words that they mark, and the note.
fn flags(ledger: &Ledger, article: &str) -> Vec<(FlagKind, Vec<String>, String)> {
    let article = ledger.article(article).unwrap().unwrap();
    let words = |&[begin, end]: &[u32; 2]| {
        article.text.chars().skip(begin as usize).take((end - begin) as usize).collect::<String>()
    };
    let flag = |flag: &FlagJson| (flag.kind, flag.span.iter().map(words).collect(), flag.note.clone());
    article.flags.iter().map(flag).collect()
}

#[test]
fn what_others_have_otherwise_or_too_is_flagged() {
    let folder = Folder::new("flagged");
    let mut ledger = folder.with(&[told("a", "2025-03-14", QUOTE), told("b", "2025-03-15", OTHER)]);
    let altered = |words: &str, there: &str| {
        let note = format!("inside the quotation marks another copy has “{there}” here");
        (FlagKind::AlteredQuote, vec![words.to_owned()], note)
    };
    assert_eq!(flags(&ledger, "a"), [altered("winter", "spring")]);
    assert_eq!(flags(&ledger, "b"), [altered("spring", "winter")]);
    let record = ledger.article("a").unwrap().unwrap();
    assert_eq!(export::record(&ledger, &record).unwrap()["flags"][0]["kind"], "altered-quote");
    // a third telling is one more wording, and the first one's repetition is none
    let third = QUOTE.replace("winter", "summer");
    ledger.record(&told("c", "2025-03-16", &third), &reading("m1")).unwrap();
    ledger.record(&told("d", "2025-03-17", OTHER), &reading("m1")).unwrap();
    assert_eq!(flags(&ledger, "a").len(), 1);
    assert!(flags(&ledger, "a")[0].2.ends_with("has “spring” or “summer” here"), "{:?}", flags(&ledger, "a"));
    // what is gone is no copy any more
    ledger.record(&told("c", "2025-03-16", "“nothing of the kind”"), &reading("m1")).unwrap();
    assert_eq!(flags(&ledger, "a"), [altered("winter", "spring")]);
}

#[test]
fn versions_of_one_article_are_not_linked_and_past_ones_no_more() {
    let folder = Folder::new("versions-linked");
    let mut ledger = folder.with(&[told("a", "2025-03-14", QUOTE), told("a", "2025-03-14", OTHER)]);
    assert_eq!(relations(&ledger, "a"), []);
    ledger.record(&told("b", "2025-03-15", OTHER), &reading("m1")).unwrap();
    assert_eq!(relations(&ledger, "b"), [("repeats".into(), false, "a".into())]);
    ledger.record(&told("a", "2025-03-14", "“nothing of the kind”"), &reading("m1")).unwrap();
    assert_eq!(relations(&ledger, "b"), []);
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn passages_that_two_articles_share() {
    let wire = "the river rose by two metres in the night after dams in the hills had been opened without a warning to \
                the villages below and forty families were taken to a school on higher ground by boats of the fire service";
    let report = |id: &str, lead: &str| {
        Report::new(id, "2025-03-14")
            .says(&person("Vera Olen"), Act::State, "said", lead)
            .says(&person("Anna Holt"), Act::State, "said", wire)
            .read()
    };
    let folder = Folder::new("passages");
    let ledger = folder.with(&[report("a", "it had rained for é days"), report("b", "nobody had been hurt")]);
    for (id, other) in [("a", "b"), ("b", "a")] {
        let article = ledger.article(id).unwrap().unwrap();
        assert_eq!((article.passages.len(), &*article.passages[0].other.id), (1, other));
        let [begin, end] = article.passages[0].span.map(|at| at as usize);
        let words: String = article.text.chars().skip(begin).take(end - begin).collect();
        assert!(words.contains("forty families"), "{words}");
        assert!(article.passages[0].other_words.contains("forty families"));
        let note = format!("this passage stands in “Report {other}” (Norland Times), too");
        assert_eq!(flags(&ledger, id), [(FlagKind::SharedText, vec![words], note)]);
    }
    assert_eq!(ledger.article("c").unwrap(), None);
}

/// Whether articles come one by one or together makes no difference, even where one of them changes in between.
#[test]
fn together_as_one_by_one() {
    let changed = |words: &str| told("a", "2025-03-14", &format!("{words} and nothing else, said the mayor"));
    let reads = [
        told("a", "2025-03-14", QUOTE),
        told("b", "2025-03-15", OTHER),
        changed(QUOTE),
        told("c", "2025-03-16", QUOTE),
        told("b", "2025-03-15", QUOTE),
    ];
    let (one_by_one, together) = (Folder::new("one-by-one"), Folder::new("together"));
    let one_by_one = one_by_one.with(&reads);
    let mut ledger = together.ledger();
    ledger.record_all(&reads, &reading("m1")).unwrap();
    for article in ["a", "b", "c"] {
        assert_eq!(relations(&ledger, article), relations(&one_by_one, article), "{article}");
    }
    assert!(!relations(&ledger, "c").is_empty());
    assert_eq!(ledger.verify().unwrap().complaints, []);
}
