//! Help: how to check the promise, what roles see, what the verdicts mean, what the demo hides.

use yew::{Html, function_component, html};

use super::ViewProps;
use super::sources::sources;
use crate::page::components::{may_come_to_be_asked, privacy, view_title};
use crate::page::state::{HelpPart, State, View};
use crate::page::words::{WRAPPINGS, honest_words};

mod verdicts;

#[function_component]
pub(crate) fn Help(props: &ViewProps) -> Html {
    html! {
        <div class="help">
            { view_title(View::Help.title()) }
            { privacy(&props.state, true) }
            { checking(&props.state) }
            { files() }
            { verdicts::verdicts() }
            { counting() }
            { roles() }
            { demo() }
        </div>
    }
}

/// The title of a part that others lead to; it takes the focus then.
fn part_title(part: HelpPart, title: &'static str) -> Html {
    html! { <h2 id={part.id()} tabindex="-1">{ title }</h2> }
}

fn checking(state: &State) -> Html {
    let title = if may_come_to_be_asked(state) {
        "Check that this page reaches no server"
    } else {
        "Check that nothing leaves this page"
    };
    html! {
        <section aria-labelledby="help-privacy">
            { part_title(HelpPart::Privacy, title) }
            { ways_to_check() }
            <p>
                { "Nothing of your files is stored either: close the tab, and nothing of them is left in the \
                   browser." }
            </p>
        </section>
    }
}

/// How anybody can check the promise.
pub(crate) fn ways_to_check() -> Html {
    html! {
        <ol>
            <li>
                <strong>{ "Watch the network. " }</strong>
                { "Open the browser’s developer tools (F12), choose Network, then add your files and \
                   click around. No request appears." }
            </li>
            <li>
                <strong>{ "Cut the network. " }</strong>
                { "Load this page, pull the cable or switch on airplane mode, then add your files. \
                   Everything works as before." }
            </li>
            <li>
                <strong>{ "Read the policy. " }</strong>
                { "The page’s head holds two Content-Security-Policy elements. The first allows at most this \
                   page’s own address only; the second is added once everything is loaded and reads \
                   default-src 'none'. Type " }<code>{ "fetch('/')" }</code>
                { " into the developer tools’ console: the browser itself refuses it." }
            </li>
        </ol>
    }
}

fn files() -> Html {
    html! {
        <section aria-labelledby="help-files">
            <h2 id="help-files">{ "Which files are read, and where they come from" }</h2>
            <p>{ WRAPPINGS }</p>
            { sources() }
        </section>
    }
}

fn counting() -> Html {
    html! {
        <section aria-labelledby="help-counting">
            { part_title(HelpPart::Counting, "How figures are counted") }
            <ul>
                <li>
                    <strong>{ "Poor %" }</strong>
                    { " is Poor / (Poor + Good). Unclassified streams are left out. The range beside it is \
                       the 95 % Wilson interval: few streams make it wide. Bars end at 20 % for places and at \
                       100 % for people; an arrowhead says that the interval goes on." }
                </li>
                <li>
                    <strong>{ "Classifier. " }</strong>
                    { "The limits that make a stream Poor: the table above." }
                </li>
                <li>
                    <strong>{ "Count streams by. " }</strong>
                    { "Each client end: a stream counts for the building of each of its client ends, once \
                       if both are in the same one; servers never count. Second end only: as the \
                       dashboard’s own templates count." }
                </li>
                <li>
                    <strong>{ "Mapping. " }</strong>
                    { "Most specific: the longest network that holds the address or equals the reported \
                       subnet, then a wider network, then the public address. Same as CQD: the reported \
                       subnet only." }
                </li>
                <li>
                    <strong>{ "People" }</strong>
                    { " are distinct persons at a counted end. " }
                    <strong>{ "Means" }</strong>
                    { " are over the streams that carry the value. The period goes by the end of each \
                       stream, in UTC." }
                </li>
            </ul>
        </section>
    }
}

fn roles() -> Html {
    const ROWS: [[&str; 4]; 9] = [
        [
            "Names and sign-in names",
            "shown",
            "shown",
            "only the person searched for",
        ],
        [
            "Phone numbers",
            "as in the export",
            "last 3 digits masked",
            "last 3 digits masked",
        ],
        [
            "Addresses, subnet and building of a single stream",
            "shown",
            "shown",
            "hidden",
        ],
        [
            "Buildings and networks over many streams",
            "shown",
            "shown",
            "groups of fewer than 5 people as one",
        ],
        [
            "Columns of a file",
            "headings and first cells",
            "headings",
            "hidden",
        ],
        [
            "Rows that are not used",
            "place, reason and text",
            "place and reason",
            "place and reason",
        ],
        ["Verdicts, times, measurements", "shown", "shown", "shown"],
        [
            "Limits of one’s own",
            "can be set",
            "can be set",
            "cannot be set: step by step they would tell the building of a single stream",
        ],
        [
            "CSV files",
            "as on the screen",
            "as on the screen",
            "as on the screen",
        ],
    ];
    html! {
        <section aria-labelledby="help-roles">
            { part_title(HelpPart::Roles, "What the roles see") }
            <p>
                { "The roles are those of Microsoft Teams. A lower role takes effect at once; a higher one \
                   reads the files again. " }{ honest_words() }
            </p>
            <div class="table-place" role="region" aria-labelledby="roles-caption" tabindex="0">
                <table class="plain-table">
                    <caption id="roles-caption" class="visually-hidden">{ "Information by role" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Information" }</th>
                            <th scope="col">{ "Administrator" }</th>
                            <th scope="col">{ "Engineer" }</th>
                            <th scope="col">{ "Specialist" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for ROWS.map(|[name, administrator, engineer, specialist]| html! {
                            <tr>
                                <th scope="row">{ name }</th>
                                <td>{ administrator }</td>
                                <td>{ engineer }</td>
                                <td>{ specialist }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn demo() -> Html {
    html! {
        <section aria-labelledby="help-demo">
            <h2 id="help-demo">{ "What the demo tenant hides" }</h2>
            <p>{ "Everything in it is made up, and eight stories are planted in it:" }</p>
            <ul>
                <li><strong>{ "Amsterdam Zuid" }</strong>{ " has one bad Wi-Fi access point." }</li>
                <li><strong>{ "Denver Tech Center" }</strong>{ " sends its calls through a VPN and back: long round trips." }</li>
                <li><strong>{ "Singapore Harbour" }</strong>{ " has a proxy that forces media over TCP." }</li>
                <li><strong>{ "Contoso Voice 200" }</strong>{ " is a headset that spoils calls in every building." }</li>
                <li><strong>{ "Contoso Wireless AC 20.70.3" }</strong>{ " is an outdated Wi-Fi driver that loses packets." }</li>
                <li><strong>{ "Madrid Norte" }</strong>{ " got worse on 9 October 2026." }</li>
                <li><strong>{ "Toronto Bay" }</strong>{ " has a network, 10.58.44.0, that is missing from the building file." }</li>
                <li>
                    <strong>{ "Tallinn Hub" }</strong>
                    { " and other offices have fewer than five people: small groups are held back from a \
                       support specialist." }
                </li>
            </ul>
        </section>
    }
}
