//! Speed of the whole `read`, text in and JSONL out, on a corpus; a line for `record/speed.csv`.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::stages::stages;

/// Articles whose steps are timed one by one.
const STAGED: usize = 500;

const STAGES_HEAD: &str = "# Where the time of a read goes

One thread, at commit COMMIT, by `cargo xtask bench`.

";

/// What one run of the binary took.
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// Of all threads together; 0 where the system doesn't tell.
    pub(crate) cpu: Duration,
    /// Largest resident size, MiB; 0 where the system doesn't tell.
    pub(crate) peak: f64,
    /// Until the first byte of output.
    first: Duration,
    /// Of the output.
    pub(crate) hash: Hash,
}

/// Measures on `corpus` (JSONL), prints tables, appends a line to `record/speed.csv` and writes `record/stages.md`.
pub(crate) fn bench(corpus: &Path) -> anyhow::Result<()> {
    build()?;
    let folder = std::env::temp_dir().join(format!("onrecord-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let result = measure(corpus, &folder);
    fs::remove_dir_all(&folder)?;
    let row = result?;
    let header = "commit,cpu,corpus,articles,words,words_per_second_one_job,speedup_two_jobs,peak_mib_1000_articles,peak_mib_all,seconds_10mb_article,first_record_ms\n";
    print!("{header}{row}");
    append(Path::new("record/speed.csv"), header, &row)?;
    let table = stages(corpus, STAGED)?;
    print!("\n{table}");
    Ok(fs::write("record/stages.md", format!("{}{table}", STAGES_HEAD.replace("COMMIT", &commit())))?)
}

/// Builds the program as users have it.
pub(crate) fn build() -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "-p", "onrecord-app"])
        .status()?;
    ensure!(status.success(), "the build failed");
    Ok(())
}

/// The program that [`build`] built.
pub(crate) fn program() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Path::new(&target).join("release/onrecord")
}

fn measure(corpus: &Path, folder: &Path) -> anyhow::Result<String> {
    let lines = texts(corpus)?;
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    let part = |name: &str, count: usize| write(&folder.join(name), &lines[..count.min(lines.len())]);
    let (all, thousand) = (part("all.jsonl", lines.len())?, part("thousand.jsonl", 1000)?);
    let one = best(&all, 1)?;
    let two = best(&all, 2)?;
    let small = run(&thousand, 1)?;
    let long = write_long(&folder.join("long.txt"), &lines)?;
    let short = folder.join("short.txt");
    fs::write(&short, "“No deal,” the mayor said on Friday. She denied that talks had been held.\n")?;
    let (long, first) = (run(&long, 1)?, best(&short, 1)?);
    Ok(format!(
        "{},{},{},{},{words},{:.0},{:.2},{:.0},{:.0},{:.2},{:.0}\n",
        commit(),
        cpu(),
        corpus.file_name().unwrap_or_default().to_string_lossy(),
        lines.len(),
        words as f64 / one.wall.as_secs_f64(),
        one.wall.as_secs_f64() / two.wall.as_secs_f64(),
        small.peak,
        one.peak,
        long.wall.as_secs_f64(),
        first.first.as_secs_f64() * 1000.0,
    ))
}

/// Whether two outputs are the same bytes: FNV-1a and the length.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hash(u64, usize);

impl Hash {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        self.1 += bytes.len();
    }
}

/// The quickest of three runs: what the program costs, not what else the machine did.
fn best(input: &Path, jobs: usize) -> anyhow::Result<Run> {
    let runs = (0..3).map(|_| run(input, jobs)).collect::<anyhow::Result<Vec<_>>>()?;
    runs.into_iter().min_by_key(|run| run.wall).context("three runs were made")
}

pub(crate) fn run(input: &Path, jobs: usize) -> anyhow::Result<Run> {
    let begun = Instant::now();
    let mut child = Command::new(program())
        .args(["read", "--format", "jsonl", "--jobs", &jobs.to_string()])
        .arg(input)
        .stdout(Stdio::piped())
        .spawn()?;
    let about = PathBuf::from(format!("/proc/{}", child.id()));
    let mut out = child.stdout.take().context("stdout is piped")?;
    let (mut block, mut first, mut peak) = (vec![0; 1 << 16], None, 0.0);
    let mut hash = Hash::default();
    loop {
        let count = out.read(&mut block)?;
        if count == 0 {
            break;
        }
        hash.add(&block[..count]);
        first.get_or_insert_with(|| begun.elapsed());
        peak = resident(&about).unwrap_or(peak);
    }
    let cpu = cpu_time(&about).unwrap_or_default();
    ensure!(child.wait()?.success(), "onrecord failed on {}", input.display());
    Ok(Run { wall: begun.elapsed(), cpu, peak, first: first.unwrap_or_default(), hash })
}

/// The largest resident size so far, MiB, as Linux tells it.
pub(crate) fn resident(about: &Path) -> Option<f64> {
    let text = fs::read_to_string(about.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

/// What the process has used of processors so far, as Linux tells it: hundredths of a second, in user mode and in the
/// system.
pub(crate) fn cpu_time(about: &Path) -> Option<Duration> {
    let text = fs::read_to_string(about.join("stat")).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Some(Duration::from_millis(10 * ticks.sum::<Result<u64, _>>().ok()?))
}

fn texts(corpus: &Path) -> anyhow::Result<Vec<String>> {
    Ok(crate::prepare::open(corpus)?.lines().collect::<Result<_, _>>()?)
}

fn write(path: &Path, lines: &[String]) -> anyhow::Result<PathBuf> {
    fs::write(path, lines.join("\n"))?;
    Ok(path.to_owned())
}

/// One article of 10 MB, from the corpus's texts.
fn write_long(path: &Path, lines: &[String]) -> anyhow::Result<PathBuf> {
    let mut text = String::new();
    for line in lines.iter().cycle() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        text.push_str(article["text"].as_str().unwrap_or_default());
        text.push_str("\n\n");
        if text.len() > 10_000_000 {
            break;
        }
    }
    fs::write(path, text)?;
    Ok(path.to_owned())
}

pub(crate) fn commit() -> String {
    let out = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default()
}

pub(crate) fn cpu() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name")).unwrap_or_default();
    line.split(':').nth(1).unwrap_or("unknown").trim().replace(',', " ")
}

pub(crate) fn append(path: &Path, header: &str, row: &str) -> anyhow::Result<()> {
    let new = !path.exists();
    fs::create_dir_all(path.parent().context("a record lies in a folder")?)?;
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(if new { header.as_bytes() } else { b"" })?;
    Ok(file.write_all(row.as_bytes())?)
}
