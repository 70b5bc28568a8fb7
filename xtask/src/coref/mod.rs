//! How well pronouns, short names and descriptions are taken for whom they stand, on documents with gold coreference.
//!
//! Asked is each mention of a person or body that the document has named before: a pronoun of the third person, a name
//! with fewer words than the fullest one before it, a description. Right is the answer that has all words of the
//! fullest name before but for titles (the resolver may know a fuller one, from later). A mention that gets no name counts against
//! recall alone. The resolver is given each mention as the source of a statement, and finds names itself.
//!
//! The baseline knows which words are mentions. It takes a pronoun for the last name before it, and anything else for
//! the fullest name before it with the same head word.

mod conllu;

use std::io::Read;
use std::path::PathBuf;

use onrecord::analyse::outline;
use onrecord::{Article, Attribution, Quote, Registry, Scores, Span, SpeakerType, resolve};

use conllu::{Document, Mention, documents};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pronoun,
    ShortName,
    Description,
}

/// Answers given, right ones, questions.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: u32,
    given: u32,
    asked: u32,
}

impl Count {
    fn add(&mut self, answer: Option<&str>, fullest: &[String]) {
        self.asked += 1;
        self.given += u32::from(answer.is_some());
        let words = answer.map(words).unwrap_or_default();
        self.right += u32::from(fullest.iter().all(|word| words.contains(word)) && answer.is_some());
    }

    fn figures(self) -> String {
        let share = |of: u32| f64::from(self.right) / f64::from(of.max(1));
        let f1 = 2.0 * f64::from(self.right) / f64::from((self.given + self.asked).max(1));
        format!("{:.3}  {:.3}  {f1:.3}", share(self.given), share(self.asked))
    }
}

/// Reads `files` (CoNLL-U with entities, gzipped or plain) and prints precision, recall and F1 of the two.
pub(crate) fn coref(files: &[String]) -> anyhow::Result<()> {
    const KINDS: [(Kind, &str); 3] =
        [(Kind::Pronoun, "pronouns"), (Kind::ShortName, "short names"), (Kind::Description, "descriptions")];
    let mut counts = [[Count::default(); 2]; KINDS.len()];
    for file in files {
        let mut text = String::new();
        crate::prepare::open(&PathBuf::from(file))?.read_to_string(&mut text)?;
        for document in documents(&text) {
            let asked = asked(&document);
            let answers = answers(&document, &asked);
            for (question, answer) in asked.iter().zip(answers) {
                let baseline = baseline(&document, question);
                let [of_baseline, of_resolver] = &mut counts[question.kind as usize];
                of_baseline.add(baseline.as_deref(), &question.fullest);
                of_resolver.add(answer.as_deref(), &question.fullest);
            }
        }
    }
    println!("{:<13}  asked  head match P, R, F1     resolver P, R, F1", "");
    for (kind, name) in KINDS {
        print(name, counts[kind as usize]);
    }
    let sum = |which: usize| {
        counts.iter().map(|pair| pair[which]).fold(Count::default(), |a, b| Count {
            right: a.right + b.right,
            given: a.given + b.given,
            asked: a.asked + b.asked,
        })
    };
    print("all", [sum(0), sum(1)]);
    Ok(())
}

fn print(name: &str, [baseline, resolver]: [Count; 2]) {
    println!("{name:<13} {:>6}  {}     {}", baseline.asked, baseline.figures(), resolver.figures());
}

/// One question.
struct Question {
    /// The number of the mention.
    mention: usize,
    kind: Kind,
    /// The words of the fullest name before it.
    fullest: Vec<String>,
}

fn asked(document: &Document) -> Vec<Question> {
    let question = |(number, mention): (usize, &Mention)| {
        let before = document.mentions[..number].iter().filter(|other| other.entity == mention.entity);
        let fullest = before.filter_map(|other| name(document, other)).max_by_key(Vec::len)?;
        let own = name(document, mention);
        let head = &document.words[mention.head];
        let kind = match head.class.as_str() {
            "PRON" if mention.words.len() == 1 => Kind::Pronoun,
            "NOUN" => Kind::Description,
            _ if own.is_some_and(|own| own.len() < fullest.len()) => Kind::ShortName,
            _ => return None,
        };
        let third = THIRD.contains(&head.form.to_lowercase().as_str());
        (kind != Kind::Pronoun || third).then_some(Question { mention: number, kind, fullest })
    };
    document.mentions.iter().enumerate().filter_map(question).collect()
}

const THIRD: [&str; 17] = [
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
];

/// Words that stand before a name and are no part of it, as the record writes names.
const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "president",
    "prime",
    "minister",
    "senator",
    "sen",
    "representative",
    "rep",
    "governor",
    "gov",
    "king",
    "queen",
    "judge",
];

/// The words of the name in a mention: the run of proper nouns around its head, but for titles.
fn name(document: &Document, mention: &Mention) -> Option<Vec<String>> {
    let proper = |at: &usize| document.words[*at].class == "PROPN";
    if !proper(&mention.head) {
        return None;
    }
    let begin = (mention.words.start..=mention.head).rev().take_while(proper).last()?;
    let end = (mention.head..mention.words.end).take_while(proper).last()?;
    let all: Vec<String> = (begin..=end).flat_map(|at| words(&document.words[at].form)).collect();
    let titles = all.iter().take_while(|word| TITLES.contains(&word.as_str())).count();
    // "the President" alone is called so
    Some(all[titles.min(all.len().saturating_sub(1))..].to_vec())
}

/// Words in lower case, without marks and articles.
fn words(name: &str) -> Vec<String> {
    let cut = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    cut.filter(|word| !word.is_empty() && word != "the").collect()
}

/// The names that the resolver gives; none where it gives none.
fn answers(document: &Document, asked: &[Question]) -> Vec<Option<String>> {
    let span = |mention: &Mention| {
        let words = &document.words[mention.words.clone()];
        Span::new(words[0].span.start, words[words.len() - 1].span.end)
    };
    let attribution = |question: &Question| Attribution {
        source: vec![span(&document.mentions[question.mention])],
        cue: vec![],
        content: vec![],
        quote: Quote::Indirect,
        within: None,
        confidence: 1.0,
        scores: Scores::MARKED,
    };
    let article = Article { text: document.text.clone(), ..Article::default() };
    let attributions = asked.iter().map(attribution).collect();
    let statements = resolve::resolve(&article, &outline(&document.text), attributions, &Registry::default());
    let answer = |(statement, question): (&onrecord::Statement, &Question)| {
        let [speaker] = statement.speakers.as_slice() else { return None };
        let own =
            words(&speaker.name) == words(span(&document.mentions[question.mention]).of(&document.text));
        let none = speaker.kind == SpeakerType::Unknown || own && question.kind != Kind::ShortName;
        (!none).then(|| speaker.name.clone())
    };
    statements.iter().zip(asked).map(answer).collect()
}

fn baseline(document: &Document, question: &Question) -> Option<String> {
    let before = &document.mentions[..question.mention];
    let joined = |mention: &Mention| name(document, mention).map(|name| name.join(" "));
    if question.kind == Kind::Pronoun {
        return before.iter().rev().find_map(joined);
    }
    let head = |mention: &Mention| document.words[mention.head].form.to_lowercase();
    let own = head(&document.mentions[question.mention]);
    let same = before.iter().filter(|mention| head(mention) == own);
    same.filter_map(joined).max_by_key(|name| name.split(' ').count())
}
