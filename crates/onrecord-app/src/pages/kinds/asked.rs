//! What a search asks, as it stands in the address of the page.

use axum::http::StatusCode;
use onrecord::Act;
use onrecord_ledger::export::escaped;
use onrecord_ledger::{Order, Question};

use crate::cli::inert;
use crate::pages::site::Refusal;

/// The fields of a search that are filled, in the order of [`FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked(Vec<(&'static str, String)>);

/// The fields that a search may have.
const FIELDS: [&str; 13] = [
    "words",
    "speaker",
    "entity",
    "about",
    "act",
    "channel",
    "publisher",
    "since",
    "until",
    "disputed",
    "anonymous",
    "order",
    "page",
];

/// So many statements stand on a page.
const PAGE: usize = 30;

impl Asked {
    /// The fields of an address that a search knows, each once; empty ones count as absent.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Asked {
        let value = |field: &str| {
            pairs
                .iter()
                .find(|(name, value)| name == field && !value.trim().is_empty())
                .map(|(_, value)| value.trim())
        };
        Asked(FIELDS.iter().filter_map(|&field| Some((field, value(field)?.to_owned()))).collect())
    }

    /// What a field holds; empty where it is not filled.
    pub(super) fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value)
    }

    /// The same as pages show it.
    pub(super) fn shown(&self, field: &str) -> String {
        inert(self.get(field))
    }

    /// Whether a field holds this.
    pub(super) fn is(&self, field: &str, value: &str) -> bool {
        self.get(field) == value
    }

    /// Whether nothing is asked but an order or a page.
    pub(super) fn is_of_all(&self) -> bool {
        self.get("words").is_empty() && self.filters().next().is_none()
    }

    /// The filled fields that narrow a search, but for the words.
    pub(super) fn filters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let narrows = |field: &str| !matches!(field, "words" | "order" | "page");
        self.0.iter().filter(move |(field, _)| narrows(field)).map(|(field, value)| (*field, value.as_str()))
    }

    /// The address of this search with another value in a field, from its first page; an empty one empties it.
    pub(super) fn with(&self, field: &str, value: &str) -> String {
        self.with_each(&[(field, value)])
    }

    /// The address of this search within a year, a month or a day.
    pub(super) fn closer(&self, period: &str) -> String {
        self.with_each(&[("since", period), ("until", period)])
    }

    /// The same for one act alone.
    pub(super) fn closer_of(&self, act: &str, period: &str) -> String {
        self.with_each(&[("act", act), ("since", period), ("until", period)])
    }

    /// The address of this search within the next longer period, where it is within one.
    pub(super) fn wider(&self) -> Option<String> {
        let since = self.get("since");
        let period = (since == self.get("until")).then_some(match since.len() {
            10 => &since[..7],
            7 => &since[..4],
            _ => "",
        });
        (!since.is_empty()).then(|| self.closer(period.unwrap_or_default()))
    }

    /// The number of whoever speaks, where that is asked.
    pub(super) fn entity(&self) -> Option<u64> {
        self.get("entity").parse().ok()
    }

    /// What narrows this search but for the words, each with its name for people and the address without it. `who` is
    /// called as the ledger has it.
    pub(super) fn narrowed(&self, who: Option<&str>) -> Vec<(String, String)> {
        let filter = |(field, value): (&'static str, &str)| {
            let name = match (field, value, who) {
                (_, "yes", _) => field.to_owned(),
                ("entity", _, Some(who)) => inert(who),
                _ => format!("{field}: {}", inert(value)),
            };
            (name, self.with(field, ""))
        };
        self.filters().map(filter).collect()
    }

    fn with_each(&self, changes: &[(&str, &str)]) -> String {
        let mut pairs = self.0.clone();
        pairs.retain(|(name, _)| *name != "page" && !changes.iter().any(|(field, _)| field == name));
        for &(field, value) in changes {
            if let Some(&field) = FIELDS.iter().find(|known| **known == field && !value.is_empty()) {
                pairs.push((field, value.to_owned()));
            }
        }
        let pair = |(name, value): &(&str, String)| format!("{name}={}", encoded(value));
        format!("?{}", pairs.iter().map(pair).collect::<Vec<_>>().join("&"))
    }

    /// The address of this search.
    pub(super) fn query(&self) -> String {
        self.with_each(&[])
    }

    /// Which page of the answer is shown, from 0.
    ///
    /// # Errors
    ///
    /// The field holds no number.
    pub(super) fn page(&self) -> Result<usize, Refusal> {
        match self.get("page") {
            "" => Ok(0),
            page => page.parse().ok().filter(|&page| page < 1_000_000).ok_or_else(|| wrong("page", page)),
        }
    }

    /// The addresses of the pages before and after this one, of `count` statements in all.
    ///
    /// # Errors
    ///
    /// The field of the page holds no number.
    pub(super) fn around(&self, count: usize) -> Result<(Option<String>, Option<String>), Refusal> {
        let at = self.page()?;
        let paged = |page: usize| format!("{}&page={page}", self.query());
        Ok((at.checked_sub(1).map(paged), ((at + 1) * PAGE < count).then(|| paged(at + 1))))
    }

    /// The question to the ledger.
    ///
    /// # Errors
    ///
    /// A field holds what it cannot hold.
    pub(super) fn question(&self) -> Result<Question, Refusal> {
        let text = |field: &str| Some(self.get(field)).filter(|value| !value.is_empty()).map(str::to_owned);
        let flag = |field: &str| match self.get(field) {
            "" => Ok(false),
            "yes" => Ok(true),
            other => Err(wrong(field, other)),
        };
        let act = |word: &str| Act::from_word(word).ok_or_else(|| wrong("act", word));
        Ok(Question {
            words: text("words"),
            speaker: text("speaker"),
            entity: text("entity")
                .map(|entity| entity.parse().map_err(|_| wrong("entity", &entity)))
                .transpose()?,
            about: text("about"),
            acts: text("act").iter().flat_map(|acts| acts.split(',')).map(act).collect::<Result<_, _>>()?,
            channel: text("channel"),
            since: self.day("since")?,
            until: self.day("until")?,
            publishers: text("publisher").into_iter().collect(),
            disputed: flag("disputed")?,
            anonymous: flag("anonymous")?,
            order: match self.get("order") {
                "" | "newest" => Order::Newest,
                "oldest" => Order::Oldest,
                "best" => Order::Best,
                other => return Err(wrong("order", other)),
            },
            limit: Some(PAGE),
            skip: self.page()? * PAGE,
            ..Question::default()
        })
    }

    fn day(&self, field: &str) -> Result<Option<String>, Refusal> {
        match self.get(field) {
            "" => Ok(None),
            day if day.len() <= 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => {
                Ok(Some(day.to_owned()))
            }
            other => Err(wrong(field, other)),
        }
    }
}

fn wrong(field: &str, value: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, format!("“{value}” cannot stand in the field “{field}”."))
}

/// A value as it stands in an address.
pub(super) fn encoded(value: &str) -> String {
    escaped(value, b"-._~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::new(pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn addresses_there_and_back() {
        let asked =
            asked(&[("page", "3"), ("act", "deny"), ("words", " a&b=“c” "), ("evil", "x"), ("since", "")]);
        assert_eq!(asked.query(), "?words=a%26b%3D%E2%80%9Cc%E2%80%9D&act=deny");
        assert_eq!(asked.with("act", ""), "?words=a%26b%3D%E2%80%9Cc%E2%80%9D");
        assert_eq!(asked.with("disputed", "yes"), "?words=a%26b%3D%E2%80%9Cc%E2%80%9D&act=deny&disputed=yes");
        assert_eq!(asked.closer("2025"), "?words=a%26b%3D%E2%80%9Cc%E2%80%9D&act=deny&since=2025&until=2025");
        assert_eq!(asked.page().unwrap(), 3);
        let question = asked.question().unwrap();
        assert_eq!((question.acts, question.skip), (vec![Act::Deny], 3 * PAGE));
    }

    #[test]
    fn from_a_day_to_its_month_and_year() {
        let within = |since: &str, until: &str| asked(&[("since", since), ("until", until)]).wider();
        assert_eq!(within("2025-03-14", "2025-03-14").as_deref(), Some("?since=2025-03&until=2025-03"));
        assert_eq!(within("2025-03", "2025-03").as_deref(), Some("?since=2025&until=2025"));
        assert_eq!(
            (within("2025", "2025").as_deref(), within("2024", "2025").as_deref()),
            (Some("?"), Some("?"))
        );
        assert_eq!(within("", ""), None);
    }

    #[test]
    fn what_narrows_a_search_has_names_for_people() {
        let asked = asked(&[("entity", "3"), ("act", "deny"), ("disputed", "yes"), ("words", "x")]);
        let names = |who| asked.narrowed(who).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(Some("Ann Lee")), ["Ann Lee", "act: deny", "disputed"]);
        assert_eq!(names(None)[0], "entity: 3");
        assert_eq!(asked.narrowed(None)[0].1, "?words=x&act=deny&disputed=yes");
    }

    #[test]
    fn wrong_values_are_named() {
        for (field, value) in [
            ("act", "fly"),
            ("disputed", "no"),
            ("since", "Friday"),
            ("page", "-1"),
            ("order", "x"),
            ("entity", "x"),
        ] {
            let refusal = asked(&[(field, value)]).question().unwrap_err();
            assert!(refusal.words.contains(value), "{field}");
        }
    }
}
