//! Pages that a machine makes up: sections, paragraphs and what stands in them, well nested, with the end tags left out
//! that may be.

pub(crate) const WORDS: &str =
    "the harbour master said on Friday that nobody was hurt when the ferry lost its way in fog";

/// A page by these dice.
pub(crate) fn page(seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1);
    let mut out = String::from(dice.one(&[
        "<!doctype html><html><head><title>A</title></head><body>",
        "<p>",
        "<title>A</title>\r\n<div>",
    ]));
    blocks(&mut dice, &mut out, 0);
    out
}

/// Numbers that look like chance (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one<'w>(&mut self, of: &[&'w str]) -> &'w str {
        of[self.below(of.len() as u64) as usize]
    }
}

fn blocks(dice: &mut Dice, out: &mut String, depth: u64) {
    for _ in 0..2 + dice.below(5) {
        block(dice, out, depth);
    }
}

fn block(dice: &mut Dice, out: &mut String, depth: u64) {
    let id = dice.below(6);
    match dice.below(14 - 4 * depth.min(2)) {
        0..=2 => around(dice, out, "p", dice_end),
        3 => around(dice, out, "h2", |_| true),
        4 => {
            words(dice, out);
            out.push_str("<br>\n<br/>");
            words(dice, out);
        }
        5 => out.push_str(dice.one(&[
            "<!-- a -->",
            "\r\n",
            "<script>a < b && '<p>'</script>",
            "<style>p{}</style>",
            "<template><p>a</p></template>",
            "<noscript><p>a &amp; b</p></noscript>",
            "<hr>",
            "<img src=a>",
            "<x-y/>",
        ])),
        6..=7 => {
            let list = dice.one(&["ul", "ol"]);
            out.push_str(&format!("<{list}>\n"));
            (0..3).for_each(|_| around(dice, out, "li", dice_end));
            out.push_str(&format!("</{list}>"));
        }
        8..=9 => {
            let element = dice.one(&["div", "section", "article", "blockquote", "o:p", "DIV", "main"]);
            out.push_str(&format!("<{element} id=s{id}>"));
            blocks(dice, out, depth + 1);
            out.push_str(&format!("</{element}>"));
        }
        10..=11 => {
            let body = dice.one(&["", "<tbody>"]);
            out.push_str(&format!("<table>{body}"));
            for _ in 0..2 {
                out.push_str("<tr>");
                (0..2).for_each(|_| around(dice, out, "td", dice_end));
            }
            out.push_str("</table>");
        }
        12 => around(dice, out, "pre", |_| true),
        _ => {
            out.push_str("<figure><img src=a><figcaption>");
            words(dice, out);
            out.push_str("</figcaption></figure>");
        }
    }
}

fn dice_end(dice: &mut Dice) -> bool {
    dice.below(2) == 0
}

/// Words in an element, its end tag left out at times.
fn around(dice: &mut Dice, out: &mut String, element: &str, ends: fn(&mut Dice) -> bool) {
    out.push_str(&format!("<{element}>{}", dice.one(&["", "\n", "\r\n  ", "\n\n"])));
    words(dice, out);
    if ends(dice) {
        out.push_str(&format!("</{element}>\n"));
    }
}

fn words(dice: &mut Dice, out: &mut String) {
    for _ in 0..3 + dice.below(4) {
        let piece = dice.one(&[
            WORDS,
            "“No,” said Ann",
            "caf&eacute; &amp; bar&nbsp;",
            "a\u{a0}b &#8220;x&#8221;",
            "well&shy;known",
            "<a href=x>a link </a>",
            "<b>bold <i>and</i></b>",
            "<q>so it is</q>",
            "a<br>b",
            "<span>x</span>y",
            "<!-- c -->",
            "\r\n",
            "  ",
            "\t",
            "🚢 Ω",
            "<script>var a = '&amp;';</script>",
            "<wbr>",
            "&notit; R&D",
            "\u{200b}",
            "<img alt=a>",
            "<svg><path d=x /></svg>",
            "<button>b</button>",
            "<noscript>x &lt; y</noscript>",
            "<sup>2</sup>",
            "&#13;&#10;",
        ]);
        out.push_str(piece);
        out.push_str(dice.one(&["", " ", ". ", "\n"]));
    }
}
