//! The explanation of one statement: each field with the words and the rule that gave it.

use onrecord::registry::{Known, Likeness};
use onrecord::resolve::{ActReason, ChannelReason, Rule, SpeakerReason};
use onrecord::{Act, Reasons, Record, Registry, Span, Speaker, Statement};

use super::list::{channel, confidence, said, speakers, verdict, word};
use super::paint::{Look, Run};
use super::wrap::wrap;
use super::{Page, inert, paragraph};

/// A statement and why it was read so.
#[derive(Clone, Copy)]
pub(crate) struct Explanation<'a> {
    pub(crate) record: &'a Record,
    /// The place of the statement in the record.
    pub(crate) place: usize,
    pub(crate) reasons: &'a Reasons,
    pub(crate) registry: &'a Registry,
}

/// The names of the fields stand in so many columns.
const LABEL: usize = 10;

/// So many acts that the model holds likely are shown.
const ACTS: usize = 3;

impl Explanation<'_> {
    /// The page, with an empty line at its end.
    pub(crate) fn print(&self, name: &str, page: Page) -> String {
        let statement = self.statement();
        let mut out = String::new();
        let title = format!("{} · statement {}", inert(name), self.place);
        paragraph(&[Run::new(Look::Title, title)], 0, page, &mut out);
        out.push('\n');
        let head = [speakers(statement, self.text()), vec![Run::new(Look::Aside, " · ")], verdict(statement)];
        paragraph(&head.concat(), 0, page, &mut out);
        paragraph(&said(statement, self.text()), 0, page, &mut out);
        out.push('\n');
        for (label, words) in self.lines() {
            let lines = wrap(&[Run::new(Look::Content, words)], page.width.saturating_sub(LABEL));
            for (number, line) in lines.iter().enumerate() {
                let label = if number == 0 { label } else { "" };
                Run::new(Look::Aside, format!("{label:<LABEL$}")).write(page.paint, &mut out);
                line.write(page.paint, &mut out);
                out.push('\n');
            }
        }
        out.push('\n');
        out
    }

    /// The fields, each with its reason.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let statement = self.statement();
        let mut lines = vec![("found", self.found())];
        for (speaker, reason) in statement.speakers.iter().zip(&self.reasons.speakers) {
            lines.push(("speaker", self.speaker(speaker, reason)));
            lines.extend(reason.known.map(|known| ("registry", self.known(known))));
        }
        lines.push(("act", format!("{}: {}", statement.act.word(), self.act())));
        if statement.negated {
            lines.push(("not", "the report says that it was not said or done".to_owned()));
        }
        lines.extend(statement.channel.as_ref().map(|told| {
            let from = self.reasons.channel.map(|reason| self.channel(reason)).unwrap_or_default();
            ("channel", format!("{}: {from}", channel(told)))
        }));
        lines.extend(statement.when.as_ref().map(|when| {
            let day = self.record.article.published.as_deref().map(inert);
            let against = day.map_or_else(
                || "no day of publication is known".to_owned(),
                |day| format!("published {day}"),
            );
            let value = when.value.as_deref().unwrap_or("no day");
            ("when", format!("{value}: {}, {against}", self.quoted(when.span)))
        }));
        lines.extend(self.links().map(|words| ("link", words)));
        lines
    }

    fn statement(&self) -> &Statement {
        &self.record.statements[self.place]
    }

    fn text(&self) -> &str {
        &self.record.article.text
    }

    fn quoted(&self, span: Span) -> String {
        format!("“{}”", inert(span.of(self.text())))
    }

    fn channel(&self, reason: ChannelReason) -> String {
        let words = self.quoted(reason.words);
        match reason.carried_from {
            None => words,
            Some(place) => format!("{words}, told with statement {place} of the same occasion"),
        }
    }

    /// The model's probabilities.
    fn found(&self) -> String {
        let attribution = &self.statement().attribution;
        let scores = &attribution.scores;
        let cue: Vec<String> = attribution.cue.iter().map(|&span| self.quoted(span)).collect();
        let cue = if cue.is_empty() { "no words".to_owned() } else { cue.join(" … ") };
        format!(
            "cue {cue} {}, its source {}, its content {}; the statement {}",
            confidence(scores.cue),
            confidence(scores.source),
            confidence(scores.content),
            confidence(attribution.confidence)
        )
    }

    fn speaker(&self, speaker: &Speaker, reason: &SpeakerReason) -> String {
        let words = self.quoted(reason.words);
        let kind = word(speaker.kind);
        let at =
            reason.named.map(|span| format!("{} (character {})", self.quoted(span), self.character(span)));
        let at = at.unwrap_or_else(|| format!("“{}”", inert(&speaker.name)));
        let how = match reason.rule {
            Rule::Name
                if reason
                    .named
                    .is_some_and(|named| named.of(self.text()) == reason.words.of(self.text())) =>
            {
                format!("{words} is the name")
            }
            Rule::Name => format!("{words} is, by its fullest name in the article, {at}"),
            Rule::SpokeLast => format!("{words} is for whoever spoke last and fits: {at}"),
            Rule::StandsOut => {
                format!("{words} is for the name that fits and stands out most before it: {at}")
            }
            Rule::NamedAfter => format!("{words} comes before the name that it is for: {at}"),
            Rule::SpeaksAround => format!("{words} is whoever says the words around it: {at}"),
            Rule::Follows => format!("{words} is for what it follows: {at}"),
            Rule::Role => format!("{words} is the role that the article gives {at}"),
            Rule::Description => format!("{words} describes {at}, whom the article names before"),
            Rule::Together => format!("{words} are the last that fit, among them {at}"),
            Rule::Issuer => format!("{words} was put out by whoever spoke: {at}"),
            Rule::Again => format!("{words} is described so before"),
            Rule::Unnamed => format!("{words} describes somebody whom the article does not name"),
            Rule::Unresolved => format!("{words}: nothing tells for whom it stands"),
        };
        let unnamed = if speaker.anonymous { "; one whose words are relayed unnamed" } else { "" };
        format!("{}, {kind}: {how}{unnamed}", inert(&speaker.name))
    }

    /// Where a span begins, in code points as in the record.
    fn character(&self, span: Span) -> usize {
        self.text()[..span.begin as usize].chars().count()
    }

    fn known(&self, known: Known) -> String {
        let Known::One { entry, name, likeness } = known else {
            return "several entries fit this name equally well: none is taken".to_owned();
        };
        let entry = &self.registry.entries()[entry];
        let fits = match name.checked_sub(1).and_then(|alias| entry.aliases.get(alias)) {
            Some(alias) => format!("its alias “{}”", inert(alias)),
            None => format!("“{}”", inert(&entry.name)),
        };
        let how = match likeness {
            Likeness::Same => "letter for letter",
            Likeness::Look => "but for case, accents, marks",
            Likeness::Middle => "but for a middle name or patronymic",
            Likeness::Initial => "with an initial for a name",
            Likeness::Spelling => "in another romanisation",
        };
        let id = entry.id.as_deref().map_or(String::new(), |id| format!(" ({})", inert(id)));
        format!("{}{id}: fits {fits} {how}", inert(&entry.name))
    }

    fn act(&self) -> String {
        match self.reasons.act {
            ActReason::Cue => "the cue names it".to_owned(),
            ActReason::FirstOfCue => "the cue may name several acts; this is the usual one".to_owned(),
            ActReason::CueAndContent => "the cue with what it is said of".to_owned(),
            ActReason::Content(span) => {
                format!("the cue leaves it open; in the content {} tells", self.quoted(span))
            }
            ActReason::Source => "a document or an outlet is the source".to_owned(),
            ActReason::Model => {
                format!("the cue leaves it open; the model holds likely {}", self.likeliest())
            }
            ActReason::Nothing => "nothing tells more".to_owned(),
        }
    }

    fn likeliest(&self) -> String {
        let scores = &self.statement().attribution.scores.acts;
        let mut acts: Vec<(Act, f32)> = Act::ALL.into_iter().zip(scores.iter().copied()).collect();
        acts.sort_by(|a, b| b.1.total_cmp(&a.1));
        let shown =
            acts.iter().take(ACTS).map(|(act, share)| format!("{} {}", act.word(), confidence(*share)));
        shown.collect::<Vec<_>>().join(", ")
    }

    /// What it disputes, supports or answers, and who does so to it.
    fn links(&self) -> impl Iterator<Item = String> {
        let links = self.record.links.iter().filter(|link| link.from == self.place || link.to == self.place);
        links.map(|link| {
            let relation = word(link.relation);
            let shown: Vec<String> = link.evidence.iter().map(|&span| self.quoted(span)).collect();
            let which = match link.from == self.place {
                true => format!("{relation} statement {}", link.to),
                false => format!("statement {} {relation} it", link.from),
            };
            format!("{which}: {}", shown.join(" … "))
        })
    }
}
