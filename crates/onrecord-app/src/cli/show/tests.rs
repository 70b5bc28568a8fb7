//! The pages of a record made by hand.

use onrecord::{
    Act, Article, Attribution, Channel, ChannelKind, Link, Place, Quote, Record, Relation, Scores, Span,
    Speaker, SpeakerType, Statement, When,
};

use super::*;

const TEXT: &str = "Harbour sale splits Brenn\n\nMayor Ilse Varga said on Friday that the town “will not sell” the \
harbour. “That is a lie,” said \u{1b}[31mOmar حداد, who heads the port firm 🚢.\n\nThe mayor denied that she had \
promised the union a vote.";

/// The span of the first such words.
fn span(words: &str) -> Span {
    let begin = TEXT.find(words).unwrap();
    Span::new(begin, begin + words.len())
}

fn statement(source: &[&str], cue: &str, content: &str, act: Act, quote: Quote) -> Statement {
    Statement {
        attribution: Attribution {
            source: source.iter().map(|words| span(words)).collect(),
            cue: vec![span(cue)],
            content: vec![span(content)],
            quote,
            within: None,
            confidence: 0.934,
            scores: Scores::MARKED,
        },
        act,
        negated: false,
        speakers: vec![],
        addressees: vec![],
        channel: None,
        when: None,
        place: None,
    }
}

fn person(name: &str, role: Option<&str>) -> Speaker {
    let role = role.map(str::to_owned);
    Speaker { name: name.into(), kind: SpeakerType::Person, id: None, role, anonymous: role_is_none(name) }
}

/// The one speaker here who keeps anonymous is called so.
fn role_is_none(name: &str) -> bool {
    name.starts_with("an official")
}

fn record() -> Record {
    let mut sale = statement(
        &["Mayor Ilse Varga"],
        "said",
        "that the town “will not sell” the harbour",
        Act::State,
        Quote::Mixed,
    );
    sale.speakers = vec![person("Ilse Varga", Some("Mayor")), person("an official", None)];
    sale.when = Some(When { span: span("on Friday"), value: Some("2025-03-14".into()) });
    sale.channel = Some(Channel { kind: ChannelKind::PressConference, name: Some("Radio Brenn".into()) });
    sale.place = Some(Place { span: span("Brenn"), name: "Brenn".into() });
    let lie = statement(
        &["\u{1b}[31mOmar حداد, who heads the port firm 🚢"],
        "said",
        "“That is a lie,”",
        Act::Deny,
        Quote::Direct,
    );
    let mut vote = statement(
        &["The mayor"],
        "denied",
        "that she had promised the union a vote",
        Act::Promise,
        Quote::Indirect,
    );
    vote.negated = true;
    let mut nested = statement(&["she"], "had promised", "a vote", Act::Promise, Quote::Indirect);
    nested.attribution.within = Some(2);
    nested.attribution.source.clear();
    nested.addressees = vec![person("the union", None)];
    Record {
        article: Article {
            id: "a".into(),
            text: TEXT.into(),
            published: Some("2025-03-16".into()),
            ..Article::default()
        },
        statements: vec![sale, lie, vote, nested],
        links: vec![Link {
            from: 1,
            to: 0,
            relation: Relation::Disputes,
            evidence: vec![span("a lie")],
            score: 0.9,
        }],
        times: None,
    }
}

fn page(width: usize, paint: Paint) -> Page {
    Page { width, paint }
}

#[track_caller]
fn check(printer: Printer, wanted: impl Fn(&Statement) -> bool, expected: &str) {
    let bytes = printer.print(&record().select(wanted), "brenn.txt").unwrap();
    let printed = String::from_utf8(bytes).unwrap();
    assert_eq!(printed, expected, "printed:\n{printed}");
}

#[test]
fn the_list_tells_who_does_what() {
    let expected = "\
brenn.txt
2025-03-16 · 4 statements

 0 Ilse Varga, Mayor and an official (anonymous)               state .93
   said › that the town “will not sell” the harbour
   mixed · press conference, Radio Brenn · on Friday (2025-03-14) ·
   Brenn · ↯ disputed by 1

 1 ␛[31mOmar حداد, who heads the port firm 🚢                   deny .93
   said › “That is a lie,”
   direct · ↯ disputes 0

 2 The mayor                                             not promise .93
   denied › that she had promised the union a vote
   indirect

     3 nobody named                                          promise .93
       had promised › a vote
       indirect · to the union

";
    check(Printer::Statements(page(72, Paint::Plain)), |_| true, expected);
}

#[test]
fn a_narrow_list_puts_the_act_below() {
    let expected = "\
brenn.txt
2025-03-16 · 1 statement

 1 ␛[31mOmar حداد, who heads
   the port firm 🚢
   said › “That is a lie,”
   deny .93 · direct

";
    check(Printer::Statements(page(30, Paint::Plain)), |statement| statement.act == Act::Deny, expected);
}

#[test]
fn disputes_show_who_says_so_and_who_does_not() {
    let expected = "\
brenn.txt
2025-03-16 · 1 disputed statement

 0 Ilse Varga, Mayor and an official (anonymous)               state .93
   said › that the town “will not sell” the harbour
   mixed · press conference, Radio Brenn · on Friday (2025-03-14) ·
   Brenn
     1 ␛[31mOmar حداد, who heads the port firm 🚢               deny .93
       said › “That is a lie,”
       ↯ disputes it, shown by “a lie” · direct

";
    check(Printer::Disputes(page(72, Paint::Plain)), |_| true, expected);
    let nothing = "brenn.txt\n2025-03-16 · no disputed statements\n\n";
    check(Printer::Disputes(page(72, Paint::Plain)), |statement| statement.act == Act::Deny, nothing);
}

#[test]
fn times_stand_at_the_end() {
    let mut record = record();
    record.add_times();
    let bytes =
        Printer::Statements(page(72, Paint::Plain)).print(&record.select(|_| false), "brenn.txt").unwrap();
    let expected = "brenn.txt\n2025-03-16 · no statements\n\ntimes: Friday (2025-03-14)\n\n";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

#[test]
fn the_text_is_marked_with_brackets_where_there_are_no_colours() {
    let expected = "\
brenn.txt
2025-03-16 · 4 statements
marked: [source] {cue} <content>

Harbour sale splits Brenn

[Mayor Ilse Varga] {said} on Friday <that the town “will not sell” the
harbour>. <“That is a lie,”> said [␛[31mOmar حداد, who heads the port
firm 🚢].

[The mayor] {denied} <that she {had promised} the union <a vote>>.

";
    check(Printer::Text(page(72, Paint::Plain)), |_| true, expected);
}

#[test]
fn colours_are_closed_and_nothing_of_the_article_drives_the_terminal() {
    for printer in [Printer::Statements(page(60, Paint::Colour)), Printer::Text(page(60, Paint::Colour))] {
        let printed =
            String::from_utf8(printer.print(&record().select(|_| true), "a\x07b").unwrap()).unwrap();
        assert!(!printed.contains("\x1b[31mOmar") && !printed.contains('\x07'));
        let (opened, closed) = (printed.matches("\x1b[").count(), printed.matches("\x1b[0m").count());
        assert!(closed > 0 && opened >= 2 * closed);
    }
}

#[test]
fn an_article_without_statements_says_so() {
    let expected = "brenn.txt\n2025-03-16 · no statements\n\n";
    check(Printer::Statements(page(72, Paint::Plain)), |_| false, expected);
}

#[test]
fn jsonl_is_one_line() {
    let bytes = Printer::Jsonl.print(&record().select(|_| true), "brenn.txt").unwrap();
    assert_eq!(bytes.iter().filter(|&&b| b == b'\n').count(), 1);
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["statements"][3]["within"], "a#2");
}
