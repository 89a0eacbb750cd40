//! The last answer of a report, kept so that sorting, searching and scrolling go over no streams again but those of
//! the people in sight.

use std::cell::RefCell;
use std::rc::Rc;

/// The answer to the question that was asked last.
#[derive(Debug)]
pub(crate) struct Kept<Question, Answer>(RefCell<Option<(Question, Rc<Answer>)>>);

impl<Question, Answer> Default for Kept<Question, Answer> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<Question: PartialEq, Answer> Kept<Question, Answer> {
    /// The answer: the one that is kept if the question is the same, else a new one.
    pub(crate) fn answer(
        &self,
        question: Question,
        make: impl FnOnce(&Question) -> Answer,
    ) -> Rc<Answer> {
        let known = self
            .0
            .borrow()
            .as_ref()
            .filter(|(known, _)| *known == question)
            .map(|(_, answer)| Rc::clone(answer));
        known.unwrap_or_else(|| {
            let answer = Rc::new(make(&question));
            *self.0.borrow_mut() = Some((question, Rc::clone(&answer)));
            answer
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_for_each_question() {
        let kept = Kept::default();
        let mut n_made = 0;
        for question in [1, 1, 2, 2, 1] {
            let answer = kept.answer(question, |question| {
                n_made += 1;
                question * 10
            });
            assert_eq!(*answer, question * 10);
        }
        assert_eq!(n_made, 3);
    }
}
