//! What programs can ask: OpenAPI for them, the same as a page for people.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::{Frame, accepts, page};
use crate::pages::site::{Refusal, Site};

/// What the interface offers.
const DESCRIPTION: &str = include_str!("../../../templates/openapi.json");

#[derive(Template)]
#[template(path = "api.html")]
struct DescribedPage {
    frame: Frame,
    about: String,
    roads: Vec<Road>,
}

/// Something that can be asked.
struct Road {
    path: String,
    what: String,
    /// What narrows it, each with what it means.
    parameters: Vec<(String, String)>,
    gives: String,
}

/// The description: as a page where somebody asks for pages.
pub(super) async fn described(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !accepts(&headers, "text/html") {
        return Ok(([(CONTENT_TYPE, "application/json")], DESCRIPTION).into_response());
    }
    let whole: Value = serde_json::from_str(DESCRIPTION).map_err(|_| Refusal::broken())?;
    page(&DescribedPage {
        frame: Frame::new(&site, &headers),
        about: text(&whole["info"]["description"]),
        roads: roads(&whole),
    })
}

fn roads(whole: &Value) -> Vec<Road> {
    let road = |(path, methods): (&String, &Value)| {
        let get = &methods["get"];
        let parameters = get["parameters"].as_array().into_iter().flatten();
        Road {
            path: path.clone(),
            what: text(&get["summary"]),
            parameters: parameters.map(|parameter| named(whole, parameter)).collect(),
            gives: text(&get["responses"]["200"]["description"]),
        }
    };
    whole["paths"].as_object().into_iter().flatten().map(road).collect()
}

/// The name of a parameter and what it means, wherever it stands.
fn named(whole: &Value, parameter: &Value) -> (String, String) {
    let there = parameter["$ref"].as_str().and_then(|at| whole.pointer(at.strip_prefix('#')?));
    let parameter = there.unwrap_or(parameter);
    let values = &parameter["schema"]["enum"];
    let meaning = match values.as_array() {
        Some(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        None => text(&parameter["description"]),
    };
    (text(&parameter["name"]), meaning)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere_and_every_parameter_has_a_name() {
        let whole: Value = serde_json::from_str(DESCRIPTION).unwrap();
        for part in DESCRIPTION.split("\"$ref\": \"#").skip(1) {
            let at = part.split('"').next().unwrap();
            assert!(whole.pointer(at).is_some(), "{at}");
        }
        for road in roads(&whole) {
            assert!(!road.what.is_empty() && !road.gives.is_empty(), "{}", road.path);
            assert!(road.parameters.iter().all(|(name, _)| !name.is_empty()), "{}", road.path);
        }
    }
}
