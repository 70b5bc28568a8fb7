//! Which words are whose: roles that people correct, and statements that the model missed.

use onrecord::{Act, Relation};
use onrecord_ledger::{Correction, Kept, Ledger, LedgerError, NewLink, NewRole, NewVoice, Question};

use crate::records::{Folder, Report, person, reading, siege};

const AT: &str = "2025-03-21T09:00:00Z";

fn any() -> Correction {
    Correction::default()
}

fn role(typed: &str) -> Option<NewRole> {
    typed.parse().ok()
}

fn found(ledger: &Ledger, words: &str) -> Vec<Kept> {
    ledger.find(&Question { words: Some(words.into()), ..Question::default() }).unwrap()
}

fn check_sound(ledger: &mut Ledger) {
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn other_words_are_the_content() {
    let folder = Folder::new("content");
    let mut ledger = folder.with(&siege());
    let before = found(&ledger, "encircled tarnovka").remove(0);
    let correction = Correction { content: role("Tarnovka é"), cue: role("claimed the  town"), ..any() };
    let after = ledger.correct(&before.id, &correction, "ed", AT).unwrap();
    assert_eq!(
        (&*after.words.content, &*after.words.cue, &after.id),
        ("Tarnovka é", "claimed the town", &before.id)
    );
    // found by its words, and by those alone
    assert_eq!((found(&ledger, "tarnovka").len(), found(&ledger, "encircled tarnovka").len()), (1, 0));
    check_sound(&mut ledger);
    let [begin, end] = after.content[0];
    let places = Correction { content: role(&format!("@{begin}-{}", end - 2)), ..any() };
    assert_eq!(ledger.correct(&before.id, &places, "ed", AT).unwrap().words.content, "Tarnovka");
    check_sound(&mut ledger);
    let mut anew = siege();
    anew[0].record.statements[0].attribution.content[0].begin += 4;
    for unread in ledger.unread("m2").unwrap() {
        let id = ledger.article_of(unread).unwrap().id;
        let read = anew.iter().find(|read| read.record.article.id == id).unwrap();
        ledger.reread(unread, &read.record, &reading("m2")).unwrap();
    }
    assert_eq!(ledger.statement(&before.id).unwrap().words.content, "Tarnovka");
    ledger.take_back(&before.id, "ed", AT).unwrap();
    assert_eq!(
        ledger.take_back(&before.id, "ed", AT).unwrap().words.content,
        "town of Tarnovka é is encircled"
    );
    assert_eq!(found(&ledger, "encircled tarnovka").len(), 1);
    check_sound(&mut ledger);
}

#[test]
fn how_much_is_quoted_follows_the_content() {
    let folder = Folder::new("quoted");
    let report = Report::new("q", "2025-03-14").says(
        &person("Ann Lee"),
        Act::State,
        "said",
        "it was “a small fire” at the mill",
    );
    let mut ledger = folder.with(&[report.read()]);
    let id = found(&ledger, "fire").remove(0).id;
    for (words, quote) in [
        ("“a small fire”", "direct"),
        ("“a small fire” at the mill", "mixed"),
        ("it … at the mill", "indirect"),
    ] {
        let correction = Correction { content: role(words), ..any() };
        let after = ledger.correct(&id, &correction, "ed", AT).unwrap();
        assert_eq!((&*after.words.content, &*after.quote), (words, quote));
    }
    check_sound(&mut ledger);
}

#[test]
fn words_that_cannot_be_a_role() {
    let folder = Folder::new("no-role");
    let mut ledger = folder.with(&siege());
    let id = found(&ledger, "grain").remove(0).id;
    for wrong in [
        Correction { content: role("no such words"), ..any() },
        Correction { content: role("promised a grain corridor"), ..any() },
        Correction { content: role(""), ..any() },
        Correction { cue: role("@0-9999"), ..any() },
    ] {
        assert!(matches!(ledger.correct(&id, &wrong, "ed", AT), Err(LedgerError::Refused(_))), "{wrong:?}");
    }
    assert_eq!(ledger.history(&id).unwrap(), []);
    // a report need not name its source
    assert_eq!(
        ledger.correct(&id, &Correction { source: role(""), ..any() }, "ed", AT).unwrap().source,
        Vec::<[u32; 2]>::new()
    );
}

fn missed() -> Correction {
    Correction {
        source: role("Vera Olen"),
        cue: role("refused"),
        content: role("the truce"),
        act: Some(Act::Refuse),
        ..any()
    }
}

/// The siege, of which the model missed Olen's refusal.
fn short() -> Vec<onrecord_ledger::Read> {
    let mut reads = siege();
    reads[1].record.statements.remove(1);
    reads
}

#[test]
fn what_the_model_missed_is_added() {
    let folder = Folder::new("add");
    let mut ledger = folder.with(&short());
    let added = ledger.add("siege-2", &missed(), "ed", AT).unwrap();
    assert_eq!((added.act, added.holds, added.corrected, added.confidence), (Act::Refuse, true, true, 1.0));
    assert_eq!(
        (&*added.words.source, &*added.words.cue, &*added.words.content),
        ("Vera Olen", "refused", "the truce")
    );
    assert_eq!(added.speakers.len(), 0, "nobody in this article is known by these words");
    assert_eq!(found(&ledger, "truce").len(), 1);
    let places: Vec<String> = ledger
        .article("siege-2")
        .unwrap()
        .unwrap()
        .statements
        .iter()
        .map(|kept| kept.words.content.clone())
        .collect();
    assert_eq!(places, ["a grain corridor to the town", "the truce"]);
    check_sound(&mut ledger);
    assert!(
        matches!(ledger.add("siege-2", &missed(), "ed", AT), Err(LedgerError::Refused(_))),
        "it is there"
    );
    assert!(matches!(ledger.add("siege-9", &missed(), "ed", AT), Err(LedgerError::Refused(_))));
    // it is corrected as others are, survives another reading, and one that finds it itself
    let voice = NewVoice { name: "Vera Olen".into(), kind: "person".into(), role: None, anonymous: false };
    ledger.correct(&added.id, &Correction { speakers: Some(vec![voice]), ..any() }, "ed", AT).unwrap();
    for (model, reads) in [("m2", short()), ("m3", siege())] {
        for unread in ledger.unread(model).unwrap() {
            let id = ledger.article_of(unread).unwrap().id;
            let read = reads.iter().find(|read| read.record.article.id == id).unwrap();
            ledger.reread(unread, &read.record, &reading(model)).unwrap();
        }
        let after = found(&ledger, "truce");
        assert_eq!(
            (after.len(), &after[0].id, &*after[0].speakers[0].name),
            (1, &added.id, "Vera Olen"),
            "{model}"
        );
        check_sound(&mut ledger);
    }
    assert_eq!(
        found(&ledger, "corridor truce")[0].words.content,
        "any corridor, and the truce",
        "as it is read now"
    );
}

#[test]
fn what_is_added_is_linked_as_its_adder_says() {
    let folder = Folder::new("add-link");
    let mut ledger = folder.with(&short());
    let other = found(&ledger, "encircled tarnovka").remove(0).id;
    let links = vec![NewLink { relation: Relation::Repeats, other, holds: true }];
    let added = ledger.add("siege-2", &Correction { links, ..missed() }, "ed", AT).unwrap();
    let linked = ledger.linked(&added.id).unwrap();
    assert_eq!((linked.len(), &*linked[0].relation), (1, "repeats"));
    check_sound(&mut ledger);
}

#[test]
fn who_adds_a_statement_takes_it_back() {
    let folder = Folder::new("add-back");
    let mut ledger = folder.with(&short());
    let added = ledger.add("siege-2", &missed(), "ed", AT).unwrap();
    assert!(!ledger.take_back(&added.id, "ed", AT).unwrap().holds);
    assert_eq!(found(&ledger, "truce"), []);
    assert_eq!(ledger.gold().unwrap(), []);
    check_sound(&mut ledger);
}

#[test]
fn what_is_added_speaks_as_others_do_and_is_linked() {
    let folder = Folder::new("add-linked");
    let mut reads = siege();
    let words = "the bridge at Lower Marn was mined by retreating engineers before dawn";
    for (number, publisher) in [("w1", "Norland Times"), ("w2", "Eastern Post")] {
        let report = Report::new(number, "2025-03-17").by(publisher).says(
            &person("Ivo Brandt"),
            Act::State,
            "said",
            words,
        );
        reads.push(report.says(&person("Ivo Brandt"), Act::State, "added", "more").read());
    }
    reads[3].record.statements.remove(0);
    let mut ledger = folder.with(&reads);
    let told = found(&ledger, "bridge").remove(0);
    let missed = Correction { source: role("Ivo Brandt"), cue: role("said"), content: role(words), ..any() };
    let added = ledger.add("w2", &missed, "ed", AT).unwrap();
    assert_eq!(added.speakers[0].name, "Ivo Brandt");
    let linked = ledger.linked(&told.id).unwrap();
    assert_eq!((linked.len(), &*linked[0].relation, &linked[0].statement.id), (1, "repeats", &added.id));
    // other words are another utterance
    let other = Correction { content: role("the bridge"), ..any() };
    ledger.correct(&added.id, &other, "ed", AT).unwrap();
    assert_eq!(ledger.linked(&told.id).unwrap(), []);
    ledger.take_back(&added.id, "ed", AT).unwrap();
    assert_eq!(ledger.linked(&told.id).unwrap().len(), 1);
    check_sound(&mut ledger);
}
