//! Pages and streams of ten million bytes that are written to hurt a reader, and what each costs: tables for
//! `record/hostile.md`.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use onrecord_read::{Origin, Settings, each, html};

use crate::bench::{cpu_time, resident};

const BYTES: usize = 10_000_000;

/// Prose enough to be an article.
const ARTICLE: &str = "<p>The ferry Halcyon lost its way in thick fog off Tarn on Friday, and nobody was hurt, the harbour \
    master said.<p>The company that runs the line denied that the radar had failed, and promised a report by the end of \
    the month.";

/// What pages are filled with behind an article, over and over: unclosed elements, stray ends, and what is counted,
/// compared or looked up.
const PIECES: &[&str] = &[
    "<div>",
    "<div>x ",
    "<form>",
    "<form>x ",
    "<h2>",
    "<h2>x ",
    "<p>",
    "<p>x ",
    "<a>",
    "<b>",
    "<b>x ",
    "<span>",
    "<ul><li>",
    "<ol>x ",
    "<dl><dt>x ",
    "<blockquote>",
    "<q>",
    "<section>x ",
    "<nav>x ",
    "<table>",
    "<table><tr><td>",
    "<table>x ",
    "<tr>x ",
    "<tbody>",
    "<select>",
    "<option>x ",
    "<button>",
    "<svg>",
    "<template>",
    "<template><p>x",
    "<noscript>",
    "<iframe>",
    "<x-y>",
    "<pre>x ",
    "<center>x ",
    "</div>",
    "</p>",
    "</b>",
    "</p><p>word and so on.",
    "<b><i></b></i>",
    "<b><p>x</b>y",
    "<a><div>x</a></div>",
    "<p><b>x",
    "<div class=\"related share body\" id=a1>x</div>",
    "<p class=\"&amp;a\">x",
    "<p><a href=\"&amp;&amp;a=1&amp;b=2\">word &amp; word</a>",
    "<li><a href=x>y</a>",
    "<p>word",
    "<p>He said so, and all of them heard it there. ",
    "<p id=a>He said so, and all of them heard it there. ",
    "<div>He said so, and all of us heard it.<br><br>",
    "<blockquote>He said so, and all heard it. </blockquote>",
    "&amp;",
    "&",
    "&CounterClockwiseContourIntegra",
    "&#8220;",
    "a&shy;",
    "<tr><td>word and word",
    "<!-- ",
    "<![CDATA[",
    "<!",
    "<?",
    "<",
    "</",
    "<a b='",
    "<script>",
    "<script></script>",
    "<script type=\"application/ld+json\">{\"@type\":\"X\"}</script>",
    "<title>a</title>",
    "<h1>Ferry lost in fog off Tarn</h1>",
    "<meta property=og:title content=\"A b\">",
    "<meta name=author content=\"Ann Lee\">",
    "<time datetime=x>y</time>",
    "<i itemprop=author class=byline>Ann</i>",
    "<figure><figcaption>x y z</figcaption></figure>",
    "word ",
    "“No,” she said. ",
    " ",
    "\0",
];

/// Streams of tiny items: how each begins, what it goes on with, over and over, and what it is called.
const STREAMS: &[(&str, &str, &str)] = &[
    ("id,text\n", "1,a\n", "a.csv"),
    ("text\n", "a\n", "a.csv"),
    ("text\n", "\"\"\n", "a.csv"),
    ("", "{\"text\":\"a\"}\n", "a.jsonl"),
    ("", "{}\n", "a.jsonl"),
    ("<rss><channel>", "<item><description>a</description></item>", "a.xml"),
    ("<rss><channel>", "<item>", "a.xml"),
    ("<feed>", "<entry><content>a</content></entry>", "a.xml"),
];

/// What one reading took: seconds of a processor, MiB, articles and failures, what was read.
type Row = (f64, u32, u64, String);

/// Measures each page and stream in a process of its own, prints the tables and writes `record/hostile.md`.
pub(crate) fn hostile() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("onrecord-hostile-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measure = |name: String, file: &str, bytes: String| -> anyhow::Result<Row> {
        let path = folder.join(file);
        fs::write(&path, bytes)?;
        let out = Command::new(std::env::current_exe()?).arg("hostile").arg(&path).output()?;
        ensure!(out.status.success(), "{name}: the reader died");
        let out = String::from_utf8(out.stdout)?;
        let [seconds, peak, items] = out.split_ascii_whitespace().collect::<Vec<_>>()[..] else {
            anyhow::bail!("{name}: three numbers are told, not {out:?}");
        };
        println!("{seconds:>5} s {peak:>4} MiB {items:>8} {name}");
        Ok((seconds.parse()?, peak.parse()?, items.parse()?, name))
    };
    let pages = pages().into_iter().map(|(name, page)| measure(name, "page.html", page));
    let pages: anyhow::Result<Vec<Row>> = pages.collect();
    let streams = STREAMS.iter().map(|(begin, piece, file)| {
        measure(format!("{begin:?}, then {piece:?}"), file, format!("{begin}{}", fill(piece)))
    });
    let streams: anyhow::Result<Vec<Row>> = streams.collect();
    fs::remove_dir_all(&folder)?;
    fs::write("record/hostile.md", page_table(pages?) + &stream_table(&streams?))?;
    Ok(())
}

fn fill(piece: &str) -> String {
    piece.repeat(BYTES / piece.len())
}

/// Reads one page or stream, and prints the seconds of a processor that took, the most memory, MiB, and how many articles
/// and failures there were.
pub(crate) fn one(path: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let about = Path::new("/proc/self");
    let before = cpu_time(about).context("Linux tells it")?;
    let mut items = 0u64;
    match name.ends_with(".html") {
        // skipped or read, it is done
        true => items += html(&bytes, &Origin::new(name)).map_or(1, |_| 1),
        false => each(&*bytes, &Origin::new(name), &Settings::default(), &mut |_| {
            items += 1;
            ControlFlow::Continue(())
        }),
    }
    let (after, peak) = cpu_time(about).zip(resident(about)).context("Linux tells it")?;
    println!("{:.2} {peak:.0} {items}", (after - before).as_secs_f64());
    Ok(())
}

/// The pages with their names.
fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = PIECES
        .iter()
        .map(|piece| (format!("{piece:?}, over and over"), ARTICLE.to_owned() + &fill(piece)))
        .collect();
    for element in ["div", "b", "p", "li", "td", "form", "x-y"] {
        let half = 1_000_000;
        let nested = format!("<{element}>").repeat(half) + "x" + &format!("</{element}>").repeat(half);
        pages.push((format!("a million {element:?} in each other"), nested));
    }
    let numbered =
        |name: &str, piece: &dyn Fn(usize) -> String| (name.to_owned(), (0..600_000).map(piece).collect());
    let deep = "<div>".repeat(250) + &fill("<p>He said so, and all of them heard it there. ");
    let one = |name: &str, begin: &str, piece: &str, end: &str| {
        (name.to_owned(), format!("{begin}{}{end}{ARTICLE}", fill(piece)))
    };
    pages.extend([
        ("paragraphs 250 deep".to_owned(), deep),
        numbered("600,000 identifiers", &|n| format!("<p id=i{n}>He said.")),
        numbered("600,000 names of elements", &|n| format!("<x{n:x}>word")),
        one("a million attributes", "<p ", "class=a ", ">"),
        one("one attribute", "<p class=\"", "share ", "\">"),
        one("a title", "<title>", "word - ", "</title>"),
        one("JSON-LD of brackets", "<script type=application/ld+json>", "[", "</script>"),
        one("a data: URL", "<img src=\"data:image/png;base64,", "A", "\">"),
        one("an end of a script, nearly", "<script>", "</scrip", ""),
    ]);
    pages
}

fn page_table(mut rows: Vec<Row>) -> String {
    rows.sort_by(|one, other| other.0.total_cmp(&one.0));
    let peak = rows.iter().map(|row| row.1).max().unwrap_or(0);
    let mut table = format!(
        "# What hostile pages cost\n\nWritten by `cargo xtask hostile`: {} pages of ten million bytes or more, each read in a process of its\nown, seconds of its processor; at most {peak} MiB, the page included. The slowest first.\n\n| seconds | MiB | page |\n| --- | --- | --- |\n",
        rows.len()
    );
    for (seconds, peak, _, name) in &rows[..rows.len().min(15)] {
        let _ = writeln!(table, "| {seconds:.2} | {peak} | `{}` |", name.replace('|', "\\|"));
    }
    table
}

fn stream_table(rows: &[Row]) -> String {
    let mut table = "\nStreams of ten million bytes of tiny items, likewise; how many articles and failures there are in them, and what one\ncosts.\n\n| seconds | MiB | items | µs an item | stream |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for (seconds, peak, items, name) in rows {
        let each = seconds * 1e6 / *items as f64;
        let _ = writeln!(table, "| {seconds:.2} | {peak} | {items} | {each:.1} | `{name}` |");
    }
    table
}
