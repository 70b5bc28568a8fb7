//! The socket: connections in, so many at a time, none of them slow for ever; out on Ctrl-C, or when the system ends it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// So many connections are open at a time; the next one waits.
const CONNECTIONS: usize = 512;

/// So long a client may take to say what it wants.
const HEADERS: Duration = Duration::from_secs(10);

/// So long a connection stays open, busy or not: a client that sends a byte a minute goes.
const LIFE: Duration = Duration::from_secs(120);

/// Serves until Ctrl-C, or until the system asks it to end.
///
/// # Errors
///
/// Neither can be waited for.
pub(in crate::pages) async fn listen(listener: TcpListener, router: Router) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let router = router.clone();
                    tokio::spawn(async move {
                        let _ = timeout(LIFE, serve(stream, router)).await;
                        drop(place);
                    });
                }
                // out of files: others end meanwhile
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    };
    tokio::select! {
        () = accept => Ok(()),
        end = tokio::signal::ctrl_c() => end,
        end = ended() => end,
    }
}

/// Waits until the system asks the program to end.
#[cfg(unix)]
async fn ended() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn ended() -> std::io::Result<()> {
    std::future::pending().await
}

async fn serve(stream: TcpStream, router: Router) -> hyper::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(64 << 10);
    http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await
}
