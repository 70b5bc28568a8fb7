//! The site, from its settings to its end.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use super::kinds::router;
use super::site::{Settings, Site, listen};
use crate::cli::Engine;

/// Serves the pages until Ctrl-C. `ready` is told the address and the token once browsers are let in.
///
/// # Errors
///
/// The ledger or the token file cannot be read or made, or the address is taken.
pub(crate) fn serve(
    engine: Engine,
    mut settings: Settings,
    ready: impl FnOnce(SocketAddr, &str),
) -> anyhow::Result<()> {
    Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let taken = || format!("{}: cannot be listened on", settings.listen);
        let listener = TcpListener::bind(settings.listen).await.with_context(taken)?;
        settings.listen = listener.local_addr()?;
        let site = Arc::new(Site::new(engine, &settings)?);
        ready(settings.listen, &site.access.token);
        Ok(listen(listener, router(site)).await?)
    })
}
