//! What the page says of itself, in a dialog above the view: its seal, its settings.

mod seal;
mod settings;

use web_sys::{Event, HtmlDialogElement};
use yew::{Html, function_component, html, use_effect_with, use_node_ref};

use super::{Icon, icon};
use crate::page::state::{Action, Panel};
use crate::page::views::ViewProps;
use seal::seal;
use settings::Settings;

/// Shows the panel that is open. Escape closes it.
#[function_component]
pub(crate) fn PanelDialog(props: &ViewProps) -> Html {
    let dialog = use_node_ref();
    let panel = props.state.panel;
    use_effect_with((dialog.clone(), panel), |(dialog, panel)| {
        let Some(dialog) = dialog.cast::<HtmlDialogElement>() else {
            return;
        };
        if panel.is_none() {
            dialog.close();
        } else if !dialog.open() {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = props.act.reform(|_| Action::ShowPanel(None));
    let oncancel = props.act.reform(|event: Event| {
        event.prevent_default();
        Action::ShowPanel(None)
    });
    html! {
        <dialog ref={dialog} class="dialog panel-dialog" aria-labelledby="panel-title" {oncancel}>
            if let Some(panel) = panel {
                <div class="panel-head">
                    <h2 id="panel-title" tabindex="-1" autofocus=true>{ title(panel) }</h2>
                    <button type="button" class="button subtle" aria-label="Close" onclick={close}>
                        { icon(Icon::Close) }
                    </button>
                </div>
                { match panel {
                    Panel::Seal => seal(props),
                    Panel::Settings => html! {
                        <Settings state={props.state.clone()} act={props.act.clone()} />
                    },
                } }
            }
        </dialog>
    }
}

fn title(panel: Panel) -> &'static str {
    match panel {
        Panel::Seal => "This page is sealed",
        Panel::Settings => "Settings",
    }
}
