//! The socket: connections in, so many at a time, none of them slow for ever; out on Ctrl-C, or when the system ends it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
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
                        serve(stream, router).await;
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

/// Serves one connection to its end; that a client breaks off is its own affair.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(64 << 10);
    let served = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let _ = timeout(LIFE, served).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::{Instant, sleep};

    /// How long a client is listened to that sends a byte a second after these words; its clock is wound, not waited for.
    async fn patience(begin: &str) -> Duration {
        let router = Router::new().route("/", post(|_: Bytes| async { "read" }));
        let (mut client, server) = tokio::io::duplex(1 << 10);
        let served = tokio::spawn(serve(server, router));
        let begun = Instant::now();
        let _ = client.write_all(begin.as_bytes()).await;
        while client.write_all(b"x").await.is_ok() && begun.elapsed() < 3 * LIFE {
            sleep(Duration::from_secs(1)).await;
        }
        let mut answer = Vec::new();
        let _ = client.read_to_end(&mut answer).await;
        served.await.unwrap();
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
        begun.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn slow_clients_go() {
        let close = |elapsed: Duration, limit: Duration| elapsed.abs_diff(limit) <= Duration::from_secs(2);
        let headers = patience("POST / HTTP/1.1\r\nHost: a\r\nX-Slow: ").await;
        assert!(close(headers, HEADERS), "{headers:?}");
        let body = patience("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n").await;
        assert!(close(body, LIFE), "{body:?}");
        let line = patience("").await;
        assert!(close(line, HEADERS), "{line:?}");
    }
}
