//! A real browser on the pages: `browser/pages.mjs` drives Chromium as a person would.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use anyhow::{Context, ensure};

/// Names under which systems have the browser.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Runs the browser's tests; `shots` is a folder for pictures of the pages.
///
/// # Errors
///
/// A tool is missing, or a test fails.
pub(crate) fn browser(shots: Option<&Path>) -> anyhow::Result<()> {
    run(&tools()?, shots)
}

/// The tools, each with its package in Debian.
const TOOLS: [(&[&str], &str); 3] = [(&["node"], "nodejs"), (&["npm"], "npm"), (&BROWSERS, "chromium")];

/// Runs the browser's tests, with what is missing installed where that takes nobody's leave;
/// says loudly that they did not run where it does.
pub(crate) fn browser_if_there() -> anyhow::Result<()> {
    match tools().or_else(|missing| if install() { tools() } else { Err(missing) }) {
        Ok(tools) => run(&tools, None),
        Err(missing) => {
            eprintln!("!! NOT RUN: the tests in a browser. {missing:#}.");
            eprintln!(
                "!! Install Node.js 20 and Chromium (Debian: apt-get install {}) to run them.",
                TOOLS.map(|(_, package)| package).join(" ")
            );
            Ok(())
        }
    }
}

/// Installs the tools that are missing; tells whether it could: as the administrator of a Debian
/// system alone.
fn install() -> bool {
    let administrator = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let missing = TOOLS.iter().filter(|(names, _)| find(names).is_none()).map(|&(_, package)| package);
    let install = ["install", "--yes", "--no-install-recommends"].into_iter().chain(missing);
    administrator && apt(&["update"]) && apt(&install.collect::<Vec<_>>())
}

fn apt(args: &[&str]) -> bool {
    let status =
        Command::new("apt-get").arg("--quiet=2").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
    status.is_ok_and(|status| status.success())
}

/// What the tests need.
struct Tools {
    chromium: PathBuf,
    /// The folder with the tests and the packages that they load.
    folder: PathBuf,
}

fn tools() -> anyhow::Result<Tools> {
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    ensure!(node.is_ok_and(|status| status.success()), "there is no node");
    let chromium = find(&BROWSERS).context("there is no chromium")?;
    let folder = beside("browser")?;
    fs::create_dir_all(&folder)?;
    for file in ["package.json", "package-lock.json", "pages.mjs"] {
        fs::copy(Path::new("xtask/browser").join(file), folder.join(file))?;
    }
    let npm = Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund", "--prefer-offline"])
        .current_dir(&folder)
        .status();
    ensure!(npm.is_ok_and(|status| status.success()), "npm could not install the packages of xtask/browser");
    Ok(Tools { chromium, folder })
}

/// The first of these programs on the path.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// A file beside this program, where cargo puts what it builds.
fn beside(name: &str) -> anyhow::Result<PathBuf> {
    Ok(env::current_exe()?.parent().context("no folder of programs")?.join(name))
}

fn run(tools: &Tools, shots: Option<&Path>) -> anyhow::Result<()> {
    let program = build()?;
    let report = tools.folder.join("report.html");
    let made = Command::new(&program)
        .args(["report", "samples/01-siege-of-tarnovka.txt", "--published", "2025-03-14", "-o"])
        .arg(&report)
        .status()?;
    ensure!(made.success(), "onrecord report ended with {made}");
    let served = Served::start(&program)?;
    let mut tests = Command::new("node");
    tests.arg("pages.mjs").args([&served.site, &served.enter]).arg(&report).arg(&tools.chromium);
    if let Some(shots) = shots {
        fs::create_dir_all(shots)?;
        tests.arg(fs::canonicalize(shots)?);
    }
    let status = tests.current_dir(&tools.folder).status()?;
    ensure!(status.success(), "the tests in the browser ended with {status}");
    Ok(())
}

/// The program, built as it is now, with the tests' profile: most of it is built already.
fn build() -> anyhow::Result<PathBuf> {
    let status = Command::new(env!("CARGO")).args(["build", "--locked", "-p", "onrecord-app"]).status()?;
    ensure!(status.success(), "cargo build ended with {status}");
    // This program is of the release profile, the one under test of the profile that tests have.
    let program = beside("")?.join("../debug").join(format!("onrecord{}", env::consts::EXE_SUFFIX));
    fs::canonicalize(&program).with_context(|| format!("there is no {}", program.display()))
}

/// A site of the samples; it ends with the value.
struct Served {
    process: Child,
    /// Open as long as the site is: what it says into a closed one would end it.
    _output: BufReader<ChildStderr>,
    site: String,
    enter: String,
}

impl Served {
    /// Starts it on a free port and reads the two addresses that it prints.
    fn start(program: &Path) -> anyhow::Result<Served> {
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()?;
        let mut output = BufReader::new(process.stderr.take().context("no output of onrecord serve")?);
        let (mut site, mut enter) = (None, None);
        let mut line = String::new();
        while output.read_line(&mut line)? > 0 {
            let address = line.split_whitespace().last().map(str::to_owned);
            match line.split(':').next() {
                Some("look") => site = address,
                Some("correct") => enter = address,
                _ => {}
            }
            if enter.is_some() {
                break;
            }
            line.clear();
        }
        let (site, enter) = site.zip(enter).context("onrecord serve printed no addresses")?;
        Ok(Served { process, _output: output, site, enter })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
