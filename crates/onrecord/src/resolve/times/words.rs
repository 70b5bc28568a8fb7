//! The words that time expressions are made of, as a table.

use super::calendar::Day;

/// What a word, or one part of a hyphenated word, can be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// No part of a time expression.
    Other,
    /// The end of a line.
    Break,
    Comma,
    /// `'` or `’` before a short year or decade.
    Apostrophe,
    /// `'s`.
    Possessive,
    /// `$`, `£`, `€`, `#`, `%`: what stands beside it is no year.
    Sign,
    A,
    The,
    And,
    Of,
    In,
    On,
    At,
    To,
    For,
    By,
    /// Another preposition that leads a time: "since", "until", "during".
    Preposition,
    Before,
    After,
    /// 0 Monday to 6 Sunday; abbreviations are good with a date only.
    Weekday(u8),
    WeekdayShort(u8),
    /// "Mondays": a habit.
    Weekdays,
    /// 1 to 12.
    Month(u8),
    /// "Jan." needs a number or a full stop: "Jan" is a name too.
    MonthShort(u8),
    /// 0 spring to 3 winter.
    Season(u8),
    /// "fall" is a season after "last" and the like only.
    Fall,
    Unit(Unit),
    /// "period", which in results stands for a quarter.
    Period,
    /// "half" of a year.
    Half,
    /// A spelt number up to ninety.
    Number(u8),
    /// "hundred", "thousand": factors.
    Times(u32),
    /// "several", "few", "some".
    Some,
    /// "first" to "thirty-first", "12th".
    Ordinal(u8),
    /// Digits alone, and how many; a number above 32 bits is the highest.
    Digits(u32, u8),
    /// "1990s"; "80s"; "nineties".
    Decade(i32),
    ShortDecade(u8),
    /// "9-11": two numbers that may be days.
    DayRange(u8, u8),
    /// "2016-02-12", "02/12/16".
    Date(Day),
    /// "9:30", which may be a score; "9:30pm", "5pm", which is a time.
    Clock(u8, u8),
    Hour(u8, u8),
    Am,
    Pm,
    /// "noon", "midnight": 12, 0.
    NamedHour(u8),
    /// "morning" to "night".
    PartOfDay(Part),
    /// "yesterday", "today", "tonight", "tomorrow": days from the day of publication.
    Shift(i8),
    /// "early", "late", "mid": the part of a time.
    Edge,
    /// "earlier", "later": with a count, or before "this week".
    Earlier,
    Later,
    /// "end", "beginning", "start", "middle".
    End,
    Ago,
    Last,
    This,
    Next,
    /// "past", "recent": a stretch that ends now.
    Past,
    /// "coming", "upcoming".
    Coming,
    Previous,
    Following,
    /// "same".
    Same,
    /// "corresponding", "comparable".
    Like,
    That,
    Current,
    Latest,
    Fiscal,
    /// "each", "every".
    Every,
    /// "old" makes a duration an age.
    Old,
    /// "week or so".
    Or,
    /// "ended", "ending": the day that closes a period.
    Ended,
    /// "now", "recently".
    Vague,
    /// The first word of a holiday's name; see `holidays`.
    Feast,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Morning, afternoon, evening.
    Light,
    /// "last night" is the night before.
    Night,
}

/// The word's entry; `word` in lower case.
pub(super) fn lexeme(word: &[u8]) -> Lexeme {
    match WORDS.binary_search_by(|(entry, _)| entry.as_bytes().cmp(word)) {
        Ok(place) => WORDS[place].1,
        Err(_) => Lexeme::Other,
    }
}

/// The longest word of the table, in bytes.
pub(super) const LONGEST: usize = 13;

use Lexeme as L;

/// Sorted, lower case.
static WORDS: &[(&str, Lexeme)] = &[
    ("a", L::A),
    ("a.m", L::Am),
    ("a.m.", L::Am),
    ("after", L::After),
    ("afternoon", L::PartOfDay(Part::Light)),
    ("ago", L::Ago),
    ("am", L::Am),
    ("an", L::A),
    ("and", L::And),
    ("apr", L::MonthShort(4)),
    ("apr.", L::MonthShort(4)),
    ("april", L::Month(4)),
    ("around", L::Preposition),
    ("ash", L::Feast),
    ("at", L::At),
    ("aug", L::MonthShort(8)),
    ("aug.", L::MonthShort(8)),
    ("august", L::Month(8)),
    ("autumn", L::Season(2)),
    ("before", L::Before),
    ("beginning", L::End),
    ("between", L::Preposition),
    ("boxing", L::Feast),
    ("by", L::By),
    ("centuries", L::Unit(Unit::Century)),
    ("century", L::Unit(Unit::Century)),
    ("christmas", L::Feast),
    ("columbus", L::Feast),
    ("coming", L::Coming),
    ("comparable", L::Like),
    ("corresponding", L::Like),
    ("current", L::Current),
    ("currently", L::Vague),
    ("day", L::Unit(Unit::Day)),
    ("days", L::Unit(Unit::Day)),
    ("dec", L::MonthShort(12)),
    ("dec.", L::MonthShort(12)),
    ("decade", L::Unit(Unit::Decade)),
    ("decades", L::Unit(Unit::Decade)),
    ("december", L::Month(12)),
    ("during", L::Preposition),
    ("each", L::Every),
    ("earlier", L::Earlier),
    ("early", L::Edge),
    ("easter", L::Feast),
    ("eight", L::Number(8)),
    ("eighteen", L::Number(18)),
    ("eighth", L::Ordinal(8)),
    ("eighties", L::ShortDecade(80)),
    ("eighty", L::Number(80)),
    ("eleven", L::Number(11)),
    ("eleventh", L::Ordinal(11)),
    ("end", L::End),
    ("ended", L::Ended),
    ("ending", L::Ended),
    ("evening", L::PartOfDay(Part::Light)),
    ("every", L::Every),
    ("fall", L::Fall),
    ("feb", L::MonthShort(2)),
    ("feb.", L::MonthShort(2)),
    ("february", L::Month(2)),
    ("few", L::Some),
    ("fifteen", L::Number(15)),
    ("fifteenth", L::Ordinal(15)),
    ("fifth", L::Ordinal(5)),
    ("fifties", L::ShortDecade(50)),
    ("fifty", L::Number(50)),
    ("first", L::Ordinal(1)),
    ("fiscal", L::Fiscal),
    ("five", L::Number(5)),
    ("following", L::Following),
    ("for", L::For),
    ("fortnight", L::Unit(Unit::Fortnight)),
    ("forty", L::Number(40)),
    ("four", L::Number(4)),
    ("fourteen", L::Number(14)),
    ("fourteenth", L::Ordinal(14)),
    ("fourth", L::Ordinal(4)),
    ("fri", L::WeekdayShort(4)),
    ("fri.", L::WeekdayShort(4)),
    ("friday", L::Weekday(4)),
    ("fridays", L::Weekdays),
    ("from", L::Preposition),
    ("good", L::Feast),
    ("half", L::Half),
    ("halloween", L::Feast),
    ("hour", L::Unit(Unit::Hour)),
    ("hours", L::Unit(Unit::Hour)),
    ("hundred", L::Times(100)),
    ("in", L::In),
    ("independence", L::Feast),
    ("jan", L::MonthShort(1)),
    ("jan.", L::MonthShort(1)),
    ("january", L::Month(1)),
    ("jul", L::MonthShort(7)),
    ("july", L::Month(7)),
    ("jun", L::MonthShort(6)),
    ("june", L::Month(6)),
    ("labor", L::Feast),
    ("labour", L::Feast),
    ("last", L::Last),
    ("late", L::Edge),
    ("later", L::Later),
    ("latest", L::Latest),
    ("mar", L::MonthShort(3)),
    ("march", L::Month(3)),
    ("martin", L::Feast),
    ("may", L::Month(5)),
    ("memorial", L::Feast),
    ("mid", L::Edge),
    ("middle", L::End),
    ("midnight", L::NamedHour(0)),
    ("midsummer", L::Season(1)),
    ("minute", L::Unit(Unit::Minute)),
    ("minutes", L::Unit(Unit::Minute)),
    ("mon", L::WeekdayShort(0)),
    ("mon.", L::WeekdayShort(0)),
    ("monday", L::Weekday(0)),
    ("mondays", L::Weekdays),
    ("month", L::Unit(Unit::Month)),
    ("months", L::Unit(Unit::Month)),
    ("morning", L::PartOfDay(Part::Light)),
    ("new", L::Feast),
    ("next", L::Next),
    ("night", L::PartOfDay(Part::Night)),
    ("nine", L::Number(9)),
    ("nineteen", L::Number(19)),
    ("nineteenth", L::Ordinal(19)),
    ("nineties", L::ShortDecade(90)),
    ("ninety", L::Number(90)),
    ("ninth", L::Ordinal(9)),
    ("noon", L::NamedHour(12)),
    ("nov", L::MonthShort(11)),
    ("nov.", L::MonthShort(11)),
    ("november", L::Month(11)),
    ("now", L::Vague),
    ("nowadays", L::Vague),
    ("oct", L::MonthShort(10)),
    ("oct.", L::MonthShort(10)),
    ("october", L::Month(10)),
    ("of", L::Of),
    ("old", L::Old),
    ("on", L::On),
    ("one", L::Number(1)),
    ("or", L::Or),
    ("overnight", L::Vague),
    ("p.m", L::Pm),
    ("p.m.", L::Pm),
    ("past", L::Past),
    ("period", L::Period),
    ("pm", L::Pm),
    ("presidents", L::Feast),
    ("previous", L::Previous),
    ("previously", L::Vague),
    ("prior", L::Previous),
    ("quarter", L::Unit(Unit::Quarter)),
    ("quarters", L::Unit(Unit::Quarter)),
    ("recent", L::Past),
    ("recently", L::Vague),
    ("same", L::Same),
    ("sat", L::WeekdayShort(5)),
    ("sat.", L::WeekdayShort(5)),
    ("saturday", L::Weekday(5)),
    ("saturdays", L::Weekdays),
    ("second", L::Ordinal(2)),
    ("seconds", L::Unit(Unit::Second)),
    ("sep", L::MonthShort(9)),
    ("sept", L::MonthShort(9)),
    ("sept.", L::MonthShort(9)),
    ("september", L::Month(9)),
    ("seven", L::Number(7)),
    ("seventeen", L::Number(17)),
    ("seventeenth", L::Ordinal(17)),
    ("seventh", L::Ordinal(7)),
    ("seventies", L::ShortDecade(70)),
    ("seventy", L::Number(70)),
    ("several", L::Some),
    ("since", L::Preposition),
    ("six", L::Number(6)),
    ("sixteen", L::Number(16)),
    ("sixteenth", L::Ordinal(16)),
    ("sixth", L::Ordinal(6)),
    ("sixties", L::ShortDecade(60)),
    ("sixty", L::Number(60)),
    ("some", L::Some),
    ("soon", L::Vague),
    ("spring", L::Season(0)),
    ("start", L::End),
    ("summer", L::Season(1)),
    ("sun", L::WeekdayShort(6)),
    ("sun.", L::WeekdayShort(6)),
    ("sunday", L::Weekday(6)),
    ("sundays", L::Weekdays),
    ("ten", L::Number(10)),
    ("tenth", L::Ordinal(10)),
    ("thanksgiving", L::Feast),
    ("that", L::That),
    ("the", L::The),
    ("third", L::Ordinal(3)),
    ("thirteen", L::Number(13)),
    ("thirteenth", L::Ordinal(13)),
    ("thirties", L::ShortDecade(30)),
    ("thirty", L::Number(30)),
    ("this", L::This),
    ("thousand", L::Times(1000)),
    ("three", L::Number(3)),
    ("through", L::Preposition),
    ("throughout", L::Preposition),
    ("thu", L::WeekdayShort(3)),
    ("thur.", L::WeekdayShort(3)),
    ("thurs", L::WeekdayShort(3)),
    ("thurs.", L::WeekdayShort(3)),
    ("thursday", L::Weekday(3)),
    ("thursdays", L::Weekdays),
    ("till", L::Preposition),
    ("to", L::To),
    ("today", L::Shift(0)),
    ("tomorrow", L::Shift(1)),
    ("tonight", L::Shift(0)),
    ("tue", L::WeekdayShort(1)),
    ("tue.", L::WeekdayShort(1)),
    ("tues", L::WeekdayShort(1)),
    ("tues.", L::WeekdayShort(1)),
    ("tuesday", L::Weekday(1)),
    ("tuesdays", L::Weekdays),
    ("twelfth", L::Ordinal(12)),
    ("twelve", L::Number(12)),
    ("twenties", L::ShortDecade(20)),
    ("twentieth", L::Ordinal(20)),
    ("twenty", L::Number(20)),
    ("two", L::Number(2)),
    ("until", L::Preposition),
    ("upcoming", L::Coming),
    ("valentine", L::Feast),
    ("veterans", L::Feast),
    ("wed", L::WeekdayShort(2)),
    ("wed.", L::WeekdayShort(2)),
    ("wednesday", L::Weekday(2)),
    ("wednesdays", L::Weekdays),
    ("week", L::Unit(Unit::Week)),
    ("weekend", L::Unit(Unit::Weekend)),
    ("weekends", L::Unit(Unit::Weekend)),
    ("weeks", L::Unit(Unit::Week)),
    ("winter", L::Season(3)),
    ("year", L::Unit(Unit::Year)),
    ("years", L::Unit(Unit::Year)),
    ("yesterday", L::Shift(-1)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_in_lower_case() {
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(WORDS.iter().all(|(word, _)| *word == word.to_lowercase()));
        assert_eq!(WORDS.iter().map(|(word, _)| word.len()).max(), Some(LONGEST));
    }
}
