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
    let paths = whole["paths"].as_object().into_iter().flatten();
    let methods = paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, road)| (path, method, road))
    });
    methods.map(|(path, method, road)| of_method(whole, (path, method), road)).collect()
}

fn of_method(whole: &Value, (path, method): (&str, &str), road: &Value) -> Road {
    let parameters = road["parameters"].as_array().into_iter().flatten();
    let body = &road["requestBody"]["content"]["application/json"]["schema"];
    let fields = followed(whole, body)["properties"].as_object().into_iter().flatten();
    let parameters = parameters.map(|parameter| named(whole, parameter));
    let fields = fields.map(|(name, schema)| (name.clone(), meaning(schema, schema)));
    Road {
        path: if method == "get" { path.to_owned() } else { format!("{} {path}", method.to_uppercase()) },
        what: text(&road["summary"]),
        parameters: parameters.chain(fields).collect(),
        gives: text(&road["responses"]["200"]["description"]),
    }
}

/// What a reference leads to, or what stands there itself.
fn followed<'a>(whole: &'a Value, part: &'a Value) -> &'a Value {
    part["$ref"].as_str().and_then(|at| whole.pointer(at.strip_prefix('#')?)).unwrap_or(part)
}

/// The name of a parameter and what it means, wherever it stands.
fn named(whole: &Value, parameter: &Value) -> (String, String) {
    let parameter = followed(whole, parameter);
    (text(&parameter["name"]), meaning(parameter, &parameter["schema"]))
}

/// The values that there are, or a description.
fn meaning(described: &Value, schema: &Value) -> String {
    match schema["enum"].as_array() {
        Some(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        None => text(&described["description"]),
    }
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
