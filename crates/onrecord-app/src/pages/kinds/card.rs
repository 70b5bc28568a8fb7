//! A statement of the ledger in a list.

use onrecord_ledger::{ArticleNote, Kept, Voice as KeptVoice};

use super::asked::encoded;
use crate::cli::{confidence, inert, moment};
use crate::pages::told::{Voice, addressed};

/// A statement as lists show it.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Card {
    pub(in crate::pages) id: String,
    pub(in crate::pages) day: Option<String>,
    pub(in crate::pages) voices: Vec<Voice>,
    /// Who speaks where nobody is named: the words of the source.
    pub(in crate::pages) source: String,
    pub(in crate::pages) act: &'static str,
    pub(in crate::pages) negated: bool,
    pub(in crate::pages) sure: String,
    pub(in crate::pages) cue: String,
    pub(in crate::pages) content: String,
    pub(in crate::pages) about: Vec<String>,
    pub(in crate::pages) title: String,
    pub(in crate::pages) publisher: Option<String>,
    /// The address of the article's page.
    pub(in crate::pages) article: String,
    pub(in crate::pages) disputed: u32,
    pub(in crate::pages) drifted: u32,
    pub(in crate::pages) corrected: bool,
    pub(in crate::pages) holds: bool,
    pub(in crate::pages) read: String,
    /// When it was read, RFC 3339.
    pub(in crate::pages) updated: String,
}

impl Card {
    pub(in crate::pages) fn new(kept: &Kept) -> Card {
        Card {
            id: kept.id.clone(),
            day: kept.day.clone(),
            voices: kept.speakers.iter().map(voice).collect(),
            source: shown(&kept.words.source),
            act: kept.act.word(),
            negated: kept.negated,
            sure: confidence(kept.confidence as f32),
            cue: shown(&kept.words.cue),
            content: shown(&kept.words.content),
            about: about(kept),
            title: title(&kept.article),
            publisher: kept.article.publisher.as_deref().map(inert),
            article: article_page(&kept.article.id),
            disputed: kept.disputed,
            drifted: kept.drifted,
            corrected: kept.corrected,
            holds: kept.holds,
            updated: kept.read.clone(),
            read: format!("{} by {}", kept.read, kept.model),
        }
    }

    /// The same for a file, from which nothing leads to pages of the site.
    pub(in crate::pages) fn unlinked(kept: &Kept) -> Card {
        let voices = kept.speakers.iter().map(|speaker| Voice { entity: None, ..voice(speaker) });
        Card { voices: voices.collect(), ..Card::new(kept) }
    }

    pub(super) fn all(kept: &[Kept]) -> Vec<Card> {
        kept.iter().map(Card::new).collect()
    }
}

/// What an article is called in lists: its title, else where it was read, without the folders of a file.
pub(in crate::pages) fn title(note: &ArticleNote) -> String {
    let file = |place: &str| match place.contains("://") {
        true => place.to_owned(),
        false => place.rsplit(['/', '\\']).next().unwrap_or(place).to_owned(),
    };
    inert(&note.title.clone().unwrap_or_else(|| file(&note.place)))
}

/// The address of the page of an article that is known by this.
pub(super) fn article_page(key: &str) -> String {
    format!("/article?id={}", encoded(key))
}

/// The words of a role in one line.
pub(super) fn shown(words: &str) -> String {
    inert(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who speaks, with the number under which the ledger knows them.
pub(super) fn voice(voice: &KeptVoice) -> Voice {
    Voice {
        name: inert(&voice.name),
        role: voice.role.as_deref().map(inert),
        anonymous: voice.anonymous,
        entity: voice.entity,
    }
}

/// How it was said, when, where, to whom.
pub(super) fn about(kept: &Kept) -> Vec<String> {
    let channel = kept.channel.as_ref().map(|kind| {
        let kind = kind.replace('-', " ");
        kept.channel_name.as_ref().map_or(kind.clone(), |name| format!("{kind}, {}", inert(name)))
    });
    let mut about: Vec<String> = channel.into_iter().collect();
    about.extend(kept.when.as_ref().map(|when| moment(&when.text, when.value.as_deref())));
    about.extend(kept.place.as_ref().map(|place| inert(&place.name)));
    about.extend(addressed(kept.addressees.iter().map(|to| to.name.as_str())));
    about
}
