//! What somebody gives to be read: a pasted text, a file; and the articles in it.

use std::ops::ControlFlow;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use http_body_util::BodyExt;
use onrecord_read::{Articles, Found, Origin, ReadError, Settings};

use super::access::random;
use super::{Looked, Refusal, Site};
use crate::web::is_url;

/// A form by which something is given to be read.
#[derive(Debug, Default)]
pub(in crate::pages) struct Upload {
    /// The key of this run's forms.
    pub(in crate::pages) key: String,
    text: String,
    file: Option<(String, Bytes)>,
    published: Option<String>,
}

/// So large a form may be, in bytes …
pub(in crate::pages) const MOST_BYTES: usize = 10 << 20;
/// … and so much of a larger one is read and forgotten, so that its sender hears why it is refused.
const MOST_DRAINED: usize = 64 << 20;

/// So many articles of one file are read.
const MOST_ARTICLES: usize = 200;

impl Upload {
    /// The form in a request.
    ///
    /// # Errors
    ///
    /// It is too large or broken.
    pub(in crate::pages) async fn receive(request: Request) -> Result<Upload, Refusal> {
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts, Body::from(bytes(body).await?));
        let broken = |_| Refusal::new(StatusCode::BAD_REQUEST, "This form came broken.");
        let mut form = Multipart::from_request(whole, &()).await.map_err(|_| broken(()))?;
        let mut upload = Upload::default();
        while let Some(field) = form.next_field().await.map_err(|_| broken(()))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().unwrap_or_default().to_owned();
            let value = field.bytes().await.map_err(|_| broken(()))?;
            let words = || String::from_utf8_lossy(&value).into_owned();
            match name.as_str() {
                "key" => upload.key = words(),
                // browsers send the ends of lines as Windows has them
                "text" => upload.text = words().replace("\r\n", "\n"),
                "published" => upload.published = Some(words()).filter(|day| !day.is_empty()),
                "file" if !value.is_empty() => upload.file = Some((file, value)),
                _ => {}
            }
        }
        Ok(upload)
    }

    /// What a program sends: the body of its request, as a file.
    ///
    /// # Errors
    ///
    /// It is too large or broken.
    pub(in crate::pages) async fn of_body(
        request: Request,
        published: Option<String>,
    ) -> Result<Upload, Refusal> {
        let body = bytes(request.into_body()).await?;
        let file = (!body.is_empty()).then(|| ("request".to_owned(), body.into()));
        Ok(Upload { file, published, ..Upload::default() })
    }
}

/// The bytes of a body, unless they are too many.
async fn bytes(mut body: Body) -> Result<Vec<u8>, Refusal> {
    let (mut kept, mut count) = (Vec::new(), 0);
    let told = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if told > MOST_DRAINED {
        return Err(too_large());
    }
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "This form came broken."))?;
        let Ok(data) = frame.into_data() else { continue };
        count += data.len();
        match count {
            0..=MOST_BYTES => kept.extend_from_slice(&data),
            _ if count > MOST_DRAINED => break,
            _ => kept = Vec::new(),
        }
    }
    if count <= MOST_BYTES {
        return Ok(kept);
    }
    Err(too_large())
}

fn too_large() -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "This is larger than 10 MB, more than the site takes at a time. For large files there is the terminal: \
         onrecord keep --ledger news.db FILE.",
    )
}

/// Reads the articles of an upload, in its order: of a file, of the page at an address, or of a pasted text.
///
/// # Errors
///
/// There is nothing to read, or nothing of it can be read.
pub(in crate::pages) fn articles(site: &Site, upload: Upload) -> Result<Vec<Looked>, Refusal> {
    if let Some(day) = upload.published.as_deref().filter(|day| !onrecord_read::is_published(day)) {
        let words = format!("“{day}” is no day: write it as 2025-03-14.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, words));
    }
    let text = upload.text.trim();
    let mut reader = Reader { site, read: Vec::new(), faults: Vec::new() };
    match upload.file {
        Some((name, bytes)) => {
            reader.bytes(&bytes, Origin { published: upload.published, ..Origin::new(name) })
        }
        None if is_url(text) && !text.contains(char::is_whitespace) => {
            for found in Articles::new(vec![site.page(text)], upload.published) {
                if reader.take(found, text).is_break() {
                    break;
                }
            }
        }
        None if !text.is_empty() => {
            let origin = Origin { published: upload.published, ..Origin::new("pasted text") };
            reader.bytes(upload.text.as_bytes(), origin);
        }
        None => {
            let words = "There was nothing to read: paste a text or choose a file.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, words));
        }
    }
    reader.finish()
}

/// Reads articles as they are found.
struct Reader<'a> {
    site: &'a Site,
    read: Vec<Looked>,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn bytes(&mut self, bytes: &[u8], origin: Origin) {
        onrecord_read::each(bytes, &origin, &Settings::default(), &mut |found| {
            self.take(found, &origin.input)
        });
    }

    fn take(&mut self, found: Result<Found, ReadError>, name: &str) -> ControlFlow<()> {
        match found {
            Ok(Found { article, .. }) => {
                let warnings = article.warnings.iter().map(|warning| warning.note.to_string()).collect();
                let record = self.site.read(article.output);
                self.read.push(Looked { record, name: name.to_owned(), warnings });
            }
            Err(error) => self.faults.push(error.fault.to_string()),
        }
        let count = self.read.len() + self.faults.len();
        if count < MOST_ARTICLES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn finish(self) -> Result<Vec<Looked>, Refusal> {
        let words = match (self.read.is_empty(), self.faults.first()) {
            (false, _) => return Ok(self.read),
            (true, Some(fault)) => format!("Not read: {fault}."),
            (true, None) => "There is no article in it.".to_owned(),
        };
        Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, words))
    }
}

/// A key for the desk.
///
/// # Errors
///
/// The system gives no random numbers.
pub(in crate::pages) fn new_key() -> Result<String, Refusal> {
    random().map_err(|_| Refusal::broken())
}
