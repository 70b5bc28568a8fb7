//! Bytes as they come in to articles.
