//! The user's own limits. An empty field leaves its metric out.

use yew::{Callback, Html, html};

use super::number_field::NumberField;
use super::{Tone, notice};
use crate::protocol::Limits;

/// Draws the fields; `on_limits` is told the new limits.
pub(crate) fn limit_fields(limits: Limits, on_limits: &Callback<Limits>) -> Html {
    let set = |change: fn(&mut Limits, Option<f64>)| {
        on_limits.reform(move |number| {
            let mut limits = limits;
            change(&mut limits, number);
            limits
        })
    };
    html! {
        <fieldset class="limits">
            <legend>{ "A stream is poor above any of these" }</legend>
            <NumberField
                id="limit-round-trip"
                label="Round trip (ms)"
                value={limits.round_trip_ms}
                on_number={set(|limits, number| limits.round_trip_ms = number)}
            />
            <NumberField
                id="limit-packet-loss"
                label="Packet loss (%)"
                value={limits.packet_loss_ratio.map(percent_of)}
                on_number={set(|limits, number| limits.packet_loss_ratio = number.map(ratio_of))}
            />
            <NumberField
                id="limit-jitter"
                label="Jitter (ms)"
                value={limits.jitter_ms}
                on_number={set(|limits, number| limits.jitter_ms = number)}
            />
            <NumberField
                id="limit-degradation"
                label="Degradation (MOS)"
                value={limits.degradation_mos}
                on_number={set(|limits, number| limits.degradation_mos = number)}
            />
            <NumberField
                id="limit-concealed"
                label="Concealed samples (%)"
                value={limits.concealed_ratio.map(percent_of)}
                on_number={set(|limits, number| limits.concealed_ratio = number.map(ratio_of))}
            />
            <NumberField
                id="limit-packets"
                label="Only with more packets than"
                value={limits.packets}
                on_number={set(|limits, number| limits.packets = number)}
            />
            if is_without_limit(&limits) {
                { notice(Tone::Warning, "With no limit at all no stream can be judged.") }
            }
        </fieldset>
    }
}

/// The number of packets alone makes no stream poor.
fn is_without_limit(limits: &Limits) -> bool {
    [
        limits.round_trip_ms,
        limits.packet_loss_ratio,
        limits.jitter_ms,
        limits.degradation_mos,
        limits.concealed_ratio,
    ]
    .iter()
    .all(Option::is_none)
}

fn percent_of(ratio: f64) -> f64 {
    // 0.07 times 100 is 7.000000000000001; nobody types so many digits.
    (ratio * 1e10).round() / 1e8
}

fn ratio_of(percent: f64) -> f64 {
    percent / 100.0
}
