//! What whoever serves the page decided for everybody: who may embed it, whether answers leave the frame,
//! the role. What is not understood is read in the strictest way.

use super::value::{Fields, Value, Wrong};
use crate::page::options::role_of;
use crate::protocol::Role;

/// What the deployment's configuration file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// Exact origins of pages that may talk to this one.
    pub(crate) embedders: Vec<String>,
    /// They may ask for reports and exports.
    pub(crate) may_answer: bool,
    /// The role at the start.
    pub(crate) role: Option<Role>,
    /// No role above that one.
    pub(crate) is_role_locked: bool,
}

impl Configuration {
    /// What is in force where a configuration cannot be understood: nobody is talked to, the lowest role, locked.
    pub(crate) fn strictest() -> Self {
        Self {
            role: Some(Role::Specialist),
            is_role_locked: true,
            ..Self::default()
        }
    }

    /// Reads the whole file, or nothing of it.
    pub(super) fn of<File>(mut file: Fields<File>) -> Result<Self, Wrong> {
        let embedders = file.list("embedders")?.into_iter().map(origin_of);
        let embedders = embedders.collect::<Result<_, _>>()?;
        let role = match file.text("supportRole")? {
            None => None,
            Some(code) => Some(role_of(&code).ok_or(Wrong)?),
        };
        let is_role_locked = file.flag("lockRole")?;
        if is_role_locked && role.is_none() {
            return Err(Wrong);
        }
        let may_answer = file.flag("answers")?;
        file.end()?;
        Ok(Self {
            embedders,
            may_answer,
            role,
            is_role_locked,
        })
    }

    /// Whether a page of this origin may talk to this one, whose origin is `own`.
    pub(crate) fn allows(&self, origin: &str, own: &str) -> bool {
        let has_name = origin != "null" && !origin.is_empty();
        has_name && (origin == own || self.embedders.iter().any(|known| known == origin))
    }
}

/// An exact origin as browsers write it; patterns and addresses with a path are none.
fn origin_of<File>(value: Value<File>) -> Result<String, Wrong> {
    let Value::Text(origin) = value else {
        return Err(Wrong);
    };
    let host = origin.split_once("://").and_then(|(scheme, host)| {
        let is_web = matches!(scheme, "https" | "http");
        is_web.then_some(host)
    });
    let is_of_host = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
    // Browsers leave these ports out.
    let usual_port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    let is_exact = host.is_some_and(|host| {
        !host.is_empty() && host.chars().all(is_of_host) && !host.ends_with(usual_port)
    });
    if is_exact { Ok(origin) } else { Err(Wrong) }
}

#[cfg(test)]
mod tests {
    use super::super::value::{Wrong, tests::parsed};
    use super::Configuration;
    use crate::protocol::Role;

    fn read(json: &str) -> Result<Configuration, Wrong> {
        Configuration::of(parsed(json))
    }

    #[test]
    fn a_configuration_says_who_what_and_which_role() {
        let all = r#"{"embedders": ["https://intranet.contoso.com", "http://127.0.0.1:8080"],
            "answers": true, "supportRole": "engineer", "lockRole": true}"#;
        let expected = Configuration {
            embedders: vec![
                "https://intranet.contoso.com".to_owned(),
                "http://127.0.0.1:8080".to_owned(),
            ],
            may_answer: true,
            role: Some(Role::Engineer),
            is_role_locked: true,
        };
        assert_eq!(read(all), Ok(expected));
        assert_eq!(read("{}"), Ok(Configuration::default()));
        let delivered = include_str!("../../../www/callscope.json");
        assert_eq!(read(delivered), Ok(Configuration::default()));
    }

    #[test]
    fn a_configuration_with_anything_unknown_or_wrong_is_not_read_at_all() {
        for json in [
            "17",
            r#""https://intranet.contoso.com""#,
            r#"{"embeders": []}"#,
            r#"{"role": null}"#,
            r#"{"embedders": "https://intranet.contoso.com"}"#,
            r#"{"embedders": ["*"]}"#,
            r#"{"embedders": ["null"]}"#,
            r#"{"embedders": ["https://*.contoso.com"]}"#,
            r#"{"embedders": ["https://intranet.contoso.com/"]}"#,
            r#"{"embedders": ["https://"]}"#,
            r#"{"embedders": ["https://intranet.contoso.com:443"]}"#,
            r#"{"embedders": ["http://intranet.contoso.com:80"]}"#,
            r#"{"embedders": ["ftp://intranet.contoso.com"]}"#,
            r#"{"embedders": ["https://Intranet.contoso.com"]}"#,
            r#"{"answers": "true"}"#,
            r#"{"answers": 1}"#,
            r#"{"supportRole": "boss"}"#,
            r#"{"lockRole": "false"}"#,
            r#"{"lockRole": true}"#,
        ] {
            assert_eq!(read(json), Err(Wrong), "{json}");
        }
    }

    #[test]
    fn only_the_page_itself_and_exact_origins_of_the_list_are_allowed() {
        let own = "https://callscope.contoso.com";
        let listed = Configuration {
            embedders: vec!["https://intranet.contoso.com".to_owned()],
            ..Configuration::default()
        };
        for (origin, is_allowed) in [
            (own, true),
            ("https://intranet.contoso.com", true),
            ("https://intranet.contoso.com:8443", false),
            ("http://intranet.contoso.com", false),
            ("https://intranet.contoso.com.example.com", false),
            ("https://evil.example.com", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(listed.allows(origin, own), is_allowed, "{origin}");
        }
        assert!(!listed.allows("null", "null"));
        assert!(!Configuration::strictest().allows("https://intranet.contoso.com", own));
    }
}
