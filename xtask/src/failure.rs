//! The one kind of failure here: a sentence for the person who called the command.

use std::fmt::{self, Display};

/// Says in words what went wrong and, where there is one, what helps.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    /// Turns a cause into a failure that says what could not be done.
    pub(crate) fn about<Cause: Display>(what: impl Display) -> impl FnOnce(Cause) -> Self {
        move |cause| Self(format!("{what}: {cause}."))
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
