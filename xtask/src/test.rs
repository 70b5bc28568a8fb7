//! All checks of the project: what CI runs is what a person runs.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::{browser, tidy};

/// Runs every check, the quick ones first; the first that fails ends it.
pub(crate) fn test() -> anyhow::Result<()> {
    step("house rules", tidy::tidy)?;
    step("formatting", || cargo(&["fmt", "--all", "--check"]))?;
    step("who may use whom", dependencies)?;
    step("lints", || cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    step("tests", || cargo(&["test", "--workspace", "--locked"]))?;
    step("documentation", documentation)?;
    step("pages in a browser", browser::browser_if_there)
}

fn step(name: &str, check: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    eprintln!("── {name}");
    check().with_context(|| format!("{name} failed"))
}

fn cargo(args: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO")).args(args).status()?;
    ensure!(status.success(), "cargo {} ended with {status}", args.join(" "));
    Ok(())
}

fn documentation() -> anyhow::Result<()> {
    let mut doc = Command::new(env!("CARGO"));
    doc.args(["doc", "--workspace", "--no-deps", "--locked", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings");
    ensure!(doc.status()?.success(), "cargo doc ended with an error");
    Ok(())
}

/// Each absence next to its positive twin, which guards against a misspelt name.
fn dependencies() -> anyhow::Result<()> {
    for (package, used, allowed) in [
        ("onrecord", "onrecord-read", false),
        ("onrecord-app", "onrecord-read", true),
        ("onrecord", "encoding_rs", false),
        ("onrecord-read", "encoding_rs", true),
        ("onrecord", "clap", false),
        ("onrecord-read", "clap", false),
        ("onrecord-app", "clap", true),
        ("onrecord", "rusqlite", false),
        ("onrecord-read", "onrecord-ledger", false),
        ("onrecord-ledger", "onrecord-read", false),
        ("onrecord-ledger", "rusqlite", true),
        ("onrecord-app", "onrecord-ledger", true),
        ("onrecord", "crossbeam-channel", false),
        ("onrecord-app", "crossbeam-channel", true),
        ("onrecord", "ureq", false),
        ("onrecord-read", "ureq", false),
        ("onrecord-app", "ureq", true),
        ("onrecord", "axum", false),
        ("onrecord-read", "axum", false),
        ("onrecord-ledger", "axum", false),
        ("onrecord-app", "axum", true),
    ] {
        let verb = if allowed { "must use" } else { "must not use" };
        ensure!(uses(package, used)? == allowed, "{package} {verb} {used}");
    }
    Ok(())
}

fn uses(package: &str, used: &str) -> anyhow::Result<bool> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--edges", "normal", "-p", package, "-i", used]);
    Ok(tree.stdout(Stdio::null()).stderr(Stdio::null()).status()?.success())
}
