//! What is known of calls, by their ids. Case does not matter to these.

use crate::engine::model::by_text::ByText;

/// Something of each call. Nothing is known of the blank, until it is met as an id.
#[derive(Debug)]
pub(super) struct ByCall<T>(ByText<Option<T>>);

impl<T> Default for ByCall<T> {
    fn default() -> Self {
        Self(ByText::default())
    }
}

impl<T> ByCall<T> {
    /// The place for what is known of a call.
    pub(super) fn of(&mut self, id: &[u8]) -> &mut Option<T> {
        self.0.of(&id.to_ascii_lowercase())
    }

    /// What is known of a call.
    pub(super) fn get(&self, id: &[u8]) -> Option<&T> {
        self.0.get(&id.to_ascii_lowercase())?.as_ref()
    }

    /// All calls of which something is known.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &T)> {
        let calls = self.0.iter();
        calls.filter_map(|(id, of_call)| Some((id, of_call.as_ref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_the_same_in_capitals_and_unknown_as_long_as_nothing_is_said_of_it() {
        let mut calls = ByCall::default();
        assert_eq!((calls.get(b"a1"), calls.get(b"")), (None, None));
        *calls.of(b"a1") = Some(1);
        *calls.of(b"B2") = Some(2);
        *calls.of(b"A1").get_or_insert_default() += 10;
        assert_eq!(*calls.of(b"c3"), None);
        let known = [&b"A1"[..], b"a1", b"b2", b"C3", b"d4"].map(|id| calls.get(id).copied());
        assert_eq!(known, [Some(11), Some(11), Some(2), None, None]);
        let (long, longer) = (
            b"2f4a6c3e-5b1d-4e7f-9a8b-0c1d2e3f4a5B",
            b"2f4a6c3e-5b1d-4e7f-9a8b-0c1d2e3f4a5c",
        );
        assert_eq!(calls.get(long), None);
        *calls.of(long) = Some(3);
        assert_eq!(
            (calls.get(&long.to_ascii_uppercase()), calls.get(longer)),
            (Some(&3), None)
        );
        *calls.of(long) = None;
        let all: Vec<_> = calls.iter().collect();
        assert_eq!(all, [(&b"a1"[..], &11), (b"b2", &2)]);
    }
}
