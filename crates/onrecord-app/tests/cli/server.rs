//! A server on loopback that answers as a test wants, and remembers what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) target: String,
    /// By their names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) when: Instant,
}

/// What the server answers: the bytes of a whole response, and then perhaps more and more.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    /// How often, and how long after each other, `more` is sent.
    more: (usize, Duration, Vec<u8>),
}

impl Answer {
    /// With this status line, these header lines (each with its end) and this body.
    pub(crate) fn new(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let head = format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        Answer { bytes: [head.as_bytes(), body].concat(), more: (0, Duration::ZERO, Vec::new()) }
    }

    /// A page.
    pub(crate) fn page(body: impl AsRef<[u8]>) -> Answer {
        Answer::new("200 OK", "Content-Type: text/html\r\n", body)
    }

    /// A redirect.
    pub(crate) fn moved(to: &str) -> Answer {
        Answer::new("302 Found", &format!("Location: {to}\r\n"), "")
    }

    /// There is none.
    pub(crate) fn missing() -> Answer {
        Answer::new("404 Not Found", "", "")
    }

    /// These bytes, without any length, and then so often so much more.
    pub(crate) fn endless(head: &str, count: usize, pause: Duration, more: &[u8]) -> Answer {
        let bytes = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{head}\r\n").into_bytes();
        Answer { bytes, more: (count, pause, more.to_vec()) }
    }
}

/// The server; it goes on to the end of the tests.
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers each request as `answer` says; it sees the requests so far, this one the last.
    pub(crate) fn new(answer: impl Fn(&[Asked]) -> Answer + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                // A client that has seen enough hangs up.
                thread::spawn(move || serve(&stream, &*answer, &seen));
            }
        });
        Server { address, asked }
    }

    /// The same answer to a path's every request; to all other paths, that there is nothing.
    pub(crate) fn with(pages: &[(&str, Answer)]) -> Server {
        let pages: BTreeMap<String, Answer> =
            pages.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
        Server::new(move |asked| {
            pages.get(&asked[asked.len() - 1].target).cloned().unwrap_or_else(Answer::missing)
        })
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths that were asked for so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.target).collect()
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: &impl Fn(&[Asked]) -> Answer,
    seen: &Mutex<Vec<Asked>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else {
        // So do real ones answer a client that speaks TLS to them.
        return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    };
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let answer = {
        let mut seen = seen.lock().unwrap();
        seen.push(Asked { target, headers, when: Instant::now() });
        answer(&seen)
    };
    stream.write_all(&answer.bytes)?;
    let (count, pause, more) = answer.more;
    for _ in 0..count {
        thread::sleep(pause);
        stream.write_all(&more)?;
    }
    Ok(())
}
