//! What the page around this one may say, by a closed schema: a message that has anything else is refused.

use super::query;
use super::value::{Fields, Value, Wrong};
use crate::page::state::View;
use crate::page::theme::Theme;
use crate::protocol::Sheet;

/// The version of the protocol. Messages of another one are refused.
pub(super) const VERSION: f64 = 1.0;

/// What the page around this one says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Message<File> {
    /// It is there, and wants to know whether this page is.
    Connect,
    /// Open these files.
    Open(Vec<File>),
    /// Show this view.
    Show(View),
    /// Draw in this theme.
    Draw(Option<Theme>),
    /// Answer to this number with these rows.
    Ask(u32, Sheet),
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Another version of the protocol.
    BadVersion,
    /// Not a message of this version.
    BadMessage,
    /// The configuration does not allow answers.
    NotAllowed,
    /// The role may not ask this.
    NotForRole,
    /// No file has been read.
    NoFiles,
    /// Too many questions wait for their answer.
    Busy,
    /// Role or files changed meanwhile.
    Interrupted,
    /// The engine has stopped.
    Stopped,
}

impl Refusal {
    /// Its name in messages.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::BadVersion => "bad-version",
            Self::BadMessage => "bad-message",
            Self::NotAllowed => "not-allowed",
            Self::NotForRole => "not-for-role",
            Self::NoFiles => "no-files",
            Self::Busy => "busy",
            Self::Interrupted => "interrupted",
            Self::Stopped => "stopped",
        }
    }
}

/// Something with the number by which it wants to be answered.
type Numbered<What> = (Option<u32>, What);

/// How a message is refused; `None` if nobody answers it.
type Unread = Option<Numbered<Refusal>>;

/// Reads a message and the number by which it wants to be answered, if it has one.
///
/// What has no `callscope` is meant for somebody else, and nobody answers it.
pub(super) fn read<File>(mut message: Fields<File>) -> Result<Numbered<Message<File>>, Unread> {
    let Some(version) = message.take("callscope") else {
        return Err(None);
    };
    let bad_message = |id| Some((id, Refusal::BadMessage));
    let id = message.count("id").map_err(|Wrong| bad_message(None))?;
    if !matches!(version, Value::Number(VERSION)) {
        return Err(Some((id, Refusal::BadVersion)));
    }
    match content(id, message) {
        Ok(message) => Ok((id, message)),
        Err(Wrong) => Err(bad_message(id)),
    }
}

fn content<File>(id: Option<u32>, mut message: Fields<File>) -> Result<Message<File>, Wrong> {
    let kind = message.text("type")?.ok_or(Wrong)?;
    let content = match kind.as_str() {
        "connect" => Message::Connect,
        "open" => {
            let files = message.list("files")?.into_iter().map(file);
            let files: Vec<File> = files.collect::<Result<_, _>>()?;
            if files.is_empty() {
                return Err(Wrong);
            }
            Message::Open(files)
        }
        "view" => {
            let view = message.text("view")?.ok_or(Wrong)?;
            Message::Show(View::named(&view).ok_or(Wrong)?)
        }
        "theme" => {
            let theme = message.text("theme")?.ok_or(Wrong)?;
            Message::Draw(Theme::named(&theme).ok_or(Wrong)?)
        }
        "ask" => {
            let report = message.text("report")?.ok_or(Wrong)?;
            // Without a number nobody could tell which answer it gets.
            Message::Ask(id.ok_or(Wrong)?, query::sheet(&report, &mut message)?)
        }
        _ => return Err(Wrong),
    };
    message.end()?;
    Ok(content)
}

fn file<File>(value: Value<File>) -> Result<File, Wrong> {
    match value {
        Value::File(file) => Ok(file),
        _ => Err(Wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::parsed;
    use super::{Message, Refusal, read};
    use crate::page::state::View;
    use crate::page::theme::Theme;
    use crate::protocol::{Choices, Sheet};

    #[test]
    fn messages_of_the_protocol_are_understood() {
        let files = vec!["a.csv".to_owned(), "b.tsv".to_owned()];
        for (json, id, message) in [
            (
                r#"{"callscope": 1, "type": "connect"}"#,
                None,
                Message::Connect,
            ),
            (
                r#"{"callscope": 1, "id": 7, "type": "open", "files": [{"$file": "a.csv"}, {"$file": "b.tsv"}]}"#,
                Some(7),
                Message::Open(files),
            ),
            (
                r#"{"callscope": 1, "type": "view", "view": "people"}"#,
                None,
                Message::Show(View::People),
            ),
            (
                r#"{"callscope": 1, "type": "theme", "theme": "dark"}"#,
                None,
                Message::Draw(Some(Theme::Dark)),
            ),
            (
                r#"{"callscope": 1, "type": "theme", "theme": "system"}"#,
                None,
                Message::Draw(None),
            ),
            (
                r#"{"callscope": 1, "id": 0, "type": "ask", "report": "overview", "query": {}}"#,
                Some(0),
                Message::Ask(0, Sheet::Overview(Choices::default())),
            ),
        ] {
            assert_eq!(read(parsed(json)), Ok((id, message)), "{json}");
        }
    }

    #[test]
    fn everything_else_is_refused_and_what_is_meant_for_others_is_not_answered() {
        let bad = |id| Some((id, Refusal::BadMessage));
        for (json, refusal) in [
            (r#""callscope""#, None),
            ("17", None),
            ("null", None),
            ("[1]", None),
            (r#"{"type": "connect"}"#, None),
            (r#"{"callscope": null, "type": "connect"}"#, None),
            (
                r#"{"callscope": 2, "id": 3, "type": "connect"}"#,
                Some((Some(3), Refusal::BadVersion)),
            ),
            (
                r#"{"callscope": "1", "type": "connect"}"#,
                Some((None, Refusal::BadVersion)),
            ),
            (r#"{"callscope": 1}"#, bad(None)),
            (
                r#"{"callscope": 1, "type": "role", "role": "administrator"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "connect", "role": "administrator"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "id": -1, "type": "connect"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "id": 1.5, "type": "connect"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "id": "a", "type": "connect"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "ask", "report": "overview", "query": {}}"#,
                bad(None),
            ),
            (r#"{"callscope": 1, "id": 4, "type": "open"}"#, bad(Some(4))),
            (
                r#"{"callscope": 1, "type": "open", "files": "a.csv"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "open", "files": [{"name": "a.csv"}]}"#,
                bad(None),
            ),
            (
                r##"{"callscope": 1, "type": "view", "view": "#people"}"##,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "view", "view": ["people"]}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "theme", "theme": "url(x)"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "ask", "report": "files"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "ask", "report": "people", "query": "x"}"#,
                bad(None),
            ),
            (
                r#"{"callscope": 1, "type": "connect", "more": {}}"#,
                bad(None),
            ),
            (r#"{"callscope": 1, "type": "close"}"#, bad(None)),
        ] {
            assert_eq!(read(parsed(json)), Err(refusal), "{json}");
        }
    }
}
