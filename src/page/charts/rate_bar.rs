//! A rate and its interval at a glance: a bar, and a whisker over it. The text beside it says the same.

use yew::{Html, html};

use crate::protocol::Rate;

/// Where the bars of a table end: the same for all its rows, so that they can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Places with many streams: up to 20 %.
    Places,
    /// Persons with few streams: up to 100 %.
    Persons,
}

impl Scale {
    /// Where the bars end, in words.
    pub(crate) fn end_words(self) -> &'static str {
        match self {
            Self::Places => "bar ends at 20 %",
            Self::Persons => "bar ends at 100 %",
        }
    }

    fn end_percent(self) -> f64 {
        match self {
            Self::Places => 20.0,
            Self::Persons => 100.0,
        }
    }
}

const WIDTH: f64 = 96.0;

/// Draws the rate.
pub(crate) fn rate_bar(rate: &Rate, scale: Scale) -> Html {
    let end_percent = scale.end_percent();
    let x_of = |percent: f64| 1.0 + (percent / end_percent).clamp(0.0, 1.0) * WIDTH;
    let [at, low, high] = [rate.percent, rate.low, rate.high].map(x_of);
    let whisker = format!("M{low:.1} 8H{high:.1}M{low:.1} 4V12");
    let end = if rate.high <= end_percent {
        format!("M{high:.1} 4V12")
    } else {
        // An arrowhead: it goes on beyond the scale.
        format!("M{:.1} 4L{high:.1} 8L{:.1} 12", high - 4.0, high - 4.0)
    };
    html! {
        <svg class="rate-bar" viewBox="0 0 100 16" width="100" height="16" aria-hidden="true">
            <rect class="rate-track" x="1" y="3" width={WIDTH.to_string()} height="10" rx="2" />
            <rect class="rate-share" x="1" y="3" width={format!("{:.1}", at - 1.0)} height="10" rx="2" />
            <path class="rate-whisker" d={whisker + &end} />
        </svg>
    }
}
