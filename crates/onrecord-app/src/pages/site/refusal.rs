//! What is said to somebody whose request cannot be met.

use askama::Template;
use axum::Json;
use axum::extract::rejection::{FormRejection, JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use onrecord_ledger::LedgerError;

use crate::cli::inert;

/// Why a request is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Refusal {
    pub(in crate::pages) status: StatusCode,
    /// In a sentence or two.
    pub(in crate::pages) words: String,
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    heading: &'a str,
    words: &'a str,
    asks_for_token: bool,
}

impl Refusal {
    pub(in crate::pages) fn new(status: StatusCode, words: impl Into<String>) -> Refusal {
        Refusal { status, words: inert(&words.into()) }
    }

    /// Something failed that is nobody's fault who asks.
    pub(in crate::pages) fn broken() -> Refusal {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something failed here. Try again; the terminal may tell why.",
        )
    }

    pub(in crate::pages) fn not_found(words: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, words)
    }

    /// The same as JSON.
    pub(in crate::pages) fn for_programs(&self) -> Response {
        (self.status, Json(serde_json::json!({"error": self.words}))).into_response()
    }

    /// No article is known by this.
    pub(in crate::pages) fn no_article(id: &str) -> Refusal {
        Refusal::not_found(format!("There is no article “{id}” in this ledger."))
    }

    /// The token is needed first.
    pub(in crate::pages) fn no_token() -> Refusal {
        Refusal::new(
            StatusCode::UNAUTHORIZED,
            "This needs the token that the terminal printed when the program started.",
        )
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Refusal {
        let status = match &error {
            LedgerError::NoStatement(_) | LedgerError::NoEntity(_) => StatusCode::NOT_FOUND,
            LedgerError::Words { .. }
            | LedgerError::Refused(_)
            | LedgerError::SeveralStatements(_)
            | LedgerError::SeveralEntities { .. } => StatusCode::BAD_REQUEST,
            LedgerError::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            crate::cli::error(&error);
            return Refusal::broken();
        }
        let words = error.to_string();
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        Refusal::new(status, format!("{first}{}.", letters.as_str()))
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, rejection.body_text())
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Refusal {
        Refusal::new(rejection.status(), rejection.body_text())
    }
}

impl From<FormRejection> for Refusal {
    fn from(rejection: FormRejection) -> Refusal {
        let words = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "This form is larger than what it can hold.",
            _ => "This form came broken: load the page again, and send it again.",
        };
        Refusal::new(rejection.status(), words)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let heading = match self.status {
            StatusCode::NOT_FOUND => "Not here",
            StatusCode::UNAUTHORIZED => "Not open to all",
            StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE => "That did not work",
            _ => "That cannot be done",
        };
        let asks_for_token = self.status == StatusCode::UNAUTHORIZED;
        match (Page { heading, words: &self.words, asks_for_token }).render() {
            Ok(page) => (self.status, Html(page)).into_response(),
            Err(_) => (self.status, self.words).into_response(),
        }
    }
}
