//! Corrections that survive whatever another reading finds, and that are taken back.

use onrecord::{Act, Relation, Span};
use onrecord_ledger::{Correction, Kept, Ledger, LedgerError, NewChannel, NewLink, NewVoice, Question, Read};

use crate::records::{Folder, reading, siege};

const AT: &str = "2025-03-21T09:00:00Z";
const LATER: &str = "2025-03-22T09:00:00Z";

fn any() -> Correction {
    Correction::default()
}

fn found(ledger: &Ledger, words: &str) -> Kept {
    let question = Question { words: Some(words.into()), ..Question::default() };
    let mut found = ledger.find(&question).unwrap();
    assert_eq!(found.len(), 1, "{words}");
    found.remove(0)
}

fn voice(name: &str) -> NewVoice {
    NewVoice { name: name.into(), kind: "person".into(), role: None, anonymous: false }
}

fn reread(ledger: &mut Ledger, model: &str, anew: &[Read]) {
    for unread in ledger.unread(model).unwrap() {
        let id = ledger.article_of(unread).unwrap().id;
        let read = anew.iter().find(|read| read.record.article.id == id).unwrap();
        ledger.reread(unread, &read.record, &reading(model)).unwrap();
    }
    check_sound(ledger);
}

fn check_sound(ledger: &mut Ledger) {
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

/// All that people can correct of a statement, but its place.
fn all() -> Correction {
    Correction {
        act: Some(Act::Offer),
        speakers: Some(vec![voice("Mara Quill")]),
        addressees: Some(vec![voice("the council")]),
        channel: Some(Some(NewChannel { kind: "phone".into(), name: None })),
        when: Some(Some("2025-03-01".into())),
        negated: Some(true),
        ..any()
    }
}

fn fields(kept: &Kept) -> impl PartialEq + std::fmt::Debug + use<> {
    let names =
        |voices: &[onrecord_ledger::Voice]| voices.iter().map(|voice| voice.name.clone()).collect::<Vec<_>>();
    let when = kept.when.as_ref().and_then(|when| when.value.clone());
    let words = kept.words.clone();
    let (speakers, addressees) = (names(&kept.speakers), names(&kept.addressees));
    (
        kept.act,
        speakers,
        addressees,
        kept.channel.clone(),
        when,
        kept.negated,
        kept.day.clone(),
        words,
        kept.quote.clone(),
    )
}

#[test]
fn what_is_taken_back_is_as_it_was_read() {
    let folder = Folder::new("take-back");
    let mut ledger = folder.with(&siege());
    for words in ["grain", "encircled tarnovka"] {
        let before = found(&ledger, words);
        let after = ledger.correct(&before.id, &all(), "ed", AT).unwrap();
        assert_eq!((after.act, after.negated, after.day.as_deref()), (Act::Offer, true, Some("2025-03-01")));
        let act = Correction { act: Some(Act::Warn), ..any() };
        assert_eq!(ledger.correct(&before.id, &act, "ed", AT).unwrap().act, Act::Warn);
        check_sound(&mut ledger);

        let once = ledger.take_back(&before.id, "ann", LATER).unwrap();
        assert_eq!(
            (fields(&once), once.corrected),
            (fields(&after), true),
            "the correction before it stands"
        );
        let twice = ledger.take_back(&before.id, "ann", LATER).unwrap();
        assert_eq!(
            (fields(&twice), twice.corrected),
            (fields(&before), false),
            "made together, taken back together"
        );
        assert!(matches!(ledger.take_back(&before.id, "ann", LATER), Err(LedgerError::Refused(_))));
        assert_eq!(ledger.gold().unwrap(), []);
        let history = ledger.history(&before.id).unwrap();
        assert_eq!(history.len(), 7);
        assert!(
            history
                .iter()
                .all(|note| note.taken_back.as_ref().is_some_and(|it| it.author == "ann" && it.at == LATER))
        );
        check_sound(&mut ledger);
    }
}

#[test]
fn an_acceptance_holds_all_and_is_taken_back() {
    let folder = Folder::new("accept");
    let mut ledger = folder.with(&siege());
    let before = found(&ledger, "grain");
    let unchecked = |ledger: &Ledger| {
        ledger
            .find(&Question { unchecked: true, ..Question::default() })
            .unwrap()
            .iter()
            .any(|kept| kept.id == before.id)
    };
    assert!(unchecked(&ledger));
    ledger.correct(&before.id, &Correction { confirmed: true, ..any() }, "ed", AT).unwrap();
    assert!(!unchecked(&ledger));
    let mut anew = siege();
    let other = &mut anew[1].record.statements[0];
    other.act = Act::Warn;
    other.speakers.clear();
    other.when = None;
    other.attribution.content[0].end -= 5;
    reread(&mut ledger, "m2", &anew);
    let after = found(&ledger, "grain");
    assert_eq!(
        (fields(&after), &*after.model),
        (fields(&before), "m2"),
        "another reading changes nothing of it"
    );
    let read = ledger.take_back(&before.id, "ed", LATER).unwrap();
    assert_eq!((read.act, read.speakers.len(), read.when), (Act::Warn, 0, None));
    assert_eq!(read.words.content, "a grain corridor to the");
    assert!(unchecked(&ledger));
    check_sound(&mut ledger);
    // whoever rejects it and finds it right after all need not restore it first
    ledger.correct(&before.id, &Correction { rejected: Some(true), ..any() }, "ed", LATER).unwrap();
    assert!(ledger.correct(&before.id, &Correction { confirmed: true, ..any() }, "ed", LATER).unwrap().holds);
    assert!(!ledger.take_back(&before.id, "ed", LATER).unwrap().holds);
    check_sound(&mut ledger);
}

#[test]
fn every_field_survives_another_reading() {
    let folder = Folder::new("survive");
    let mut ledger = folder.with(&siege());
    let id = found(&ledger, "grain").id;
    let corrected = ledger.correct(&id, &all(), "ed", AT).unwrap();
    // the same again, without words for the time
    let mut anew = siege();
    anew[1].record.statements[0].when = None;
    reread(&mut ledger, "m2", &anew);
    let after = ledger.statement(&id).unwrap();
    assert_eq!((fields(&after), &*after.model, after.holds), (fields(&corrected), "m2", true));
    assert_eq!(after.when.unwrap().text, "", "the reading has no words for it");
    reread(&mut ledger, "m3", &siege());
    assert_eq!(ledger.statement(&id).unwrap().when.unwrap().text, "on Saturday");
    let read = ledger.take_back(&id, "ed", LATER).unwrap();
    assert_eq!((read.act, read.day.as_deref()), (Act::Promise, Some("2025-03-15")));
    check_sound(&mut ledger);
}

#[test]
fn a_statement_that_another_reading_misses_stays() {
    let folder = Folder::new("missed");
    let mut ledger = folder.with(&siege());
    let id = found(&ledger, "grain").id;
    let corrected = ledger.correct(&id, &all(), "ed", AT).unwrap();
    let mut anew = siege();
    anew[1].record.statements.remove(0);
    for model in ["m2", "m3"] {
        reread(&mut ledger, model, &anew);
        let after = found(&ledger, "grain");
        assert_eq!((fields(&after), &after.id, &*after.model), (fields(&corrected), &id, model));
        let article = ledger.article("siege-2").unwrap().unwrap();
        assert_eq!(article.statements[0].id, id, "in the order of the text");
    }
    assert_eq!(ledger.gold().unwrap()[0].statements.len(), 1);
    // nobody speaks of it any more, and nobody reads it: it goes
    assert!(!ledger.take_back(&id, "ed", LATER).unwrap().holds);
    check_sound(&mut ledger);
    assert_eq!(ledger.gold().unwrap(), []);
    // until a model finds it again
    reread(&mut ledger, "m4", &siege());
    assert_eq!((found(&ledger, "grain").id, found(&ledger, "grain").act), (id, Act::Promise));
}

#[test]
fn another_cue_is_the_same_statement() {
    let folder = Folder::new("cue");
    let mut ledger = folder.with(&siege());
    let id = found(&ledger, "grain").id;
    ledger.correct(&id, &Correction { act: Some(Act::Offer), ..any() }, "ed", AT).unwrap();
    let mut anew = siege();
    let cue = &mut anew[1].record.statements[0].attribution.cue[0];
    *cue = Span { begin: cue.begin, end: cue.end - 3 };
    reread(&mut ledger, "m2", &anew);
    let after = found(&ledger, "grain");
    assert_eq!((after.id, after.act, after.words.cue.as_str()), (id, Act::Offer, "promi"));
}

#[test]
fn a_new_version_of_the_same_text() {
    let folder = Folder::new("headline");
    let mut ledger = folder.with(&siege());
    let id = found(&ledger, "grain").id;
    let corrected = ledger.correct(&id, &all(), "ed", AT).unwrap();
    let mut later = siege().remove(1);
    later.record.article.title = Some("Another headline".into());
    later.record.statements.remove(0);
    ledger.record(&later, &reading("m1")).unwrap();
    let after = ledger.statement(&id).unwrap();
    assert_eq!((fields(&after), after.article.version, after.holds), (fields(&corrected), 2, true));
    check_sound(&mut ledger);
}

fn link(relation: Relation, other: &str, holds: bool) -> Correction {
    Correction { links: vec![NewLink { relation, other: other.into(), holds }], ..any() }
}

#[test]
fn links_that_people_make_and_undo() {
    let folder = Folder::new("links");
    let mut ledger = folder.with(&siege());
    let (claim, denial) = (found(&ledger, "encircled tarnovka").id, found(&ledger, "that the town").id);
    let promise = found(&ledger, "grain").id;
    let disputed = |ledger: &Ledger, id: &str| ledger.statement(id).unwrap().disputed;
    assert_eq!((disputed(&ledger, &claim), disputed(&ledger, &promise)), (1, 0));
    let shown = ledger.linked(&claim).unwrap().remove(0).evidence_words;

    // one that was read is none, and one that was not read is one, in another article
    ledger.correct(&denial, &link(Relation::Disputes, &claim, false), "ed", AT).unwrap();
    ledger.correct(&denial, &link(Relation::Disputes, &promise[..8], true), "ed", AT).unwrap();
    assert_eq!((disputed(&ledger, &claim), disputed(&ledger, &promise)), (0, 1));
    assert_eq!(ledger.linked(&promise).unwrap().remove(0).evidence_words, "denied");
    check_sound(&mut ledger);
    let gold = ledger.gold().unwrap();
    let links: Vec<_> = gold[0].links.iter().map(|link| (&link.to, link.holds)).collect();
    assert_eq!(links, [(&claim, false), (&promise, true)]);

    // whichever of the two articles is read again, and whatever links are read there
    reread(&mut ledger, "m2", &siege());
    assert_eq!((disputed(&ledger, &claim), disputed(&ledger, &promise)), (0, 1));
    let mut anew = siege();
    anew[1].record.statements.remove(0);
    reread(&mut ledger, "m3", &anew);
    assert_eq!((disputed(&ledger, &claim), disputed(&ledger, &promise)), (0, 1), "the other end stays");
    assert!(found(&ledger, "grain").holds);

    ledger.take_back(&denial, "ed", LATER).unwrap();
    ledger.take_back(&denial, "ed", LATER).unwrap();
    assert_eq!(disputed(&ledger, &claim), 1);
    assert!(!ledger.statement(&promise).unwrap().holds, "nobody reads it, and nobody speaks of it");
    assert_eq!(ledger.linked(&claim).unwrap().remove(0).evidence_words, shown);
    assert_eq!(ledger.gold().unwrap(), []);
    check_sound(&mut ledger);

    // either end shows it, and takes it back
    ledger.correct(&denial, &link(Relation::Disputes, &claim, false), "ed", AT).unwrap();
    let last = ledger.history(&claim).unwrap().pop().unwrap();
    assert_eq!((last.of.as_ref(), &*last.field, &last.value), (Some(&denial), "disputes", &false.into()));
    assert_eq!(ledger.history(&denial).unwrap().pop().unwrap().of, None);
    ledger.take_back(&claim, "ed", LATER).unwrap();
    assert_eq!(disputed(&ledger, &claim), 1);
    assert!(ledger.take_back(&denial, "ed", LATER).is_err(), "nothing is left");
    check_sound(&mut ledger);
    for wrong in [&denial, "0000000000000000"] {
        assert!(
            ledger.correct(&denial, &link(Relation::Disputes, wrong, true), "ed", AT).is_err(),
            "{wrong}"
        );
    }
}
