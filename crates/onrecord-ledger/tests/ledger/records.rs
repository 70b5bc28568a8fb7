//! Records written by hand, and ledgers in folders of their own.

use std::fs;
use std::path::PathBuf;

use onrecord::{
    Act, Article, Attribution, Link, Quote, Record, Relation, Scores, Span, Speaker, SpeakerType, Statement,
    When,
};
use onrecord_ledger::{Ledger, Read, Reading};

/// A fresh folder, gone with the value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty one; `name` must be a test's own.
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("onrecord-ledger-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("news.db")
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(self.file()).unwrap()
    }

    /// A ledger with these records, kept one after the other.
    pub(crate) fn with(&self, reads: &[Read]) -> Ledger {
        let mut ledger = self.ledger();
        for read in reads {
            ledger.record(read, &reading("m1")).unwrap();
        }
        ledger
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn reading(model: &str) -> Reading {
    Reading { model: model.into(), least_confidence: 0.3, at: "2025-03-20T12:00:00Z".into() }
}

pub(crate) fn person(name: &str) -> Speaker {
    speaker(name, SpeakerType::Person)
}

pub(crate) fn speaker(name: &str, kind: SpeakerType) -> Speaker {
    Speaker { name: name.into(), kind, id: None, role: None, anonymous: false }
}

/// A report that is being written, sentence by sentence.
pub(crate) struct Report(Record);

impl Report {
    /// An empty one, published on this day.
    pub(crate) fn new(id: &str, published: &str) -> Report {
        let article = Article {
            id: id.into(),
            title: Some(format!("Report {id}")),
            publisher: Some("Norland Times".into()),
            published: Some(published.into()),
            ..Article::default()
        };
        Report(Record { article, statements: vec![], links: vec![], times: None })
    }

    pub(crate) fn by(mut self, publisher: &str) -> Report {
        self.0.article.publisher = Some(publisher.into());
        self
    }

    /// With a sentence "SOURCE CUE CONTENT. ".
    pub(crate) fn says(mut self, speaker: &Speaker, act: Act, cue: &str, content: &str) -> Report {
        let text = &mut self.0.article.text;
        let mut role = |words: &str, end: &str| {
            let begin = text.len();
            text.push_str(words);
            let span = Span::new(begin, text.len());
            text.push_str(end);
            span
        };
        let (source, cue, content) = (role(&speaker.name, " "), role(cue, " "), role(content, ". "));
        self.0.statements.push(statement(speaker, act, [source, cue, content]));
        self
    }

    /// The last sentence was said on this day.
    pub(crate) fn on(mut self, words: &str, value: &str) -> Report {
        let begin = self.0.article.text.len();
        self.0.article.text.push_str(words);
        let span = Span::new(begin, self.0.article.text.len());
        self.0.article.text.push(' ');
        self.0.statements.last_mut().unwrap().when = Some(When { span, value: Some(value.into()) });
        self
    }

    /// The last sentence with this confidence.
    pub(crate) fn sure(mut self, confidence: f32) -> Report {
        self.0.statements.last_mut().unwrap().attribution.confidence = confidence;
        self
    }

    /// The last sentence stands in the one at this place.
    pub(crate) fn within(mut self, place: usize) -> Report {
        self.0.statements.last_mut().unwrap().attribution.within = Some(place);
        self
    }

    /// One sentence disputes another.
    pub(crate) fn disputes(mut self, from: usize, to: usize) -> Report {
        let evidence = self.0.statements[from].attribution.cue.clone();
        self.0.links.push(Link { from, to, relation: Relation::Disputes, evidence, score: 0.8 });
        self
    }

    pub(crate) fn read(self) -> Read {
        let place = format!("{}.txt", self.0.article.id);
        Read { record: self.0, place }
    }
}

fn statement(speaker: &Speaker, act: Act, [source, cue, content]: [Span; 3]) -> Statement {
    let attribution = Attribution {
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        quote: Quote::Indirect,
        within: None,
        confidence: 0.9,
        scores: Scores::MARKED,
    };
    Statement {
        attribution,
        act,
        negated: false,
        speakers: vec![speaker.clone()],
        addressees: vec![],
        channel: None,
        when: None,
        place: None,
    }
}

/// Two reports on a siege: what one side claims, and what the other says of it.
pub(crate) fn siege() -> Vec<Read> {
    let (morosh, olen) = (person("Andrei Morosh"), person("Vera Olen"));
    let first = Report::new("siege-1", "2025-03-14")
        .says(&morosh, Act::Claim, "claimed", "the town of Tarnovka é is encircled")
        .says(&olen, Act::Deny, "denied", "that the town is encircled")
        .disputes(1, 0);
    let second = Report::new("siege-2", "2025-03-16")
        .by("Eastern Post")
        .says(&person("Andrey Morosh"), Act::Promise, "promised", "a grain corridor to the town")
        .on("on Saturday", "2025-03-15")
        .says(&olen, Act::Refuse, "refused", "any corridor, and the truce")
        .says(&morosh, Act::State, "perhaps", "something that the model is not sure of")
        .sure(0.1);
    vec![first.read(), second.read()]
}
