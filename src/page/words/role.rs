//! What each role sees and does not see, and how much that is worth.

use crate::page::state::Remark;
use crate::protocol::Role;

/// What the role sees, in a sentence.
pub(crate) fn sees(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Sees everything as the export holds it.",
        Role::Engineer => "Sees names, addresses, networks and the building of each stream.",
        Role::Specialist => {
            "Sees buildings and verdicts, and by name only the one person who is searched for."
        }
    }
}

/// What the role does not see, in a sentence.
pub(crate) fn does_not_see(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Nothing is hidden from this role.",
        Role::Engineer => "Does not see the last three digits of phone numbers.",
        Role::Specialist => {
            "Does not see other people’s names (they read Internal User or External User), the last \
             three digits of phone numbers, the addresses, subnet and building of a single stream, \
             and groups of fewer than 5 people."
        }
    }
}

/// What no role sees where whole names are required.
pub(crate) const WHOLE_NAMES: &str = "But here, in every role, only the one person who is searched for by the \
    whole sign-in name is named, and the last three digits of phone numbers are hidden.";

/// What the page could not do as it was told.
pub(crate) fn remark_sentence(remark: Remark) -> &'static str {
    match remark {
        Remark::BadConfiguration => {
            "The configuration of this page, callscope.json, cannot be understood. Until it is mended the \
             strictest one is in force: the specialist’s view for everybody, and no word to any other page."
        }
        Remark::BadOption => {
            "An option in this page’s address cannot be understood; the stricter reading of it is in force."
        }
        Remark::NoLocations => {
            "The building file that this page’s address names could not be loaded. Add one by hand."
        }
    }
}

/// What a role is worth in a browser.
pub(crate) fn honest_words() -> &'static str {
    "A role is a view, not a lock: a browser cannot keep the owner of a file from reading it."
}
