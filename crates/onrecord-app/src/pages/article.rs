//! An article with its statements, ready to be shown: its marked paragraphs, and beside each what is said in it.

use onrecord::{Article, BlockKind, CodePoints, Flag, FlagKind, Span};

use super::marks::{Anchor, Mark, Piece, Role, marked, paragraph_of, paragraphs};
use super::told::{Told, Voice, words};
use crate::cli::{confidence, counted, inert};

/// What the page of an article shows.
#[derive(Clone, Debug)]
pub(super) struct ArticleView {
    /// Its title, else its headline, else the name of the input.
    pub(super) title: String,
    /// Whether the title is not among the words of the text.
    pub(super) titled: bool,
    /// Where it was published, when, by whom.
    pub(super) facts: Vec<String>,
    /// Where it was found, if that is an address of the web.
    pub(super) url: Option<String>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) count: String,
    pub(super) people: Vec<Person>,
    pub(super) disputes: Vec<Dispute>,
    /// What a careful reader would check first in this copy of the text.
    pub(super) flags: Vec<Flagged>,
    /// How many statements are at least so sure, for each step of the choice.
    pub(super) steps: Vec<Step>,
    /// The key of this run's forms, for whoever may correct here.
    pub(super) key: Option<String>,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The title, where it stands in the text.
    Headline,
    Heading,
    Quotation,
    Item,
    Running,
}

/// A paragraph and what is said in it.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) kind: Kind,
    /// How many code points of the text come before it.
    pub(super) at: u32,
    pub(super) pieces: Vec<Piece>,
    pub(super) notes: Vec<Note>,
}

/// A statement as the margin shows it.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) told: Told,
    pub(super) who: String,
    pub(super) cue: String,
    pub(super) content: String,
    pub(super) depth: usize,
    pub(super) tenth: u8,
    pub(super) sure: String,
}

/// Somebody who speaks in the article, with the numbers of what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) voice: Voice,
    pub(super) numbers: Vec<usize>,
}

/// A statement that somebody disputes, and those who do.
#[derive(Clone, Debug)]
pub(super) struct Dispute {
    pub(super) claim: Note,
    pub(super) against: Vec<Note>,
}

/// Something to be checked first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flagged {
    /// Its words, and what stands around them.
    pub(super) words: String,
    pub(super) note: String,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
    /// Whether it is a passage that stands elsewhere, too: listed apart.
    pub(super) is_shared: bool,
}

/// A step of the choice how sure a statement has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Tenths.
    pub(super) tenth: u8,
    pub(super) label: String,
    pub(super) count: usize,
}

impl ArticleView {
    /// What is to be checked first, but for passages that stand elsewhere.
    pub(super) fn to_check(&self) -> Vec<&Flagged> {
        self.flags.iter().filter(|flag| !flag.is_shared).collect()
    }

    /// How many passages stand elsewhere, too, in words; none where none does.
    pub(super) fn shared(&self) -> Option<String> {
        let count = self.flags.len() - self.to_check().len();
        (count > 0).then(|| counted(count, "passage"))
    }

    /// The view of an article with these statements and flags. `name` is what it is called where it has no title.
    pub(super) fn new(article: &Article, told: Vec<Told>, flags: Vec<Flag>, name: &str) -> ArticleView {
        let (spans, mut kinds): (Vec<Span>, Vec<Kind>) = parts(article).into_iter().unzip();
        let notes = notes(told, &article.text);
        let (mut marks, anchors) = marks(&notes);
        let (flags, flagged) = flagged(flags, &article.text, &spans);
        marks.extend(flagged);
        let pieces = marked(&article.text, &spans, marks, anchors);
        let title = article.title.as_deref().map(inert).filter(|title| !title.trim().is_empty());
        let headline = headline(&article.text, &spans, title.as_deref());
        if let (Some(first), true) = (kinds.first_mut(), headline.is_some()) {
            *first = Kind::Headline;
        }
        ArticleView {
            titled: headline.is_none(),
            title: title.or(headline.clone()).unwrap_or_else(|| inert(name)),
            facts: facts(article),
            url: article.url.as_deref().filter(|url| is_web(url)).map(str::to_owned),
            count: counted(notes.len(), "statement"),
            people: people(&notes),
            disputes: disputes(&notes),
            flags,
            steps: steps(&notes),
            paragraphs: beside(pieces, kinds, (&article.text, &spans), notes),
            key: None,
        }
    }

    /// The numbers of all its statements, in order.
    pub(super) fn numbers(&self) -> Vec<usize> {
        self.paragraphs.iter().flat_map(|paragraph| &paragraph.notes).map(|note| note.told.number).collect()
    }
}

/// The paragraphs of an article, as its page had them where it comes from one.
fn parts(article: &Article) -> Vec<(Span, Kind)> {
    let within = |(span, kind): (Span, Kind)| {
        let begin = span.begin;
        let shifted = move |part: Span| Span { begin: begin + part.begin, end: begin + part.end };
        paragraphs(span.of(&article.text)).into_iter().map(move |part| (shifted(part), kind))
    };
    let whole = Span::new(0, article.text.len());
    match article.blocks.as_slice() {
        [] => within((whole, Kind::Running)).collect(),
        blocks => blocks.iter().map(|block| (block.span, Kind::of(block.kind))).flat_map(within).collect(),
    }
}

impl Kind {
    fn of(kind: BlockKind) -> Kind {
        match kind {
            BlockKind::Paragraph => Kind::Running,
            BlockKind::Heading => Kind::Heading,
            BlockKind::Quotation => Kind::Quotation,
            BlockKind::Item => Kind::Item,
        }
    }
}

/// Nobody is led from here to anything but a page: an address may come from the article itself.
fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn facts(article: &Article) -> Vec<String> {
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    let all = [article.publisher.clone(), article.published.clone(), authors];
    all.into_iter().flatten().map(|fact| inert(&fact)).collect()
}

/// The first paragraph, where it is the title, or, in a text without one, looks like the headline that it begins with.
fn headline(text: &str, paragraphs: &[Span], title: Option<&str>) -> Option<String> {
    let first = inert(paragraphs.first()?.of(text));
    let is_headline = match title {
        Some(title) => first == title,
        None => {
            let fits = paragraphs.len() > 1 && first.chars().count() <= LONGEST_HEADLINE;
            fits && !first.ends_with(['.', '”', '"', ':', ','])
        }
    };
    is_headline.then_some(first)
}

const LONGEST_HEADLINE: usize = 160;

fn notes(told: Vec<Told>, text: &str) -> Vec<Note> {
    let depths: Vec<usize> = told.iter().map(|one| depth(one, &told)).collect();
    let note = |(told, depth): (Told, usize)| Note {
        who: told.who(text),
        cue: words(&told.cue, text),
        content: words(&told.content, text),
        depth,
        tenth: told.tenth(),
        sure: confidence(told.confidence),
        told,
    };
    told.into_iter().zip(depths).map(note).collect()
}

/// In how many statements it stands.
fn depth(one: &Told, all: &[Told]) -> usize {
    let outer = |number: usize| {
        all.binary_search_by_key(&number, |told| told.number).ok().and_then(|place| all[place].within)
    };
    // further in nobody can tell them apart, and a ring ends here too
    std::iter::successors(one.within, |&number| outer(number)).take(DEEPEST).count()
}

const DEEPEST: usize = 4;

fn marks(notes: &[Note]) -> (Vec<Mark>, Vec<Anchor>) {
    let (mut marks, mut anchors) = (Vec::new(), Vec::new());
    for Note { told, depth, tenth, .. } in notes {
        let (number, depth, tenth) = (told.number, *depth, *tenth);
        for (spans, role) in
            [(&told.content, Role::Content), (&told.source, Role::Source), (&told.cue, Role::Cue)]
        {
            marks.extend(spans.iter().map(|&span| Mark { span, role, number, depth, tenth }));
        }
        anchors.extend(told.anchor().map(|at| Anchor { at, number, tenth }));
    }
    (marks, anchors)
}

/// What is to be checked first, and where it is marked.
fn flagged(found: Vec<Flag>, text: &str, paragraphs: &[Span]) -> (Vec<Flagged>, Vec<Mark>) {
    let mark = |(number, flag): (usize, &Flag)| -> Vec<Mark> {
        let mark = |&span: &Span| Mark { span, role: Role::Flag, number, depth: 0, tenth: 9 };
        flag.span.iter().map(mark).collect()
    };
    let marks = found.iter().enumerate().flat_map(mark).collect();
    let flagged = |flag: Flag| Flagged {
        words: around(text, &flag.span),
        paragraph: flag.span.first().map_or(0, |span| paragraph_of(paragraphs, span.begin)),
        is_shared: flag.kind == FlagKind::SharedText,
        note: inert(&flag.note),
    };
    (found.into_iter().map(flagged).collect(), marks)
}

/// The first of these words, with so many letters of what stands around them.
fn around(text: &str, spans: &[Span]) -> String {
    const AROUND: usize = 40;
    const WORDS: usize = 80;
    let Some(span) = spans.first() else { return String::new() };
    let before: Vec<char> =
        text[..span.begin as usize].chars().rev().take_while(|c| *c != '\n').take(AROUND).collect();
    let after = text[span.begin as usize..].chars().take_while(|c| *c != '\n').take(WORDS);
    inert(&before.into_iter().rev().chain(after).collect::<String>())
}

/// The paragraphs, each with the statements whose numbers stand in it.
fn beside(
    pieces: Vec<Vec<Piece>>,
    kinds: Vec<Kind>,
    (text, spans): (&str, &[Span]),
    notes: Vec<Note>,
) -> Vec<Paragraph> {
    let points = CodePoints::new(text);
    let paragraph = |((pieces, kind), span): ((Vec<Piece>, Kind), &Span)| Paragraph {
        kind,
        at: points.at(span.begin),
        pieces,
        notes: Vec::new(),
    };
    let mut paragraphs: Vec<Paragraph> = pieces.into_iter().zip(kinds).zip(spans).map(paragraph).collect();
    for note in notes {
        let place = note.told.anchor().map_or(0, |at| paragraph_of(spans, at));
        if let Some(paragraph) = paragraphs.get_mut(place) {
            paragraph.notes.push(note);
        }
    }
    for paragraph in &mut paragraphs {
        paragraph.notes.sort_by_key(|note| (note.told.anchor(), note.told.number));
    }
    paragraphs
}

/// Who speaks, those who speak most first.
fn people(notes: &[Note]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for Note { told, .. } in notes {
        for voice in &told.speakers {
            let same = |person: &&mut Person| {
                person.voice.name == voice.name && person.voice.anonymous == voice.anonymous
            };
            match people.iter_mut().find(same) {
                Some(person) => {
                    person.numbers.push(told.number);
                    if person.voice.role.is_none() {
                        person.voice.role.clone_from(&voice.role);
                    }
                }
                None => people.push(Person { voice: voice.clone(), numbers: vec![told.number] }),
            }
        }
    }
    people.sort_by_key(|person| std::cmp::Reverse(person.numbers.len()));
    people
}

fn disputes(notes: &[Note]) -> Vec<Dispute> {
    let of = |number: usize| notes.iter().find(|note| note.told.number == number).cloned();
    let dispute = |claim: &Note| {
        let against: Vec<Note> = claim
            .told
            .links
            .iter()
            .filter(|link| link.words == "disputed by")
            .filter_map(|link| link.number.and_then(of))
            .collect();
        (!against.is_empty()).then(|| Dispute { claim: claim.clone(), against })
    };
    notes.iter().filter_map(dispute).collect()
}

/// The steps at which some statements are left out, and all at the lowest.
fn steps(notes: &[Note]) -> Vec<Step> {
    let at_least = |tenth: u8| notes.iter().filter(|note| note.tenth >= tenth).count();
    let step = |tenth: u8| Step { tenth, label: format!(".{tenth}"), count: at_least(tenth) };
    let mut steps = vec![Step { label: "all".to_owned(), ..step(0) }];
    for tenth in 5..=9 {
        let step = step(tenth);
        if steps.last().is_some_and(|last| step.count < last.count) {
            steps.push(step);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::told::{End, Linked, Verdict};
    use onrecord::{Act, Block};

    const TEXT: &str =
        "Mill closed, owner says\n\nThe mill is closed, Ann Lee said.\n\nNobody closed it, Bo Ray answered.";

    /// A statement whose cue, speaker and content are these words of the text.
    fn told(number: usize, name: &str, cue: &str, content: &str, confidence: f32) -> Told {
        let find = |words: &str| {
            let begin = TEXT.find(words).unwrap();
            vec![Span::new(begin, begin + words.len())]
        };
        Told {
            number,
            id: None,
            source: find(name),
            cue: find(cue),
            content: find(content),
            speakers: vec![Voice { name: name.into(), ..Voice::default() }],
            act: Act::State,
            negated: false,
            confidence,
            about: vec![],
            within: None,
            links: vec![],
            verdict: Verdict::Open,
        }
    }

    fn view(title: Option<&str>) -> ArticleView {
        let mut statements = vec![
            told(0, "Ann Lee", "said", "The mill is closed", 0.96),
            told(3, "Bo Ray", "answered", "Nobody closed it", 0.55),
        ];
        statements[0].links.extend(Linked::new("disputes", End::To, Some(3), "Bo Ray".into()));
        let article = Article { text: TEXT.into(), title: title.map(str::to_owned), ..Article::default() };
        ArticleView::new(&article, statements, vec![], "mill.txt")
    }

    #[test]
    fn notes_stand_beside_their_paragraphs() {
        let view = view(None);
        let notes: Vec<Vec<usize>> = view
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.notes.iter().map(|note| note.told.number).collect())
            .collect();
        assert_eq!(notes, [vec![], vec![0], vec![3]]);
        assert_eq!(view.numbers(), [0, 3]);
        let people: Vec<_> = view
            .people
            .iter()
            .map(|person| (person.voice.name.as_str(), person.numbers.as_slice()))
            .collect();
        assert_eq!(people, [("Ann Lee", [0].as_slice()), ("Bo Ray", [3].as_slice())]);
    }

    #[test]
    fn a_headline_is_the_title_and_shown_once() {
        let (without, with) = (view(None), view(Some("The mill")));
        assert_eq!((without.title.as_str(), without.titled), ("Mill closed, owner says", false));
        assert_eq!(without.paragraphs[0].kind, Kind::Headline);
        assert_eq!((with.title.as_str(), with.titled), ("The mill", true));
        assert!(!view(Some("Mill closed, owner says")).titled);
    }

    #[test]
    fn what_is_to_be_checked_first_is_marked_and_told() {
        let text = "The mill\n\nAnn Lee said: “It is closed, and nobody knows why.\n\nNobody answered.";
        let article = Article { text: text.into(), ..Article::default() };
        let view = ArticleView::new(&article, vec![], onrecord::check(&article.text), "mill.txt");
        let words = "Ann Lee said: “It is closed, and nobody knows why.".to_owned();
        let note = "this quotation mark is not closed".into();
        assert_eq!(view.flags, [Flagged { words, note, paragraph: 1, is_shared: false }]);
        let is_flag = |piece: &Piece| matches!(piece, Piece::Open(mark) if mark.role == Role::Flag);
        let marked =
            view.paragraphs.iter().map(|paragraph| paragraph.pieces.iter().filter(|p| is_flag(p)).count());
        assert_eq!(marked.collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn what_a_page_had_is_set_so() {
        let block = |kind, words: &str| {
            let begin = TEXT.find(words).unwrap();
            let span = Span::new(begin, begin + words.len());
            Block { kind, span, path: None, stretches: vec![] }
        };
        let blocks = vec![
            block(BlockKind::Heading, "Mill closed, owner says"),
            block(BlockKind::Quotation, "The mill is closed, Ann Lee said."),
            block(BlockKind::Item, "Nobody closed it, Bo Ray answered."),
        ];
        let article =
            Article { text: TEXT.into(), title: Some("The mill".into()), blocks, ..Article::default() };
        let view = ArticleView::new(&article, vec![], vec![], "mill.html");
        let kinds: Vec<Kind> = view.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(kinds, [Kind::Heading, Kind::Quotation, Kind::Item]);
    }

    #[test]
    fn disputes_and_steps_of_confidence() {
        let view = view(None);
        let disputes: Vec<(usize, usize)> = view
            .disputes
            .iter()
            .map(|dispute| (dispute.claim.told.number, dispute.against[0].told.number))
            .collect();
        assert_eq!(disputes, [(0, 3)]);
        let steps: Vec<_> = view.steps.iter().map(|step| (step.label.as_str(), step.count)).collect();
        assert_eq!(steps, [("all", 2), (".6", 1)]);
        assert!(is_web("HTTPS://a.example/x") && !is_web("javascript:alert(1)") && !is_web("data://x"));
    }
}
