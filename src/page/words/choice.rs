//! The choices of the selects: the code that stands in the page, and the words beside it.

use crate::protocol::{Classifier, Ends, Limits, Mapping, Media, Role};

/// One choice of a select.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Choice<Value> {
    /// The option's value in the document.
    pub(crate) code: &'static str,
    /// What the user reads.
    pub(crate) name: &'static str,
    /// What it stands for.
    pub(crate) value: Value,
}

const fn choice<Value>(code: &'static str, name: &'static str, value: Value) -> Choice<Value> {
    Choice { code, name, value }
}

/// The roles, the one that sees all first.
pub(crate) const ROLES: [Choice<Role>; 3] = [
    choice("administrator", "Administrator", Role::Administrator),
    choice("engineer", "Engineer", Role::Engineer),
    choice("specialist", "Specialist", Role::Specialist),
];

/// The media.
pub(crate) const MEDIA: [Choice<Media>; 2] = [
    choice("audio", "Audio", Media::Audio),
    choice("all", "All", Media::All),
];

/// The modes of lookup.
pub(crate) const MAPPINGS: [Choice<Mapping>; 2] = [
    choice("most-specific", "Most specific", Mapping::MostSpecific),
    choice("same-as-cqd", "Same as CQD", Mapping::SameAsCqd),
];

/// Which ends count.
pub(crate) const ENDS: [Choice<Ends>; 2] = [
    choice("each-client", "Each client end", Ends::EachClient),
    choice("second-only", "Second end only", Ends::SecondOnly),
];

/// The presets; the user's own limits go into the last one.
const fn classifiers(custom: Limits) -> [Choice<Classifier>; 5] {
    [
        choice("cqd-current", "CQD current", Classifier::CqdCurrent),
        choice("cqd-2018", "CQD 2018–2021", Classifier::Cqd2018),
        choice(
            "call-record-insights",
            "Call Record Insights",
            Classifier::CallRecordInsights,
        ),
        choice(
            "real-time-analytics",
            "Real-time analytics",
            Classifier::RealTimeAnalytics,
        ),
        choice("custom", "Custom", Classifier::Custom(custom)),
    ]
}

/// The presets of a role. The specialist sets no limits: one that is moved step by step would tell which
/// building a single stream belongs to.
pub(crate) fn classifiers_for(role: Role, custom: Limits) -> Vec<Choice<Classifier>> {
    let mut choices = classifiers(custom).to_vec();
    choices.retain(|choice| {
        role != Role::Specialist || !matches!(choice.value, Classifier::Custom(_))
    });
    choices
}

/// The preset's name.
pub(crate) fn classifier_name(classifier: Classifier) -> &'static str {
    let idx = match classifier {
        Classifier::CqdCurrent => 0,
        Classifier::Cqd2018 => 1,
        Classifier::CallRecordInsights => 2,
        Classifier::RealTimeAnalytics => 3,
        Classifier::Custom(_) => 4,
    };
    classifiers(Limits::default())[idx].name
}

/// What is counted: "audio stream" or "stream".
pub(crate) fn stream_noun(media: Media) -> (&'static str, &'static str) {
    match media {
        Media::Audio => ("audio stream", "audio streams"),
        Media::All => ("stream", "streams"),
    }
}

#[cfg(test)]
mod tests {
    use super::{classifier_name, classifiers, classifiers_for};
    use crate::protocol::{Limits, Role};

    #[test]
    fn each_preset_has_the_name_of_its_choice() {
        for choice in classifiers(Limits::default()) {
            assert_eq!(classifier_name(choice.value), choice.name);
        }
    }

    #[test]
    fn a_specialist_sets_no_limits() {
        let has_custom = |role| {
            classifiers_for(role, Limits::default())
                .iter()
                .any(|choice| choice.code == "custom")
        };
        assert_eq!(
            [Role::Administrator, Role::Engineer, Role::Specialist].map(has_custom),
            [true, true, false]
        );
    }
}
