//! People in words, as far as the role may know them.

use crate::protocol::Person;

/// The person's sign-in name, or what stands for it.
pub(crate) fn person_name(person: &Person) -> &str {
    match person {
        Person::Named(name) => name,
        Person::InternalUser => "Internal User",
        Person::ExternalUser => "External User",
    }
}

/// A phone number, or a dash where there is none.
pub(crate) fn phone_number(phone: Option<&String>) -> &str {
    phone.map_or("–", String::as_str)
}
