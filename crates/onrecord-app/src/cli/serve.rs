//! `onrecord serve`: the pages, for a browser.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::engine::Engine;
use super::{Outcome, messages};
use crate::pages::{self, Settings};

/// Show a ledger in the browser: look, check, correct.
///
/// Without a ledger, one made of the samples is shown. Whoever uses this machine may read; to keep articles and to correct
/// statements, and to read from another machine, the token is needed that stands in the printed address.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// The ledger; made where there is none [default: one of the samples, gone when the program ends]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// The address and port where the site is found
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// The name by which browsers reach the site, where that is not its address
    #[arg(long, value_name = "HOST")]
    name: Option<String>,

    /// A file with the token, made for its owner alone where there is none [default: another token for each run]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// Open the browser
    #[arg(long)]
    open: bool,

    /// People and bodies you know, as for `read`
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord serve --open                       a first look, at the samples
  onrecord serve --ledger news.db --open      your ledger
  onrecord serve --ledger news.db --listen 0.0.0.0:8080 --token-file desk.token";

/// Serves the pages until Ctrl-C.
///
/// # Errors
///
/// The ledger, the token file or the registry cannot be read, or the address is taken.
pub(crate) fn serve(args: ServeArgs) -> anyhow::Result<Outcome> {
    let engine = Engine::load(None, args.registry.as_deref())?;
    let settings =
        Settings { ledger: args.ledger, listen: args.listen, name: args.name, token_file: args.token_file };
    pages::serve(engine, settings, |address, token| {
        messages::done(format_args!("look:    http://{address}/"));
        messages::done(format_args!("correct: http://{address}/enter?token={token}"));
        messages::done("Ctrl-C ends it");
        if args.open {
            open(&format!("http://{address}/"));
        }
    })?;
    Ok(Outcome::Done)
}

/// Opens the browser, where there is one: the address was printed all the same.
fn open(address: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let quiet = || (Stdio::null(), Stdio::null());
    let (out, err) = quiet();
    if Command::new(opener).arg(address).stdout(out).stderr(err).spawn().is_err() {
        messages::warning("no browser could be opened: open the address above");
    }
}
