//! `robots.txt`: what a site lets programs fetch, and how often (RFC 9309).

use std::time::Duration;

use super::url::encoded;

/// The name by which sites may address us.
const US: &str = "onrecord";

/// What lies beyond is not read (RFC 9309 asks for half a megabyte at least).
pub(super) const LONGEST: usize = 512 << 10;

/// No site can hold us up longer than this between two requests.
const LONGEST_DELAY: f32 = 60.0;

/// What a site permits us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// The pause that the site wants between two requests (`Crawl-delay`; not in the RFC, but widely meant).
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    pattern: String,
}

impl Robots {
    /// A site that permits everything: one without the file.
    pub(super) fn silent() -> Robots {
        Robots::default()
    }

    /// Reads the file: the groups that name us, else those for all. What is no rule is passed over.
    pub(super) fn parse(bytes: &[u8]) -> Robots {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
        let (mut ours, mut all) = (None, None);
        let mut group = Group::default();
        for (key, value) in text.trim_start_matches('\u{feff}').split(['\n', '\r']).filter_map(line) {
            if key == "user-agent" {
                group.address(value);
            } else {
                group.begun = true;
                for (wanted, robots) in [(group.for_us, &mut ours), (group.for_all, &mut all)] {
                    if wanted {
                        robots.get_or_insert_with(Robots::silent).add(&key, value);
                    }
                }
            }
        }
        ours.or(all).unwrap_or_default()
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { allows: key == "allow", pattern: one_form(value) });
            }
            "crawl-delay" => {
                let seconds = value.parse::<f32>().ok().filter(|seconds| *seconds >= 0.0);
                self.delay = seconds.map(|seconds| Duration::from_secs_f32(seconds.min(LONGEST_DELAY)));
            }
            _ => {}
        }
    }

    /// Whether a path with its query may be fetched: the longest rule that fits decides; of two, the kinder.
    pub(super) fn allow(&self, target: &str) -> bool {
        let target = one_form(target);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &target));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// Whom the lines being read are for.
#[derive(Default)]
struct Group {
    for_us: bool,
    for_all: bool,
    /// Whether a rule has come: the next `user-agent` begins another group.
    begun: bool,
}

impl Group {
    fn address(&mut self, agent: &str) {
        if self.begun {
            *self = Group::default();
        }
        let name_end = agent.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
        self.for_us |= agent[..name_end.unwrap_or(agent.len())].eq_ignore_ascii_case(US);
        self.for_all |= agent.starts_with('*');
    }
}

/// Key, in lower case, and value of a line that says something about robots.
fn line(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split('#').next()?.split_once(':')?;
    let key = key.trim().to_ascii_lowercase();
    let known = matches!(key.as_str(), "user-agent" | "allow" | "disallow" | "crawl-delay");
    known.then(|| (key, value.trim()))
}

/// Paths that mean the same in one form: what needs no percent-encoding has none, and the digits are capital.
fn one_form(path: &str) -> String {
    let path = encoded(path);
    let mut whole = String::with_capacity(path.len());
    let mut rest = path.as_str();
    while let Some(at) = rest.find('%') {
        whole.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                whole.push(char::from(byte))
            }
            Some(byte) => whole.push_str(&format!("%{byte:02X}")),
            None => whole.push('%'),
        }
        rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
    }
    whole + rest
}

/// Whether a pattern, in which `*` stands for anything and a last `$` for the end, fits from the start.
fn fits(pattern: &str, target: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (first, rest) = pattern.split_once('*').map_or((pattern, None), |(first, rest)| (first, Some(rest)));
    let Some(mut left) = target.strip_prefix(first) else { return false };
    let Some(rest) = rest else { return !to_the_end || left.is_empty() };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The earliest place leaves most to the parts behind it.
    for part in middle.split('*') {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    if to_the_end { left.ends_with(last) } else { left.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(robots: &str, allowed: &[&str], refused: &[&str]) {
        let robots = Robots::parse(robots.as_bytes());
        for path in allowed {
            assert!(robots.allow(path), "{path} is allowed");
        }
        for path in refused {
            assert!(!robots.allow(path), "{path} is refused");
        }
    }

    #[test]
    fn the_longest_rule_decides_and_of_two_the_kinder() {
        check("User-agent: *\nDisallow: /\n", &[], &["/", "/a"]);
        check("User-agent: *\nDisallow:\n", &["/a"], &[]);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b\n", &["/", "/a/b/c", "/b"], &["/a", "/ab", "/a/c"]);
        check("User-agent: *\nAllow: /p\nDisallow: /p\n", &["/p"], &[]);
        check("", &["/a"], &[]);
    }

    #[test]
    fn our_own_groups_hide_those_for_all() {
        let two = "user-agent: other\nuser-agent: OnRecord/2.0\ndisallow: /a # not yet\n\n\
            user-agent: *\ndisallow: /\n\nUser-Agent : onrecord\nDisallow: /b";
        check(two, &["/", "/c"], &["/a", "/b"]);
        check("user-agent: onrecorder\ndisallow: /\nuser-agent: on\ndisallow: /", &["/a"], &[]);
        check("user-agent: *\nallow: /\nuser-agent: onrecord\ndisallow: /", &[], &["/a"]);
        // a line that is no rule parts no groups
        check(
            "user-agent: onrecord\nsitemap: https://e.org/s\nuser-agent: other\ndisallow: /x",
            &[],
            &["/x"],
        );
    }

    #[test]
    fn wildcards_and_ends() {
        check(
            "user-agent: *\ndisallow: /*.pdf$\ndisallow: /a*b*c",
            &["/x.pdf?1", "/acb"],
            &["/x.pdf", "/.pdf", "/a1b2c3"],
        );
        check("user-agent: *\ndisallow: /$", &["/a"], &["/"]);
        check("user-agent: *\ndisallow: *?print=", &["/a"], &["/a?print=1"]);
        check("user-agent: *\ndisallow: /a*bc$", &["/abcd"], &["/abc", "/abcbc"]);
        let stars = format!("user-agent: *\ndisallow: /{}b", "*a".repeat(5000));
        check(&stars, &[&format!("/{}", "a".repeat(9000))], &[]);
    }

    #[test]
    fn encodings_that_mean_the_same() {
        check(
            "user-agent: *\ndisallow: /caf\u{e9}/\ndisallow: /%7Eann\ndisallow: /x%2fy",
            &["/x/y"],
            &["/caf%c3%a9/", "/~ann", "/x%2Fy"],
        );
        check("user-agent: *\ndisallow: /100%\ndisallow: /%zz", &[], &["/100%", "/%zz"]);
    }

    #[test]
    fn odd_files() {
        check("\u{feff}User-agent: *\r\nDisallow: /a\rDisallow: /b\r\n", &["/c"], &["/a", "/b"]);
        check("<html><p>Disallow: /</html>", &["/a"], &[]);
        check("disallow: /", &["/a"], &[]);
        assert!(Robots::parse(b"user-agent: *\ndisallow: /\xff\xfe\0").allow("/a"));
    }

    #[test]
    fn delays() {
        let delay = |line: &str| Robots::parse(format!("user-agent: *\n{line}").as_bytes()).delay;
        assert_eq!(delay("Crawl-delay: 2.5"), Some(Duration::from_millis(2500)));
        assert_eq!(delay("Crawl-delay: 86400"), Some(Duration::from_secs(60)));
        for odd in ["Crawl-delay: soon", "Crawl-delay: -1", "Crawl-delay: NaN", "allow: /"] {
            assert_eq!(delay(odd), None, "{odd}");
        }
    }
}
