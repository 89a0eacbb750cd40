//! What is known of calls, by their ids. Case does not matter to these.

use crate::engine::model::dictionary::Dictionary;

/// Something of each call.
#[derive(Debug)]
pub(super) struct ByCall<T> {
    ids: Dictionary,
    /// By the codes of the ids; nothing where a call has only been looked for.
    of_calls: Vec<Option<T>>,
}

impl<T> Default for ByCall<T> {
    fn default() -> Self {
        Self {
            ids: Dictionary::default(),
            of_calls: Vec::new(),
        }
    }
}

impl<T> ByCall<T> {
    /// The place for what is known of a call.
    pub(super) fn of(&mut self, id: &[u8]) -> &mut Option<T> {
        let code = self.ids.code(&id.to_ascii_lowercase()) as usize;
        if code >= self.of_calls.len() {
            self.of_calls.resize_with(code + 1, || None);
        }
        &mut self.of_calls[code]
    }

    /// What is known of a call.
    pub(super) fn get(&self, id: &[u8]) -> Option<&T> {
        let code = self.ids.known(&id.to_ascii_lowercase())?;
        self.of_calls.get(code as usize)?.as_ref()
    }

    /// All calls of which something is known.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &T)> {
        let of_calls = (0..).zip(&self.of_calls);
        of_calls.filter_map(|(code, of_call)| Some((self.ids.text(code), of_call.as_ref()?)))
    }
}
