//! A site that a test asks as browsers and others do, byte by byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr};

use crate::program::{Folder, onrecord};

/// A short report.
pub(crate) const STORY: &str = "Mayor calls flood report nonsense

NORTHAM, March 3 — The river at Northam will rise by two metres on Tuesday, the water board said in a statement.

“That is nonsense,” Ada Brook, the mayor, told reporters. “We have seen worse.”";

/// A site of a ledger in a folder; it ends with the value.
pub(crate) struct Site {
    process: Child,
    _output: BufReader<ChildStderr>,
    pub(crate) host: String,
    pub(crate) token: String,
}

/// What the site answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Site {
    /// The site of `news.db` in the folder, on loopback.
    pub(crate) fn start(folder: &Folder) -> Site {
        Site::listening(folder, "127.0.0.1:0")
    }

    /// The same, listening there.
    pub(crate) fn listening(folder: &Folder, at: &str) -> Site {
        let arguments = format!("serve --ledger news.db --listen {at} --token-file token");
        let mut process = onrecord(folder.path(), &arguments).spawn().unwrap();
        let mut output = BufReader::new(process.stderr.take().unwrap());
        let mut lines = String::new();
        while !lines.contains("?token=") {
            assert!(output.read_line(&mut lines).unwrap() > 0, "{lines}");
        }
        let (_, host) = lines.split_once("http://").unwrap();
        let (_, token) = lines.split_once("?token=").unwrap();
        let host = host.split('/').next().unwrap().replace("0.0.0.0", "127.0.0.1");
        let token = token.trim().to_owned();
        Site { process, _output: output, host, token }
    }

    /// Sends these lines of a head, and a body.
    pub(crate) fn send(&self, head: &[&str], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let length = format!("Content-Length: {}", body.len());
        let head = [head, &[&length, "Connection: close", "", ""]].concat().join("\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        // a site that refuses may not read to the end
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&[&format!("GET {path} HTTP/1.1"), &format!("Host: {}", self.host)], b"")
    }

    /// Sends a form, by somebody with these lines in the head.
    pub(crate) fn post(&self, path: &str, form: &str, more: &[&str]) -> Answer {
        let (line, host) = (format!("POST {path} HTTP/1.1"), format!("Host: {}", self.host));
        let head =
            [&[line.as_str(), &host, "Content-Type: application/x-www-form-urlencoded"], more].concat();
        self.send(&head, form.as_bytes())
    }

    /// Gives a text to be read.
    pub(crate) fn paste(&self, text: &str) -> Answer {
        self.give("name=\"text\"", text)
    }

    /// Gives a file to be read.
    pub(crate) fn upload(&self, file: &str, content: &str) -> Answer {
        self.give(&format!("name=\"file\"; filename=\"{file}\""), content)
    }

    fn give(&self, name: &str, value: &str) -> Answer {
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n")
        };
        let body = field("name=\"key\"", &self.key()) + &field(name, value) + "--x--\r\n";
        let host = format!("Host: {}", self.host);
        let head = ["POST /read HTTP/1.1", &host, "Content-Type: multipart/form-data; boundary=x"];
        self.send(&head, body.as_bytes())
    }

    /// The key of its forms.
    pub(crate) fn key(&self) -> String {
        let page = self.get("/").body;
        let (_, key) = page.split_once("name=\"key\" value=\"").unwrap();
        key.split('"').next().unwrap().to_owned()
    }

    /// The line of the head by which somebody writes.
    pub(crate) fn cookie(&self) -> String {
        format!("Cookie: onrecord={}", self.token)
    }
}

impl Answer {
    /// Where it leads.
    pub(crate) fn location(&self) -> String {
        let line = self.head.lines().find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_else(|| panic!("{}", self.head)).to_owned()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
