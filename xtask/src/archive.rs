//! An archive of the web with pages of our own, written, and read end to end: a line for `record/archives.csv`.
//!
//! Pages are made of the paragraphs of `samples/`, in any order, inside the markup that news pages have around them.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_read::{Articles, Input};

use crate::bench::{Hash, Run, append, build, commit, cpu, cpu_time, program, run};
use crate::ledger::Dice;

/// Bytes of HTML for each word of the article: the mean of the pages of article-extraction-benchmark is 258.
const BYTES_A_WORD: usize = 250;

/// What was written.
#[derive(Default)]
struct Written {
    words: usize,
    html: usize,
}

/// Writes an archive of so many pages, reads it with one and two jobs, kills a reading and takes it up again.
pub(crate) fn archive(pages: usize) -> anyhow::Result<()> {
    build()?;
    let folder = std::env::temp_dir().join(format!("onrecord-archive-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let result = measure(pages, &folder);
    fs::remove_dir_all(&folder)?;
    let row = result?;
    print!("{HEADER}{row}");
    append(Path::new("record/archives.csv"), HEADER, &row)
}

const HEADER: &str = "commit,cpu,pages,words,mb_html,mb_packed,mb_a_second_one_job,mb_a_cpu_second_one_job,speedup_two_jobs,peak_mib_one_job,peak_mib_two_jobs,mb_a_cpu_second_without_statements\n";

fn measure(pages: usize, folder: &Path) -> anyhow::Result<String> {
    let path = folder.join("pages.warc.gz");
    let Written { words, html } = write(pages, &path)?;
    let packed = fs::metadata(&path)?.len();
    let (one, two) = (run(&path, 1)?, run(&path, 2)?);
    ensure!(one.hash == two.hash, "two jobs wrote other bytes than one");
    resumed(&path, folder, &one)?;
    let million = |bytes: f64| bytes / 1e6;
    Ok(format!(
        "{},{},{pages},{words},{:.0},{:.0},{:.1},{:.1},{:.2},{:.0},{:.0},{:.0}\n",
        commit(),
        cpu(),
        million(html as f64),
        million(packed as f64),
        million(html as f64 / one.wall.as_secs_f64()),
        million(html as f64 / one.cpu.as_secs_f64()),
        one.wall.as_secs_f64() / two.wall.as_secs_f64(),
        one.peak,
        two.peak,
        million(html as f64 / alone(&path, pages)?),
    ))
}

/// The seconds of processors that it takes to find all articles, without what is said in them.
fn alone(archive: &Path, pages: usize) -> anyhow::Result<f64> {
    let spent = || cpu_time(Path::new("/proc/self")).context("Linux tells it");
    let before = spent()?;
    let found = Articles::new(vec![Input::Path(archive.to_owned())], None).filter(Result::is_ok).count();
    ensure!(found == pages, "of {pages} pages {found} were read");
    Ok((spent()? - before).as_secs_f64())
}

/// Checks that a reading killed a third and two thirds through ends with the bytes of one that was let alone.
fn resumed(archive: &Path, folder: &Path, whole: &Run) -> anyhow::Result<()> {
    let (state, appended) = (folder.join("state"), folder.join("appended"));
    let mut lengths = Vec::new();
    for _ in 0..2 {
        let mut child = reading(archive, &state, &appended)?.spawn()?;
        thread::sleep(whole.wall / 3 + Duration::from_millis(500));
        child.kill()?;
        child.wait()?;
        lengths.push(fs::metadata(&appended)?.len());
    }
    ensure!(reading(archive, &state, &appended)?.status()?.success(), "a reading failed");
    let output = fs::read(&appended)?;
    let mut hash = Hash::default();
    hash.add(&output);
    ensure!(hash == whole.hash, "a reading that was killed and taken up again wrote other bytes");
    println!("killed at {lengths:?} of {} bytes of output, and taken up: the same bytes", output.len());
    Ok(())
}

fn reading(archive: &Path, state: &Path, out: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(program());
    command.args(["read", "--format", "jsonl", "--jobs", "1", "--resume"]).arg(state).arg(archive);
    command.stdout(OpenOptions::new().create(true).append(true).open(out)?);
    Ok(command)
}

/// Writes so many pages, each record gzipped by itself, with what else a crawler keeps among them.
fn write(pages: usize, path: &Path) -> anyhow::Result<Written> {
    let paragraphs = paragraphs()?;
    let mut out = BufWriter::new(File::create(path)?);
    let (mut dice, mut written) = (Dice(11), Written::default());
    for number in 0..pages {
        let page = page(number, &paragraphs, &mut dice, &mut written.words);
        written.html += page.len();
        let url = format!("https://outlet{}.example/news/{number}", number % 40);
        record(&mut out, "request", &url, b"GET / HTTP/1.1\r\n\r\n")?;
        record(&mut out, "response", &url, &answer(number, page.as_bytes())?)?;
        if number % 10 == 0 {
            let gone =
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html><title>Not found</title>";
            record(&mut out, "response", &url, gone)?;
        }
    }
    out.flush()?;
    Ok(written)
}

fn record(out: &mut impl Write, kind: &str, url: &str, body: &[u8]) -> anyhow::Result<()> {
    let mut member = GzEncoder::new(out, Compression::default());
    write!(member, "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n")?;
    write!(member, "WARC-Date: 2025-03-20T10:00:00Z\r\nContent-Length: {}\r\n\r\n", body.len())?;
    member.write_all(body)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}

/// What a server sends: plain, in chunks, or gzipped.
fn answer(number: usize, page: &[u8]) -> anyhow::Result<Vec<u8>> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
    let mut answer = head.as_bytes().to_vec();
    match number % 3 {
        0 => {
            answer.extend_from_slice(b"\r\n");
            answer.extend_from_slice(page);
        }
        1 => {
            answer.extend_from_slice(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in page.chunks(8192) {
                write!(answer, "{:x}\r\n", chunk.len())?;
                answer.extend_from_slice(chunk);
                answer.extend_from_slice(b"\r\n");
            }
            answer.extend_from_slice(b"0\r\n\r\n");
        }
        _ => {
            answer.extend_from_slice(b"Content-Encoding: gzip\r\n\r\n");
            let mut packer = GzEncoder::new(&mut answer, Compression::default());
            packer.write_all(page)?;
            packer.finish()?;
        }
    }
    Ok(answer)
}

/// The paragraphs of the samples, longer than a headline.
fn paragraphs() -> anyhow::Result<Vec<String>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("samples")?.map(|file| Ok(file?.path())).collect::<anyhow::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "txt"));
    files.sort();
    let mut paragraphs = Vec::new();
    for file in files {
        let text = fs::read_to_string(file)?;
        let long = text.split("\n\n").skip(1).filter(|paragraph| paragraph.len() > 80);
        paragraphs.extend(long.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    ensure!(!paragraphs.is_empty(), "samples/ has no text");
    Ok(paragraphs)
}

/// A page of one of a few houses, and as much around its article as real pages have.
fn page(number: usize, paragraphs: &[String], dice: &mut Dice, words: &mut usize) -> String {
    let mut article = String::new();
    let mut count = 0;
    for nth in 0..5 + dice.below(25) {
        let paragraph = &paragraphs[dice.below(paragraphs.len())];
        count += paragraph.split(' ').count();
        let paragraph = paragraph.replace('&', "&amp;").replace('“', "&ldquo;");
        let paragraph = match dice.below(4) {
            0 => paragraph.replacen(" said", " <a href=\"/tag/1?a=1&amp;b=2\">said</a>", 1),
            1 => paragraph.replacen(", ", ", <em>", 1) + "</em>",
            _ => paragraph,
        };
        let (begin, end) =
            [("<p>", "</p>"), ("<p class=\"body-text\"><span>", "</span></p>"), ("<p>", "")][number % 3];
        let _ = writeln!(article, "{begin}{paragraph}{end}");
        if nth % 7 == 3 {
            article.push_str("<aside class=\"ad\"><div id=\"slot\"></div></aside>");
        }
    }
    *words += count;
    let title = format!("Report {number} of the day: talks go on in Kelden");
    let day = format!("2025-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    let head = match number % 4 {
        0 => format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{title}\",\
             \"datePublished\":\"{day}\",\"author\":[{{\"name\":\"Ann Lee\"}}]}}</script>"
        ),
        1 => format!("<meta property=\"article:published_time\" content=\"{day}T09:00:00Z\">"),
        _ => String::new(),
    };
    let around = count * BYTES_A_WORD - article.len().min(count * BYTES_A_WORD);
    let (scripts, teasers) = (filler(around * 19 / 20, dice, script), filler(around / 20, dice, teaser));
    let element = ["article", "div class=\"story\"", "main"][number % 3];
    let closed = element.split(' ').next().unwrap_or_default();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title} | The Outlet</title>{head}{scripts}</head><body>\
         <header><nav><ul><li><a href=\"/world\">World</a><li><a href=\"/sport\">Sport</a></ul></nav></header>\
         <{element}><h1>{title}</h1><p class=\"byline\">By Ann Lee</p><time datetime=\"{day}\">{day}</time>\n{article}\
         </{closed}><section class=\"related\"><h2>More</h2><ul>{teasers}</ul></section></body></html>"
    )
}

/// Pieces of about so many bytes in all.
fn filler(bytes: usize, dice: &mut Dice, piece: fn(&mut Dice) -> String) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&piece(dice));
    }
    text
}

fn script(dice: &mut Dice) -> String {
    let lines: String = (0..20 + dice.below(40))
        .map(|_| {
            format!(
                "window.slots.push({{\"id\":{},\"w\":{},\"on\":a<b&&c}});\n",
                dice.next(),
                dice.below(900)
            )
        })
        .collect();
    format!("<script>{lines}</script><style>.c{}{{margin:{}px}}</style>", dice.below(9999), dice.below(99))
}

fn teaser(dice: &mut Dice) -> String {
    let number = dice.below(1_000_000);
    format!(
        "<li class=\"teaser teaser--{} o-grid__item\" data-track=\"{number}\"><a href=\"/news/{number}?ref=more&amp;n=1\" \
         class=\"teaser__link\"><img src=\"/i/{number}.jpg\" alt=\"\" width=\"320\" height=\"180\" loading=\"lazy\">\
         <svg viewBox=\"0 0 24 24\"><path d=\"M{} {}L12 12z\"/></svg><h3>What else happened: item {number}</h3></a></li>\n",
        number % 5,
        number % 24,
        number % 17,
    )
}
