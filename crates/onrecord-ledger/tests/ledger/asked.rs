//! Figures, disputes, outlets, articles: what is asked for beside a list.

use onrecord::registry::Entry;
use onrecord::{Act, Registry, Speaker, SpeakerType};
use onrecord_ledger::{GenderCounts, Ledger, LedgerError, Question, Scale, export};

use crate::records::{Folder, Report, person, reading, siege, speaker};

#[test]
fn figures() {
    let folder = Folder::new("figures");
    let official = Speaker { anonymous: true, ..person("an official") };
    let third = Report::new("c", "2025-03-24").says(&official, Act::Warn, "warned", "of the flood").read();
    let ledger = folder.with(&[siege(), vec![third]].concat());
    let stats = ledger.stats(&Question::default()).unwrap();
    assert_eq!((stats.articles, stats.statements, stats.anonymous, stats.disputed), (3, 5, 1, 1));
    let speakers: Vec<_> = stats.speakers.iter().map(|count| (count.what.as_str(), count.count)).collect();
    assert_eq!(speakers, [("Andrei Morosh", 2), ("Vera Olen", 2)]);
    let weeks: Vec<_> =
        stats.weeks.iter().map(|week| (week.what.as_str(), week.statements, week.anonymous)).collect();
    assert_eq!(weeks, [("2025-03-10", 4, 0), ("2025-03-24", 1, 1)]);
    let publishers: Vec<_> = stats.publishers.iter().map(|one| (one.what.as_str(), one.statements)).collect();
    assert_eq!(publishers, [("Norland Times", 3), ("Eastern Post", 2)]);
    let some = ledger.stats(&Question { words: Some("corridor".into()), ..Question::default() }).unwrap();
    assert_eq!((some.articles, some.statements), (1, 2));
    let none = ledger.stats(&Question { words: Some("nothing".into()), ..Question::default() }).unwrap();
    assert_eq!((none.statements, none.anonymous), (0, 0));
}

#[test]
fn articles_by_what_they_are_called() {
    let folder = Folder::new("titles");
    let mut ledger = folder.with(&siege());
    let found = |ledger: &Ledger, words: Option<&str>| -> Vec<(String, u64)> {
        let lines = ledger.articles(words, 10, 0).unwrap();
        lines.into_iter().map(|line| (line.about.id, line.statements)).collect()
    };
    let (first, second) = (("siege-1".to_owned(), 2), ("siege-2".to_owned(), 2));
    assert_eq!(found(&ledger, None), [second.clone(), first.clone()]);
    assert_eq!(found(&ledger, Some("report siege")), [second.clone(), first.clone()]);
    assert_eq!(found(&ledger, Some("éastern post")), std::slice::from_ref(&second));
    assert_eq!(found(&ledger, Some("tarnovka")), [], "what was said is another question");
    assert!(matches!(ledger.articles(Some("-"), 10, 0), Err(LedgerError::Words { .. })));
    // a version that is past is called so no more
    let mut renamed = siege().remove(1);
    renamed.record.article.title = Some("Corridor refused".into());
    ledger.record(&renamed, &reading("m1")).unwrap();
    assert_eq!(found(&ledger, Some("report")), [first]);
    assert_eq!(found(&ledger, Some("corridor")), [second]);
    assert_eq!(ledger.verify().unwrap().complaints, []);
    ledger.mend().unwrap();
    assert_eq!(found(&ledger, Some("corridor")).len(), 1);
}

#[test]
fn women_and_men_where_the_registry_tells() {
    let folder = Folder::new("genders");
    let state = speaker("Norland", SpeakerType::Place);
    let third = Report::new("c", "2025-03-24")
        .says(&state, Act::Warn, "warned", "of the flood")
        .says(&person("Ede Holt"), Act::State, "said", "it rains")
        .read();
    let ledger = folder.with(&[siege(), vec![third]].concat());
    let entry = |line| Entry::from_json(line).unwrap().unwrap();
    let registry = Registry::new(vec![
        entry(r#"{"type":"person","name":"Andrei P. Morosh","gender":"male"}"#),
        entry(r#"{"type":"person","name":"Vera Olen","gender":"female"}"#),
    ]);
    let counts = |question| {
        let genders = ledger.genders(&question, &registry).unwrap().unwrap();
        let outlets = genders.publishers.iter().map(|outlet| (outlet.what.clone(), outlet.counts));
        (genders.all, outlets.collect::<Vec<_>>())
    };
    let of = |women, men, untold| GenderCounts { women, men, others: 0, untold };
    let (times, post) = ("Norland Times".to_owned(), "Eastern Post".to_owned());
    assert_eq!(
        counts(Question::default()),
        (of(2, 2, 1), vec![(times, of(1, 1, 1)), (post.clone(), of(1, 1, 0))])
    );
    let truce = Question { words: Some("truce".into()), ..Question::default() };
    assert_eq!(counts(truce), (of(1, 0, 0), vec![(post, of(1, 0, 0))]));
    assert_eq!(ledger.genders(&Question::default(), &Registry::default()).unwrap(), None);
}

#[test]
fn disputes_with_those_who_dispute() {
    let folder = Folder::new("disputed");
    let ledger = folder.with(&siege());
    let found = ledger.disputes(&Question::default()).unwrap();
    assert_eq!((found.len(), found[0].statement.act, found[0].by.len()), (1, Act::Claim, 1));
    let by = &found[0].by[0];
    assert_eq!(
        (by.relation.as_str(), by.statement.act, by.evidence_words.as_str()),
        ("disputes", Act::Deny, "denied")
    );
    assert_eq!(
        ledger.disputes(&Question { words: Some("corridor".into()), ..Question::default() }).unwrap(),
        []
    );
}

#[test]
fn acts_over_time_and_what_is_disputed_most() {
    let folder = Folder::new("periods");
    let vera = person("Vera Olen");
    let later = Report::new("c", "2025-04-02")
        .says(&vera, Act::State, "said", "it snows")
        .says(&vera, Act::State, "said", "it rains")
        .read();
    let ledger = folder.with(&[siege(), vec![later]].concat());
    let counted = |scale| -> Vec<(String, String, u64)> {
        let done = ledger.periods(&Question { speaker: Some("Olen".into()), ..Question::default() }, scale);
        done.unwrap().into_iter().map(|done| (done.period, done.act, done.count)).collect()
    };
    let expected = |of: &[(&str, &str, u64)]| -> Vec<(String, String, u64)> {
        of.iter().map(|&(period, act, count)| (period.into(), act.into(), count)).collect()
    };
    assert_eq!(
        counted(Scale::Year),
        expected(&[("2025", "deny", 1), ("2025", "refuse", 1), ("2025", "state", 2)])
    );
    assert_eq!(
        counted(Scale::Month),
        expected(&[("2025-03", "deny", 1), ("2025-03", "refuse", 1), ("2025-04", "state", 2)])
    );
    assert_eq!(counted(Scale::Day).last().unwrap().0, "2025-04-02");
    let disputed = ledger.most_disputed(5).unwrap();
    assert_eq!((disputed.len(), disputed[0].act, disputed[0].disputed), (1, Act::Claim, 1));
    assert_eq!(ledger.most_disputed(0).unwrap(), []);
}

#[test]
fn outlets_side_by_side() {
    let folder = Folder::new("outlets");
    let ledger = folder.with(&siege());
    let outlets = ["norland times".to_owned(), "Eastern Post".to_owned(), "Nobody's".to_owned()];
    let compared = ledger.compare(&Question::default(), &outlets).unwrap();
    assert_eq!(compared.outlets.iter().map(|outlet| outlet.statements).collect::<Vec<_>>(), [2, 2, 0]);
    assert_eq!(
        compared.speakers,
        [("Andrei Morosh".to_owned(), vec![1, 1, 0]), ("Vera Olen".to_owned(), vec![1, 1, 0]),]
    );
}

#[test]
fn about_somebody_under_all_names() {
    let folder = Folder::new("about");
    let said = |id: &str, content: &str, more: &str| {
        Report::new(id, "2025-03-14")
            .says(&person("Vera Olen"), Act::State, "said", content)
            .says(&person(more), Act::State, "said", "nothing")
            .read()
    };
    let ledger = folder.with(&[
        said("a", "that Morosh would come", "Andrei Morosh"),
        said("b", "that Andrey Morosh had left", "Anna Holt"),
        said("c", "that Morosh was born in the hills", "Irina Morosh"),
        said("d", "that nobody came", "Andrei Morosh"),
    ]);
    let about = |name: &str| {
        let question = Question { about: Some(name.into()), ..Question::default() };
        let mut found: Vec<String> =
            ledger.find(&question).unwrap().into_iter().map(|kept| kept.article.id).collect();
        found.sort();
        found
    };
    // the other spelling is not in the ledger as a name, so its words alone are not enough
    assert_eq!(about("Andrei Morosh"), ["a"]);
    assert_eq!(about("Irina Morosh"), ["c"]);
    assert_eq!(about("Morosh"), ["a", "b", "c"]);
    assert_eq!(about("Nobody Else"), [""; 0]);
}

#[test]
fn an_article_and_its_exports() {
    let folder = Folder::new("exports");
    let ledger = folder.with(&siege());
    let article = ledger.article("siege-1").unwrap().unwrap();
    assert_eq!((article.statements.len(), article.versions.len()), (2, 1));
    let record = export::record(&ledger, &article).unwrap();
    assert_eq!(record["statements"][0]["content"], serde_json::json!(article.statements[0].content));
    assert_eq!(record["links"][0]["from"], record["statements"][1]["id"]);
    assert_eq!(record["links"][0]["relation"], "disputes");
    let annotation = &export::web_annotations(&article)[0];
    let [quote, position] = [0, 1].map(|at| &annotation["target"]["selector"][at]);
    assert_eq!(quote["exact"], "the town of Tarnovka é is encircled");
    assert_eq!(quote["prefix"], "Andrei Morosh claimed ");
    assert_eq!(position["start"], 22);
    assert_eq!(export::schema_org(&article)[0]["author"][0]["name"], "Andrei Morosh");
    assert_eq!(export::gqg(&article)["quotes"], serde_json::json!([]));
    let brat = export::brat(&ledger, &article).unwrap();
    let text: Vec<char> = article.text.chars().collect();
    for line in brat.lines().filter(|line| line.starts_with('T')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let places: Vec<usize> = fields[1].split(' ').skip(1).map(|place| place.parse().unwrap()).collect();
        assert_eq!(text[places[0]..places[1]].iter().collect::<String>(), fields[2]);
    }
    assert!(brat.contains("R1\tDisputes Arg1:E2 Arg2:E1\n"), "{brat}");
    assert!(brat.contains("E1\tCue:T2 Source:T1 Content:T3\nA1\tAct E1 claim\n"), "{brat}");
    assert_eq!(ledger.record_of("siege-1").unwrap().unwrap().statements.len(), 2);
    let read = ledger.record_of("siege-1").unwrap().unwrap();
    assert_eq!(read.links, siege()[0].record.links);
    assert_eq!(read.article, siege()[0].record.article);
}
