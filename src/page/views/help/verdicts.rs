//! The part of Help that says what Good and Poor mean, and where each limit comes from.

use yew::{Html, html};

use super::part_title;
use crate::page::state::HelpPart;

/// Preset, when audio is poor, packets needed, where the limits come from.
const PRESETS: [[&str; 4]; 5] = [
    [
        "CQD current",
        "round trip > 500 ms, loss > 10 %, or jitter > 30 ms",
        "more than 500, if the export has Packet Utilization",
        "Microsoft: stream classification in Call Quality Dashboard, 2024",
    ],
    [
        "CQD 2018–2021",
        "the same three, degradation > 1.0 MOS, or concealed samples > 7 %",
        "none",
        "the same page before August 2021",
    ],
    [
        "Call Record Insights",
        "round trip > 500 ms, loss > 10 %, or jitter > 30 ms",
        "more than 1,000",
        "Microsoft’s sample solution for Graph call records",
    ],
    [
        "Real-time analytics",
        "round trip not below 500 ms, loss not below 5 %, jitter not below 30 ms, or bit rate not above 24 kbit/s",
        "none",
        "Microsoft: real-time telemetry in the Teams admin center",
    ],
    [
        "Custom",
        "your own limits; an empty field leaves its metric out",
        "your own",
        "you; not for the role of Specialist",
    ],
];

/// Draws the part.
pub(super) fn verdicts() -> Html {
    html! {
        <section aria-labelledby="help-verdicts">
            { part_title(HelpPart::Verdicts, "What Good and Poor mean") }
            <p>
                { "A stream is one direction of sound or picture between two ends. It is " }
                <strong>{ "Poor" }</strong>{ " if the average of one measurement is beyond its limit, " }
                <strong>{ "Good" }</strong>{ " if at least one is there and none is beyond, and " }
                <strong>{ "Unclassified" }</strong>
                { " if the connection failed, too few packets flowed or nothing was measured. A value on \
                   the limit is Good, except in Real-time analytics. Poor speaks of the network; it does \
                   not prove that somebody heard it." }
            </p>
            <p>{ "Microsoft’s own tools disagree, so the limits are a choice. These are the limits for audio:" }</p>
            <div class="table-place" role="region" aria-labelledby="limits-caption" tabindex="0">
                <table class="plain-table">
                    <caption id="limits-caption" class="visually-hidden">{ "Limits of the classifiers for audio" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Classifier" }</th>
                            <th scope="col">{ "Poor when" }</th>
                            <th scope="col">{ "Packets needed" }</th>
                            <th scope="col">{ "Source" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for PRESETS.map(|[name, limits, packets, source]| html! {
                            <tr>
                                <th scope="row">{ name }</th>
                                <td>{ limits }</td>
                                <td>{ packets }</td>
                                <td>{ source }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}
