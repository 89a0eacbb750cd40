//! How a file was read, in words: what was assumed, and what can be chosen instead.

use super::file_kind;
use crate::protocol::{
    Assumptions, DateOrder, DecimalMark, Delimiter, FileCard, FileKind, ReadSettings, TextEncoding,
};

/// One thing about reading that the user can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aspect {
    Kind,
    Delimiter,
    Decimals,
    Dates,
    Encoding,
}

const ENCODINGS: [TextEncoding; 4] = [
    TextEncoding::Utf8,
    TextEncoding::Utf16Le,
    TextEncoding::Utf16Be,
    TextEncoding::Windows1252,
];
const DELIMITERS: [Delimiter; 4] = [
    Delimiter::Comma,
    Delimiter::Semicolon,
    Delimiter::Tab,
    Delimiter::Bar,
];
const DECIMAL_MARKS: [DecimalMark; 2] = [DecimalMark::Point, DecimalMark::Comma];
const DATE_ORDERS: [DateOrder; 2] = [DateOrder::DayFirst, DateOrder::MonthFirst];

impl Aspect {
    /// All of them, the one that explains most first.
    pub(crate) const ALL: [Self; 5] = [
        Self::Kind,
        Self::Delimiter,
        Self::Decimals,
        Self::Dates,
        Self::Encoding,
    ];

    /// Part of the select's id.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Delimiter => "delimiter",
            Self::Decimals => "decimals",
            Self::Dates => "dates",
            Self::Encoding => "encoding",
        }
    }

    /// What is decided.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Kind => "What the file is",
            Self::Delimiter => "Cells are separated by",
            Self::Decimals => "Decimals are written as",
            Self::Dates => "Dates are written as",
            Self::Encoding => "Letters are stored as",
        }
    }

    /// What can be chosen, in words.
    pub(crate) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Kind => FileKind::READABLE.map(file_kind).to_vec(),
            Self::Delimiter => DELIMITERS.map(delimiter).to_vec(),
            Self::Decimals => DECIMAL_MARKS.map(decimals).to_vec(),
            Self::Dates => DATE_ORDERS.map(dates).to_vec(),
            Self::Encoding => ENCODINGS.map(encoding).to_vec(),
        }
    }

    /// Which choice the user made.
    pub(crate) fn chosen_idx(self, settings: &ReadSettings) -> Option<usize> {
        match self {
            Self::Kind => idx_of(&FileKind::READABLE, settings.kind),
            Self::Delimiter => idx_of(&DELIMITERS, settings.delimiter),
            Self::Decimals => idx_of(&DECIMAL_MARKS, settings.decimal_mark),
            Self::Dates => idx_of(&DATE_ORDERS, settings.date_order),
            Self::Encoding => idx_of(&ENCODINGS, settings.encoding),
        }
    }

    /// The settings with another choice; `None` leaves it to the file.
    pub(crate) fn choose(self, settings: &ReadSettings, idx: Option<usize>) -> ReadSettings {
        let mut settings = settings.clone();
        match self {
            Self::Kind => settings.kind = at(&FileKind::READABLE, idx),
            Self::Delimiter => settings.delimiter = at(&DELIMITERS, idx),
            Self::Decimals => settings.decimal_mark = at(&DECIMAL_MARKS, idx),
            Self::Dates => settings.date_order = at(&DATE_ORDERS, idx),
            Self::Encoding => settings.encoding = at(&ENCODINGS, idx),
        }
        settings
    }

    /// What was assumed, in words; `None` where it does not matter for the file or is not known.
    pub(crate) fn found(
        self,
        kind: Option<FileKind>,
        found: Option<&Assumptions>,
    ) -> Option<&'static str> {
        match self {
            Self::Kind => kind.map(file_kind),
            Self::Delimiter => found?.delimiter.map(delimiter),
            Self::Decimals => found?.decimal_mark.map(decimals),
            Self::Dates => found?.date_order.map(dates),
            Self::Encoding => Some(encoding(found?.encoding)),
        }
    }
}

/// The user decided something about how the file is read, columns apart.
pub(crate) fn is_decided(settings: &ReadSettings) -> bool {
    Aspect::ALL
        .iter()
        .any(|aspect| aspect.chosen_idx(settings).is_some())
}

/// The first option of a select: that the file decides, and what it says.
pub(crate) fn automatic(found: Option<&str>, is_chosen: bool) -> String {
    match found {
        // What was assumed is then the user's own word.
        Some(found) if !is_chosen => format!("Automatic (found: {found})"),
        _ => "Automatic".to_owned(),
    }
}

/// How the file was read, in a line: "comma, 12.5, UTF-8".
pub(crate) fn reading_gist(card: &FileCard) -> String {
    let found = card.assumptions.as_ref();
    let short = |aspect: &Aspect| aspect.found(card.kind, found);
    let parts: Vec<&str> = Aspect::ALL[1..].iter().filter_map(short).collect();
    parts.join(" · ")
}

fn delimiter(delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Tab => "Tab",
        Delimiter::Comma => "Comma",
        Delimiter::Semicolon => "Semicolon",
        Delimiter::Bar => "Vertical bar",
    }
}

fn decimals(mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => "12.5 (point)",
        DecimalMark::Comma => "12,5 (comma)",
    }
}

fn dates(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "31/12/2026 (day first)",
        DateOrder::MonthFirst => "12/31/2026 (month first)",
    }
}

fn encoding(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Utf8 => "UTF-8",
        TextEncoding::Utf16Le => "UTF-16",
        TextEncoding::Utf16Be => "UTF-16, high byte first",
        TextEncoding::Windows1252 => "Windows-1252 (Excel, Western Europe)",
    }
}

fn idx_of<Value: PartialEq>(values: &[Value], value: Option<Value>) -> Option<usize> {
    let value = value?;
    values.iter().position(|known| *known == value)
}

fn at<Value: Copy>(values: &[Value], idx: Option<usize>) -> Option<Value> {
    values.get(idx?).copied()
}

#[cfg(test)]
mod tests {
    use super::{Aspect, automatic, is_decided};
    use crate::protocol::{Assumptions, DecimalMark, Delimiter, ReadSettings, TextEncoding};

    #[test]
    fn each_choice_can_be_made_and_taken_back() {
        for aspect in Aspect::ALL {
            for idx in 0..aspect.choices().len() {
                let chosen = aspect.choose(&ReadSettings::default(), Some(idx));
                assert_eq!(aspect.chosen_idx(&chosen), Some(idx));
                assert!(is_decided(&chosen));
                assert!(!is_decided(&aspect.choose(&chosen, None)));
            }
        }
    }

    #[test]
    fn what_was_found_has_the_words_of_its_choice() {
        let found = Assumptions {
            encoding: TextEncoding::Utf8,
            delimiter: Some(Delimiter::Tab),
            decimal_mark: Some(DecimalMark::Comma),
            date_order: None,
        };
        let words = |aspect: Aspect| aspect.found(None, Some(&found));
        for aspect in [Aspect::Encoding, Aspect::Delimiter, Aspect::Decimals] {
            assert!(words(aspect).is_some_and(|words| aspect.choices().contains(&words)));
        }
        assert_eq!(words(Aspect::Dates), None);
        assert_eq!(
            automatic(words(Aspect::Delimiter), false),
            "Automatic (found: Tab)"
        );
        assert_eq!(automatic(words(Aspect::Delimiter), true), "Automatic");
    }
}
