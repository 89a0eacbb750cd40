//! The figures of a group of streams as columns of a table: the same everywhere, in the same order.

use yew::{Html, html};

use super::{Column, NOBODY_NAMED, Sorting, not_known};
use crate::page::charts::{Scale, rate_bar};
use crate::page::words::{count, decimal, interval, percent};
use crate::protocol::{Figures, Rate};

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    PoorPercent,
    Streams,
    Good,
    Poor,
    Unclassified,
    People,
    RoundTrip,
    Jitter,
    PacketLoss,
}

impl Figure {
    /// All of them, the most telling first.
    pub(crate) const ALL: [Self; 9] = [
        Self::PoorPercent,
        Self::Streams,
        Self::Good,
        Self::Poor,
        Self::Unclassified,
        Self::People,
        Self::RoundTrip,
        Self::Jitter,
        Self::PacketLoss,
    ];

    /// Those that say something about one person.
    pub(crate) fn of_a_person() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|figure| *figure != Self::People)
    }

    /// The column's heading.
    pub(crate) fn column(self, scale: Scale, sorting: Option<Sorting>) -> Column {
        let (title, class) = match self {
            Self::PoorPercent => ("Poor %", "wide-column"),
            Self::Streams => ("Streams", "number-column"),
            Self::Good => ("Good", "number-column"),
            Self::Poor => ("Poor", "number-column"),
            Self::Unclassified => ("Unclassified", "number-column middle-title"),
            Self::People => ("People", "number-column"),
            Self::RoundTrip => ("Round trip (ms)", "number-column long-title"),
            Self::Jitter => ("Jitter (ms)", "number-column middle-title"),
            Self::PacketLoss => ("Loss (%)", "number-column"),
        };
        let hint = (self == Self::PoorPercent).then(|| scale.end_words());
        Column {
            title,
            hint,
            class,
            sorting,
        }
    }

    /// The column's cell.
    pub(crate) fn cell(self, figures: &Figures, scale: Scale) -> Html {
        match self {
            Self::PoorPercent => rate_cell(figures.poor.as_ref(), scale),
            Self::Streams => count(figures.n_streams).into(),
            Self::Good => count(figures.n_good).into(),
            Self::Poor => count(figures.n_poor).into(),
            Self::Unclassified => count(figures.n_unclassified).into(),
            Self::People => figures.n_people.map_or_else(
                || not_known(NOBODY_NAMED),
                |n_people| count(n_people).into(),
            ),
            Self::RoundTrip => decimal(figures.mean_round_trip_ms, 1).into(),
            Self::Jitter => decimal(figures.mean_jitter_ms, 1).into(),
            Self::PacketLoss => decimal(figures.mean_packet_loss_percent, 2).into(),
        }
    }
}

fn rate_cell(rate: Option<&Rate>, scale: Scale) -> Html {
    let Some(rate) = rate else {
        return html! { <span class="quiet">{ "none judged" }</span> };
    };
    html! {
        <span class="rate">
            <span class="rate-percent">{ percent(rate) }</span>
            { rate_bar(rate, scale) }
            <span class="rate-interval">{ interval(rate) }</span>
        </span>
    }
}
