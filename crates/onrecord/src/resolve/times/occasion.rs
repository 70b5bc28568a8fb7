//! When each statement of an article was said: its own frame first, else the occasion that it belongs to.
//!
//! A report tells the day once and goes on: "…, Ann said on Friday. She added …". So a saying without a time takes the
//! one of its sentence, else the last of the same speaker not far back, else the day at the head of a sentence of its
//! paragraph. A habit ("has said", "wants") belongs to no occasion.

use super::TimeExpression;
use super::frame::{Frames, anchor};
use crate::Span;
use crate::analyse::Outline;
use crate::attribute::Attribution;
use crate::resolve::{Act, Speaker, SpeakerType, When};

/// How far back, in bytes, a speaker's last statement may stand to be of the same occasion: some five paragraphs.
const REACH: u32 = 1000;

/// Words in a cue that make a habit or a state of it.
const HABITUAL: &[&str] = &[
    "has", "have", "had", "'ve", "’ve", "is", "are", "say", "says", "think", "thinks", "believe", "believes",
    "want", "wants", "hope", "hopes", "would", "will", "could", "can", "may", "does", "do",
];

/// A statement as far as its time needs it.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Its spans; `within` is the place of the outer statement among the tellings.
    pub attribution: &'a Attribution,
    /// Who speaks, resolved.
    pub speakers: &'a [Speaker],
    /// What the speaker does.
    pub act: Act,
}

/// When each of `tellings` was said, in their order; none where the report doesn't tell.
pub fn whens(
    text: &str,
    outline: &Outline,
    times: &[TimeExpression],
    tellings: &[Telling<'_>],
) -> Vec<Option<When>> {
    let frames = Frames::new(text, outline, times, tellings.iter().map(|telling| telling.attribution));
    let mut out: Vec<_> = tellings.iter().map(|telling| own_time(&frames, telling, tellings)).collect();
    let mut order: Vec<_> = tellings
        .iter()
        .enumerate()
        .filter(|(_, telling)| telling.attribution.within.is_none())
        .filter_map(|(place, telling)| Some((anchor(telling.attribution)?, place)))
        .collect();
    order.sort();
    let mut occasions = Occasions { text, frames: &frames, sentence: None, speakers: Vec::new() };
    for (anchor, place) in order {
        out[place] = occasions.next(&tellings[place], anchor, out[place]);
    }
    out.into_iter().map(|time| time.map(when)).collect()
}

fn own_time<'a>(
    frames: &Frames<'a>,
    telling: &Telling<'_>,
    tellings: &[Telling<'_>],
) -> Option<&'a TimeExpression> {
    let outer = telling.attribution.within.and_then(|place| tellings.get(place));
    frames.time(telling.attribution, outer.map(|outer| outer.attribution.content.as_slice()))
}

/// The day, where the words tell an hour too: that is in the article's times.
fn when(time: &TimeExpression) -> When {
    let value = time.value.as_deref().map(|value| value.split('T').next().unwrap_or(value).to_owned());
    When { span: time.span, value }
}

/// The occasions that are open while an article is read.
struct Occasions<'a, 's> {
    text: &'a str,
    frames: &'s Frames<'a>,
    /// The last sentence whose frame told a time.
    sentence: Option<(u32, &'a TimeExpression)>,
    /// For each name its last statement with a time: where, and which.
    speakers: Vec<(&'s str, u32, &'a TimeExpression)>,
}

impl<'a, 's> Occasions<'a, 's> {
    /// The time of the next statement, and what it opens.
    fn next(
        &mut self,
        telling: &Telling<'s>,
        anchor: Span,
        own: Option<&'a TimeExpression>,
    ) -> Option<&'a TimeExpression> {
        let sentence = self.frames.sentence(anchor);
        if let (Some(sentence), Some(time)) = (sentence, own) {
            self.sentence = Some((sentence, time));
        }
        let time =
            own.or_else(|| self.carried(telling, anchor, sentence).filter(|_| !self.is_habit(telling)))?;
        for name in names(telling.speakers) {
            self.speakers.retain(|(known, ..)| *known != name);
            self.speakers.push((name, anchor.begin, time));
        }
        Some(time)
    }

    fn carried(
        &self,
        telling: &Telling<'s>,
        anchor: Span,
        sentence: Option<u32>,
    ) -> Option<&'a TimeExpression> {
        let of_sentence = self.sentence.filter(|(known, time)| Some(*known) == sentence && time.is_day());
        let is_open = |(name, at, time): &&(&str, u32, &TimeExpression)| {
            time.is_day() && anchor.begin - at <= REACH && names(telling.speakers).any(|known| known == *name)
        };
        of_sentence
            .map(|(_, time)| time)
            .or_else(|| self.speakers.iter().rev().find(is_open).map(|(.., time)| *time))
            .or_else(|| self.frames.paragraph_day(anchor))
    }

    /// Whether the cue tells no single saying.
    fn is_habit(&self, telling: &Telling<'_>) -> bool {
        let words = telling.attribution.cue.iter().flat_map(|span| span.of(self.text).split_whitespace());
        let mut words =
            words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\''));
        // a deed of office is done once, though it is no saying
        !telling.act.is_saying() && telling.act != Act::Decide
            || words.any(|word| HABITUAL.iter().any(|habit| word.eq_ignore_ascii_case(habit)))
    }
}

fn names(speakers: &[Speaker]) -> impl Iterator<Item = &str> {
    speakers
        .iter()
        .filter(|speaker| speaker.kind != SpeakerType::Unknown)
        .map(|speaker| speaker.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::{Day, times};
    use super::*;
    use crate::analyse::outline;
    use crate::{Quote, Scores};

    /// Takes the marks out: `<source>`, `{cue}`, `[content]`; a new statement begins at each `|`, which goes too.
    fn unmark(marked: &str) -> (String, Vec<Attribution>) {
        let mut text = String::new();
        let mut out = Vec::new();
        for part in marked.split('|') {
            let mut spans = [Vec::new(), Vec::new(), Vec::new()];
            let mut begin = 0;
            for c in part.chars() {
                match ("<{[".find(c), ">}]".find(c)) {
                    (Some(_), _) => begin = text.len(),
                    (_, Some(role)) => spans[role].push(Span::new(begin, text.len())),
                    _ => text.push(c),
                }
            }
            let [source, cue, content] = spans;
            let scores = Scores::MARKED;
            let quote = Quote::Indirect;
            out.push(Attribution { source, cue, content, quote, within: None, confidence: 1.0, scores });
        }
        (text, out)
    }

    /// Checks the `when` of each statement in a report of Friday, 2025-03-14; statement `n` is by `speakers[n]`.
    #[track_caller]
    fn check(marked: &str, speakers: &[&str], expected: &[Option<&str>]) {
        let (text, attributions) = unmark(marked);
        let outline = outline(&text);
        let times = times(&text, &outline, Day::parse("2025-03-14"));
        let speakers: Vec<_> = speakers
            .iter()
            .map(|name| Speaker {
                name: (*name).to_owned(),
                kind: SpeakerType::Person,
                id: None,
                role: None,
                anonymous: false,
            })
            .collect();
        let tellings: Vec<_> = attributions
            .iter()
            .zip(&speakers)
            .map(|(attribution, speaker)| Telling {
                attribution,
                speakers: std::slice::from_ref(speaker),
                act: Act::State,
            })
            .collect();
        let found = whens(&text, &outline, &times, &tellings);
        let values: Vec<_> =
            found.iter().map(|when| when.as_ref().and_then(|w| w.value.as_deref())).collect();
        assert_eq!(values, expected, "{text}");
    }

    #[test]
    fn the_frame_tells_the_day() {
        check("<Ann> {said} late Thursday [that she would go].", &["Ann"], &[Some("2025-03-13")]);
        check("On Monday, <Ann> {said} [it was over].", &["Ann"], &[Some("2025-03-10")]);
        check("[“No,”] <Ann> {told} reporters on Feb. 12.", &["Ann"], &[Some("2025-02-12")]);
        check("<Ann> {told} the board [to sell], last week.", &["Ann"], &[Some("2025-03-03/2025-03-09")]);
        check("A 2014 <study> {found} [no harm].", &["study"], &[Some("2014")]);
        check("<Ann> {said} at 9:30 a.m. Monday [that it rained].", &["Ann"], &[Some("2025-03-10")]);
    }

    #[test]
    fn other_times_do_not() {
        // of the content, of the speaker, of another deed, to come
        check("<Ann> {said} [that he left on Monday].", &["Ann"], &[None]);
        check("<Ann, who retired Monday,> {said} [no].", &["Ann"], &[None]);
        check("<The film>, which opened Tuesday, {explores} [the past].", &["film"], &[None]);
        check("<Ann>, on Tuesday, {said} [no].", &["Ann"], &[Some("2025-03-11")]);
        check(
            "The house fell on Monday after the storm that came while they slept, and <Ann> {said} [no].",
            &["Ann"],
            &[None],
        );
        check("Built in 1902 by two brothers, <the inn> {said} [no].", &["inn"], &[None]);
        check("<Ann> {said} of the meeting next week [that it was off].", &["Ann"], &[None]);
    }

    #[test]
    fn a_quoted_day_heads_no_paragraph() {
        check(
            "[“They told us 200 last year. Tonight it is 260. What next?”] <Marsh> {asked}.",
            &["Marsh"],
            &[None],
        );
    }

    #[test]
    fn an_occasion_carries_over() {
        check(
            "<Ann> {said} on Monday [it rained].\n\n|[It poured,] <she> {added}.",
            &["Ann", "Ann"],
            &[Some("2025-03-10"), Some("2025-03-10")],
        );
        check(
            "<Ann> {welcomed} on Monday [the gift] |and {asked for} [another].",
            &["Ann", "Ann"],
            &[Some("2025-03-10"), Some("2025-03-10")],
        );
        check(
            "Late Monday, the board met. |<Ann> {asked} [for the book].",
            &["", "Ann"],
            &[None, Some("2025-03-10")],
        );
    }

    #[test]
    fn another_speaker_or_a_habit_is_no_part_of_it() {
        check(
            "<Ann> {said} on Monday [it rained].\n\n|[It poured,] <Bo> {said}.",
            &["Ann", "Bo"],
            &[Some("2025-03-10"), None],
        );
        check(
            "<Ann> {said} on Monday [it rained].\n\n|<She> {has said} [so before].",
            &["Ann", "Ann"],
            &[Some("2025-03-10"), None],
        );
    }

    #[test]
    fn without_a_day_of_publication_the_words_stay() {
        let (text, attributions) = unmark("<Ann> {said} on Friday [that she would go].");
        let outline = outline(&text);
        let times = times(&text, &outline, None);
        let telling = Telling { attribution: &attributions[0], speakers: &[], act: Act::State };
        let found = whens(&text, &outline, &times, &[telling]);
        let when = found[0].as_ref().unwrap();
        assert_eq!((when.span.of(&text), when.value.as_deref()), ("Friday", None));
    }
}
