//! Line drawings of 20 by 20. They never stand alone: a word is beside each of them.

use yew::{Html, html};

/// A line drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Overview,
    Buildings,
    People,
    Streams,
    Files,
    Help,
    Add,
    Search,
    Download,
    Lock,
    Close,
    Chevron,
    Up,
    Down,
    Good,
    Poor,
    Unclassified,
    Note,
    Warning,
    Error,
    Package,
    Columns,
    Settings,
}

/// Draws the icon; assistive technology passes it over.
pub(crate) fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d={path(icon)} />
        </svg>
    }
}

fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Overview => "M3 3h6v8H3zM11.5 3H17v5h-5.5zM11.5 10.5H17V17h-5.5zM3 13.5h6V17H3z",
        Icon::Buildings => {
            "M4 17V4.5L10.5 3v14M10.5 8H16v9M2.5 17h15M7 7.5h.01M7 10.5h.01M7 13.5h.01M13.3 11h.01M13.3 14h.01"
        }
        Icon::People => {
            "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.2-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 4a2.700 2.700 0 0 1 0 5.2M15 12.3c2 .6 3 2 3 4.2"
        }
        Icon::Streams => "M2 10h3l2.2-6L11.5 16l2.3-7.5L15 10h3",
        Icon::Files => "M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4",
        Icon::Help => {
            "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM7.8 8a2.2 2.2 0 1 1 3.400 1.8c-.8.5-1.2 1-1.2 1.900M10 14.3h.01"
        }
        Icon::Add => "M10 4v12M4 10h12",
        Icon::Search => "M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12.6 12.6L17 17",
        Icon::Download => "M10 3v10M5.8 9.2L10 13.400l4.2-4.2M4 17h12",
        Icon::Lock => "M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9",
        Icon::Close => "M5 5l10 10M15 5L5 15",
        Icon::Chevron => "M5.5 8l4.5 4.5L14.5 8",
        Icon::Up => "M10 16V4.5M5.5 9L10 4.5 14.5 9",
        Icon::Down => "M10 4v11.5M5.5 11L10 15.5 14.5 11",
        Icon::Good => "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.5 10.3l2.400 2.400 4.6-5",
        Icon::Package => "M3 6l7-3 7 3v8l-7 3-7-3zM3 6l7 3 7-3M10 9v8",
        Icon::Settings => "M3 6h7M14 6h3M10 4v4h4V4zM3 14h3M10 14h7M6 12v4h4v-4z",
        Icon::Columns => "M3 4h14v12H3zM8 4v12M13 4v12",
        Icon::Poor | Icon::Warning => "M10 2.8L18 17H2zM10 8v4M10 14.5h.01",
        Icon::Unclassified => "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.5 10h7",
        Icon::Note => "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 9v5M10 6.3h.01",
        Icon::Error => "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6",
    }
}
