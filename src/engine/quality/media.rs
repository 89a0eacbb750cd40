//! The media type of a stream, which decides by what rules it is judged.

use callscope_kernel::selected::Rows;

use crate::engine::fields::fields;
use crate::engine::model::{by_code::ByCode, streams::Streams};
use crate::protocol::Media;

/// Media types that have rules of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MediaType {
    /// Sound.
    Audio,
    /// Camera pictures.
    Video,
    /// Screen sharing as video.
    Vbss,
    /// Screen sharing by remote desktop.
    AppSharing,
    /// Anything else, or not said.
    #[default]
    Other,
}

impl MediaType {
    fn of(word: &[u8]) -> Self {
        let is = |name: &str| word.eq_ignore_ascii_case(name.as_bytes());
        if is("Audio") {
            Self::Audio
        } else if is("Video") {
            Self::Video
        } else if is("VBSS") {
            Self::Vbss
        } else if is("AppSharing") {
            Self::AppSharing
        } else {
            Self::Other
        }
    }
}

/// The media types of an export. Without the column every stream is taken for audio, with a note.
pub struct MediaColumn<'streams>(Option<ByCode<'streams, MediaType>>);

impl<'streams> MediaColumn<'streams> {
    /// The media types of these streams.
    pub fn new(streams: &'streams Streams) -> Self {
        let column = streams.text(fields().named("Media Type"));
        Self(column.map(|column| ByCode::new(column, MediaType::of)))
    }

    /// The media type of a row.
    pub fn of(&self, row: usize) -> MediaType {
        match &self.0 {
            Some(types) => types.at(row),
            None => MediaType::Audio,
        }
    }

    /// Leaves out the rows that are not among the chosen media.
    pub fn keep(&self, media: Media, rows: &mut Rows) {
        if let (Media::Audio, Some(types)) = (media, &self.0) {
            types.keep(rows, |of_row| of_row == MediaType::Audio);
        }
    }

    /// The media types of rows by their numbers, if the export tells them.
    pub fn numbers(&self) -> Option<ByCode<'streams, u8>> {
        let types = self.0.as_ref()?;
        Some(types.map(|media| media as u8))
    }
}
