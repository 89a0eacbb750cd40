//! How a file was read: each assumption, and a select to overrule it.

use yew::{Callback, Html, Properties, function_component, html, use_mut_ref};

use crate::page::components::index_field;
use crate::page::state::Action;
use crate::page::words::{Aspect, automatic, is_decided, reading_gist};
use crate::protocol::{Assumptions, FileCard, FileKind, FileState, ReadSettings};

#[derive(Properties, PartialEq)]
pub(super) struct HowReadProps {
    /// The file.
    pub(super) card: FileCard,
    /// Told what the user decides.
    pub(super) act: Callback<Action>,
}

/// What was known of a file when it was last read.
type Known = Option<(Option<FileKind>, Assumptions)>;

#[function_component]
pub(super) fn HowRead(props: &HowReadProps) -> Html {
    let card = &props.card;
    // While the file is read again, the selects stay where they are.
    let last = use_mut_ref(|| Known::None);
    if let Some(found) = card.assumptions {
        *last.borrow_mut() = Some((card.kind, found));
    }
    let known = *last.borrow();
    let is_own = is_decided(&card.settings);
    if known.is_none() && !is_own && card.state != FileState::Failed {
        return html! { <div class="how-read" /> };
    }
    let (kind, found) = known.unzip();
    let kind = card.kind.or(kind.flatten());
    let aspects = Aspect::ALL
        .into_iter()
        .filter(|aspect| is_shown(*aspect, &card.settings, found.as_ref()));
    let gist = reading_gist(card);
    html! {
        <div class="how-read"><details>
            <summary>
                { "How it was read" }
                if !gist.is_empty() {
                    <span class="quiet">{ ": " }{ gist }</span>
                }
                if is_own {
                    <strong>{ " · as you chose" }</strong>
                }
            </summary>
            <div class="how-read-fields">
                { for aspects.map(|aspect| field(props, aspect, kind, found.as_ref())) }
            </div>
            if is_own {
                { back(props) }
            }
        </details></div>
    }
}

/// What makes no difference for the file is not asked; what the user decided can always be taken back.
fn is_shown(aspect: Aspect, settings: &ReadSettings, found: Option<&Assumptions>) -> bool {
    let matters = match aspect {
        Aspect::Kind | Aspect::Encoding => true,
        Aspect::Delimiter => found.is_none_or(|found| found.delimiter.is_some()),
        Aspect::Decimals => found.is_some_and(|found| found.decimal_mark.is_some()),
        Aspect::Dates => found.is_some_and(|found| found.date_order.is_some()),
    };
    matters || aspect.chosen_idx(settings).is_some()
}

fn field(
    props: &HowReadProps,
    aspect: Aspect,
    kind: Option<FileKind>,
    found: Option<&Assumptions>,
) -> Html {
    let (id, settings) = (props.card.id, props.card.settings.clone());
    let chosen = aspect.chosen_idx(&settings);
    let on_choose = props.act.reform(move |idx| Action::SetReading {
        file: id,
        settings: aspect.choose(&settings, idx),
    });
    index_field(
        format!("{}-{id}", aspect.code()).into(),
        aspect.label(),
        automatic(aspect.found(kind, found), chosen.is_some()).into(),
        &aspect.choices(),
        chosen,
        &on_choose,
    )
}

fn back(props: &HowReadProps) -> Html {
    let id = props.card.id;
    let onclick = props.act.reform(move |_| Action::SetReading {
        file: id,
        settings: ReadSettings::default(),
    });
    html! {
        <p class="how-read-back">
            <button type="button" class="button" {onclick}>{ "Read it automatically again" }</button>
        </p>
    }
}
