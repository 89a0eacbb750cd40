//! Something of each of many texts. Takes the place of hash maps, each of which would make the program longer.

use super::dictionary::Dictionary;

/// Values by texts, in the order in which the texts came.
#[derive(Debug)]
pub(crate) struct ByText<T> {
    texts: Dictionary,
    /// By the codes of the texts; that of the empty one is there from the start.
    values: Vec<T>,
}

impl<T: Default> Default for ByText<T> {
    fn default() -> Self {
        Self {
            texts: Dictionary::default(),
            values: vec![T::default()],
        }
    }
}

impl<T: Default> ByText<T> {
    /// The place of a text's value: the default one if the text is new.
    pub(crate) fn of(&mut self, text: &[u8]) -> &mut T {
        let code = self.texts.code(text) as usize;
        if code == self.values.len() {
            self.values.push(T::default());
        }
        &mut self.values[code]
    }
}

impl<T> ByText<T> {
    /// The value of a text, if it came before; the empty one always did.
    pub(crate) fn get(&self, text: &[u8]) -> Option<&T> {
        let code = self.texts.known(text)?;
        self.values.get(code as usize)
    }

    /// All texts with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &T)> {
        let values = (0..).zip(&self.values);
        values.map(|(code, value)| (self.texts.text(code), value))
    }
}
