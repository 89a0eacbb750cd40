//! The role, how streams are counted, and what that role does not see.

use yew::{Html, function_component, html};

use super::limit_fields::LimitFields;
use super::select_field::SelectField;
use crate::page::state::Action;
use crate::page::views::ViewProps;
use crate::page::words::{
    ENDS, MAPPINGS, MEDIA, ROLES, classifiers_for, does_not_see, honest_words, sees,
};
use crate::protocol::{Choices, Classifier, Ends, Limits, Mapping, Media, Role};

#[function_component]
pub(crate) fn ChoiceBar(props: &ViewProps) -> Html {
    let state = &props.state;
    html! {
        <section class="choice-bar" aria-label="What is shown">
            <div class="choice-fields">
                <SelectField<Role>
                    id="role"
                    label="Role"
                    choices={ROLES.to_vec()}
                    value={state.role}
                    on_choose={props.act.reform(Action::SetRole)}
                />
                if state.screen().has_figures() {
                    { counting(props) }
                }
            </div>
            <p class="role-line">
                { sees(state.role) }{ " " }{ does_not_see(state.role) }{ " " }
                <span class="role-honesty">{ honest_words() }</span>
            </p>
        </section>
    }
}

fn counting(props: &ViewProps) -> Html {
    let choices = props.state.choices;
    let act = &props.act;
    let set_classifier = move |classifier| {
        Action::SetChoices(Choices {
            classifier,
            ..choices
        })
    };
    let on_limits = act.reform(move |limits: Limits| set_classifier(Classifier::Custom(limits)));
    html! {
        <>
            <SelectField<Classifier>
                id="classifier"
                label="Classifier"
                choices={classifiers_for(props.state.role, props.state.custom_limits)}
                value={choices.classifier}
                on_choose={act.reform(set_classifier)}
            />
            <SelectField<Media>
                id="media"
                label="Media"
                choices={MEDIA.to_vec()}
                value={choices.media}
                on_choose={act.reform(move |media| Action::SetChoices(Choices { media, ..choices }))}
            />
            <SelectField<Mapping>
                id="mapping"
                label="Mapping"
                choices={MAPPINGS.to_vec()}
                value={choices.mapping}
                on_choose={act.reform(move |mapping| Action::SetChoices(Choices { mapping, ..choices }))}
            />
            <SelectField<Ends>
                id="ends"
                label="Count streams by"
                choices={ENDS.to_vec()}
                value={choices.ends}
                on_choose={act.reform(move |ends| Action::SetChoices(Choices { ends, ..choices }))}
            />
            if let Classifier::Custom(limits) = choices.classifier {
                <LimitFields {limits} {on_limits} />
            }
        </>
    }
}
