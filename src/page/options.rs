//! What the address of the page asks for when it is opened inside another page: code names, never data.
//!
//! Keys that are not known belong to somebody else. A value that is not understood is read in the stricter way.

use super::accent::Accent;
use super::embedding::Configuration;
use super::state::{Terms, View};
use super::theme::Theme;
use super::words::ROLES;
use crate::protocol::Role;

/// What stands for any font of a kind.
const GENERIC_FONTS: [&str; 4] = ["serif", "sans-serif", "monospace", "system-ui"];

/// No corner is rounder.
const MAX_RADIUS_PX: u32 = 24;

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub(crate) struct Options {
    role: Option<Role>,
    is_role_locked: bool,
    needs_whole_names: bool,
    /// The view at the start.
    pub(crate) view: Option<View>,
    /// Light or dark, or as the system is, if the address says so.
    #[expect(clippy::option_option, reason = "the system's is a choice, too")]
    pub(crate) theme: Option<Option<Theme>>,
    /// The language whose marks stand in numbers.
    pub(crate) language: Option<String>,
    /// Without the header.
    pub(crate) is_compact: bool,
    /// As high as its content.
    pub(crate) has_auto_height: bool,
    /// Less room between the parts.
    pub(crate) is_dense: bool,
    /// Where on the same host a building file is.
    pub(crate) locations: Option<String>,
    /// The color of buttons and links.
    pub(crate) accent: Option<Accent>,
    /// Names of fonts.
    pub(crate) font: Option<String>,
    /// How round corners are.
    pub(crate) radius_px: Option<u32>,
    /// Something was not understood.
    pub(crate) is_misread: bool,
}

impl Options {
    /// Reads the query of an address.
    pub(crate) fn of(query: &str) -> Self {
        let mut options = Self::default();
        let query = query.strip_prefix('?').unwrap_or(query);
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            options.is_misread |= options.take(key, &decoded(value)).is_none();
        }
        options
    }

    /// Takes one option; `None` says that its value means nothing.
    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "support-role" => {
                let role = role_of(value);
                let stricter = role.unwrap_or(Role::Specialist);
                self.role = Some(self.role.map_or(stricter, |role| role.min(stricter)));
                role?;
            }
            "lock-role" => self.is_role_locked |= is_on(value),
            "strict-search" => self.needs_whole_names |= is_on(value),
            "compact" => self.is_compact = is_on(value),
            "auto-height" => self.has_auto_height = is_on(value),
            "view" => self.view = Some(View::named(value)?),
            "theme" => self.theme = Some(Theme::named(value)?),
            "lang" => {
                let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
                let tag = Some(value).filter(|tag| tag.len() <= 35 && tag.chars().all(is_tag));
                self.language = Some(tag?.to_owned());
            }
            "density" => {
                self.is_dense = match value {
                    "comfortable" => false,
                    "compact" => true,
                    _ => return None,
                }
            }
            "locations" => {
                self.locations = Some(Some(value).filter(|path| !path.is_empty())?.to_owned());
            }
            "accent" => self.accent = Some(Accent::of(value)?),
            "font" => {
                let is_of_name = |c: char| c.is_alphanumeric() || " -".contains(c);
                let mut font = String::new();
                for name in value.split(',').map(str::trim) {
                    if name.is_empty() || !name.chars().all(is_of_name) {
                        return None;
                    }
                    // In quotes every name is one; what stands for any font of a kind may have none.
                    let mut generic = GENERIC_FONTS.iter();
                    let is_generic = generic.any(|generic| name.eq_ignore_ascii_case(generic));
                    let quote = if is_generic { "" } else { "\"" };
                    let comma = if font.is_empty() { "" } else { ", " };
                    font += &[comma, quote, name, quote].concat();
                }
                self.font = Some(font);
            }
            "radius" => {
                let radius = value.strip_suffix("px").unwrap_or(value).parse().ok();
                self.radius_px = Some(radius.filter(|radius| *radius <= MAX_RADIUS_PX)?);
            }
            _ => {}
        }
        Some(())
    }

    /// The role is locked, and which one it is the deployment says.
    pub(crate) fn locks_role_of_deployment(&self) -> bool {
        self.is_role_locked && self.role.is_none()
    }

    /// What both the deployment and the address decide about the session: the stricter of the two.
    pub(crate) fn terms(&self, configuration: &Configuration) -> Terms {
        let by_deployment = configuration.role.filter(|_| configuration.is_role_locked);
        let chosen = self.role.or(configuration.role);
        // A lock without a role locks the lowest.
        let locked = || chosen.unwrap_or(Role::Specialist);
        let by_address = self.is_role_locked.then(locked);
        let highest = [by_deployment, by_address].into_iter().flatten().min();
        let role = chosen.unwrap_or_default();
        Terms {
            role: highest.map_or(role, |highest| role.min(highest)),
            highest,
            needs_whole_names: self.needs_whole_names,
            may_answer: configuration.may_answer,
        }
    }
}

/// The role of a code name.
pub(crate) fn role_of(code: &str) -> Option<Role> {
    let choice = ROLES.iter().find(|choice| choice.code == code)?;
    Some(choice.value)
}

/// Said at all, an option is on, unless it says no.
fn is_on(value: &str) -> bool {
    value != "false"
}

/// A value of a query without its escapes; what is none stays as it is.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| {
                let digit = |digit: u8| char::from(digit).to_digit(16);
                Some((16 * digit(digits[0])? + digit(digits[1])?) as u8)
            });
        bytes.push(match escaped {
            Some(byte) => byte,
            None if *first == b'+' => b' ',
            None => *first,
        });
        rest = if escaped.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Options, decoded};
    use crate::page::embedding::Configuration;
    use crate::page::state::View;
    use crate::page::theme::Theme;
    use crate::protocol::Role::{self, Administrator, Engineer, Specialist};

    #[test]
    fn each_option_is_read_by_its_code_name() {
        let options = Options::of(
            "?support-role=engineer&lock-role&strict-search=true&view=people&theme=dark&lang=de-CH&compact=\
             &auto-height&density=compact&locations=files%2Fbuildings.tsv&font=Segoe+UI%2C%20Arial&radius=8px&x=1",
        );
        let expected = Options {
            role: Some(Engineer),
            is_role_locked: true,
            needs_whole_names: true,
            view: Some(View::People),
            theme: Some(Some(Theme::Dark)),
            language: Some("de-CH".to_owned()),
            is_compact: true,
            has_auto_height: true,
            is_dense: true,
            locations: Some("files/buildings.tsv".to_owned()),
            accent: None,
            font: Some(r#""Segoe UI", "Arial""#.to_owned()),
            radius_px: Some(8),
            is_misread: false,
        };
        assert_eq!(options, expected);
        assert_eq!(Options::of(""), Options::default());
        assert_eq!(
            Options::of("?lock-role=false&compact=false"),
            Options::default()
        );
        assert_eq!(Options::of("?theme=system").theme, Some(None));
        for (query, font) in [
            (
                "?font=Source Serif 4,  Arial , serif",
                r#""Source Serif 4", "Arial", serif"#,
            ),
            ("?font=Foo - Bar", r#""Foo - Bar""#),
            ("?font=-, System-UI", r#""-", System-UI"#),
            ("?font=inherit", r#""inherit""#),
        ] {
            assert_eq!(Options::of(query).font.as_deref(), Some(font));
        }
    }

    #[test]
    fn a_value_that_means_nothing_is_read_in_the_stricter_way_and_told() {
        for query in [
            "support-role=boss",
            "view=%23people",
            "theme=blue",
            "density=",
            "accent=red;",
            "font=x;background:url(//contoso.com)",
            "font=Arial,",
            "font=Arial,%20,Georgia",
            "font=%20",
            "locations=",
            "locations",
            "radius=-1",
            "radius=900",
            "lang=../x",
        ] {
            let options = Options::of(query);
            let expected = Options {
                role: query.starts_with("support-role").then_some(Specialist),
                is_misread: true,
                ..Options::default()
            };
            assert_eq!(options, expected, "{query}");
        }
    }

    fn terms(query: &str, role: Option<Role>, is_role_locked: bool) -> (Role, Option<Role>) {
        let configuration = Configuration {
            role,
            is_role_locked,
            ..Configuration::default()
        };
        let terms = Options::of(query).terms(&configuration);
        (terms.role, terms.highest)
    }

    #[test]
    fn the_lower_of_two_locked_roles_counts() {
        for (query, role, is_locked, expected) in [
            ("", None, false, (Administrator, None)),
            ("", Some(Engineer), false, (Engineer, None)),
            (
                "support-role=administrator",
                Some(Specialist),
                false,
                (Administrator, None),
            ),
            (
                "support-role=administrator",
                Some(Specialist),
                true,
                (Specialist, Some(Specialist)),
            ),
            (
                "support-role=specialist",
                Some(Engineer),
                true,
                (Specialist, Some(Engineer)),
            ),
            (
                "support-role=administrator&lock-role",
                Some(Engineer),
                true,
                (Engineer, Some(Engineer)),
            ),
            (
                "support-role=specialist&lock-role",
                Some(Engineer),
                true,
                (Specialist, Some(Specialist)),
            ),
            (
                "lock-role",
                Some(Engineer),
                false,
                (Engineer, Some(Engineer)),
            ),
            ("lock-role", None, false, (Specialist, Some(Specialist))),
            (
                "support-role=administrator&support-role=specialist&lock-role",
                None,
                false,
                (Specialist, Some(Specialist)),
            ),
        ] {
            assert_eq!(terms(query, role, is_locked), expected, "{query}");
        }
        let strictest =
            Options::of("support-role=administrator").terms(&Configuration::strictest());
        assert_eq!(
            (strictest.role, strictest.highest),
            (Specialist, Some(Specialist))
        );
        assert!(!strictest.may_answer);
    }

    #[test]
    fn escapes_are_decoded_and_what_is_none_stays() {
        for (value, expected) in [
            ("a%20b+c", "a b c"),
            ("Z%C3%BCrich", "Zürich"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%+1", "% 1"),
            ("%ü", "%ü"),
        ] {
            assert_eq!(decoded(value), expected, "{value}");
        }
    }
}
