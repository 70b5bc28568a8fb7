//! The elements of HTML, as far as reading an article tells them apart.

/// What kind of element, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Page,
    Text,
    Html,
    Head,
    Body,
    /// `script`, `style` and the like: never words of the page.
    Script,
    Title,
    Meta,
    Link,
    Base,
    Time,
    A,
    Br,
    /// Other elements without content: `img`, `wbr`, `input`.
    Void,
    /// Marks up words within a line.
    Inline,
    /// Marks up a quotation within a line.
    Q,
    P,
    Heading,
    List,
    Li,
    Dl,
    Dt,
    Dd,
    Blockquote,
    Figure,
    Figcaption,
    Table,
    /// `tbody` and the like.
    Rows,
    Tr,
    Td,
    Pre,
    Div,
    Section,
    Article,
    Main,
    Nav,
    Aside,
    Header,
    Footer,
    Form,
    /// Controls and embedded things: nothing to read, but words on either side stay apart.
    Control,
    Select,
    Option,
    Svg,
    Address,
    Hr,
    /// Anything else: within a line, for all we know.
    Other,
}

/// The longest name that [`Tag::of`] knows.
const LONGEST: usize = 10;

impl Tag {
    /// The kind of the element of this name, in any case.
    pub(super) fn of(name: &str) -> Tag {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else { return Tag::Other };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"html" => Tag::Html,
            b"head" => Tag::Head,
            b"body" => Tag::Body,
            b"script" | b"style" | b"noscript" | b"template" | b"noembed" | b"noframes" => Tag::Script,
            b"title" => Tag::Title,
            b"meta" => Tag::Meta,
            b"link" => Tag::Link,
            b"base" => Tag::Base,
            b"time" => Tag::Time,
            b"a" => Tag::A,
            b"br" => Tag::Br,
            b"img" | b"wbr" | b"input" | b"area" | b"col" | b"embed" | b"param" | b"source" | b"track" => {
                Tag::Void
            }
            b"span" | b"b" | b"i" | b"em" | b"strong" | b"font" | b"u" | b"s" | b"small" | b"big"
            | b"sub" | b"sup" | b"abbr" | b"cite" | b"code" | b"del" | b"ins" | b"mark" | b"strike"
            | b"tt" | b"bdi" | b"bdo" | b"dfn" | b"kbd" | b"samp" | b"var" | b"data" | b"label" | b"nobr"
            | b"ruby" | b"picture" => Tag::Inline,
            b"q" => Tag::Q,
            b"p" => Tag::P,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Tag::Heading,
            b"ul" | b"ol" | b"menu" | b"dir" => Tag::List,
            b"li" => Tag::Li,
            b"dl" => Tag::Dl,
            b"dt" => Tag::Dt,
            b"dd" => Tag::Dd,
            b"blockquote" => Tag::Blockquote,
            b"figure" => Tag::Figure,
            b"figcaption" => Tag::Figcaption,
            b"table" => Tag::Table,
            b"tbody" | b"thead" | b"tfoot" => Tag::Rows,
            b"tr" => Tag::Tr,
            b"td" | b"th" => Tag::Td,
            b"pre" => Tag::Pre,
            b"div" | b"center" | b"details" | b"summary" | b"fieldset" | b"hgroup" | b"caption"
            | b"legend" | b"search" => Tag::Div,
            b"section" => Tag::Section,
            b"article" => Tag::Article,
            b"main" => Tag::Main,
            b"nav" => Tag::Nav,
            b"aside" | b"dialog" => Tag::Aside,
            b"header" => Tag::Header,
            b"footer" => Tag::Footer,
            b"form" => Tag::Form,
            b"button" | b"textarea" | b"iframe" | b"object" | b"video" | b"audio" | b"canvas" | b"map" => {
                Tag::Control
            }
            b"select" | b"datalist" => Tag::Select,
            b"option" | b"optgroup" => Tag::Option,
            b"svg" | b"math" => Tag::Svg,
            b"address" => Tag::Address,
            b"hr" => Tag::Hr,
            _ => Tag::Other,
        }
    }

    /// Never has content.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Tag::Void | Tag::Br | Tag::Hr | Tag::Meta | Tag::Link | Tag::Base)
    }

    /// Stands for itself: the words in it and those around it are different paragraphs.
    pub(super) fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Dd, Div, Dl, Dt, Figcaption, Figure, Footer, Form, Header,
            Heading, Hr, Li, List, Main, Nav, P, Pre, Rows, Section, Table, Td, Tr,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Dd
                | Div
                | Dl
                | Dt
                | Figcaption
                | Figure
                | Footer
                | Form
                | Header
                | Heading
                | Hr
                | Li
                | List
                | Main
                | Nav
                | P
                | Pre
                | Rows
                | Section
                | Table
                | Td
                | Tr
        )
    }

    pub(super) fn is_cell(self) -> bool {
        self == Tag::Td
    }

    /// A paragraph open outside of it is not ended by what stands in it.
    pub(super) fn bounds_paragraphs(self) -> bool {
        matches!(self, Tag::Table | Tag::Td | Tag::Control | Tag::Svg | Tag::Script)
    }

    /// Holds no words to read.
    pub(super) fn is_mute(self) -> bool {
        matches!(self, Tag::Script | Tag::Title | Tag::Control | Tag::Select | Tag::Option | Tag::Svg)
    }
}
