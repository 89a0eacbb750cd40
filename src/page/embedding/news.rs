//! What the page around this one is told by itself: shape and places, never a name or a cell.

use crate::page::state::{Phase, Remark, State, Stop};
use crate::protocol::{FileId, FileKind, FileState, Problem, ProblemCode, Severity};

/// So many problems are told at once.
const MAX_PROBLEMS: usize = 200;

/// Something that the page around this one is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum News {
    /// No server can be reached any more, and files are welcome.
    Ready,
    /// All files have been read that were chosen so far.
    Loaded { kinds: Vec<FileKind>, n_rows: u64 },
    /// Something is wrong with a file, the first one being 1.
    OfFile { file: usize, problem: Problem },
    /// The page could not do what it was told.
    Remark(Remark),
    /// The engine is gone.
    Stopped(Stop),
}

/// Remembers what was told.
#[derive(Debug, Default)]
pub(super) struct Herald {
    is_ready: bool,
    phase: Option<Phase>,
    n_remarks: usize,
    problems: Vec<(FileId, ProblemCode, Option<u64>)>,
}

impl Herald {
    /// What is new.
    pub(super) fn news(&mut self, state: &State) -> Vec<News> {
        let mut news = Vec::new();
        if state.seal.is_some() && !std::mem::replace(&mut self.is_ready, true) {
            news.push(News::Ready);
        }
        let n_told = std::mem::replace(&mut self.n_remarks, state.remarks.len());
        news.extend(state.remarks.iter().skip(n_told).copied().map(News::Remark));
        let before = self.phase.replace(state.phase);
        if before == Some(state.phase) {
            return news;
        }
        if let Phase::Stopped(stop) = state.phase {
            news.push(News::Stopped(stop));
        } else if before == Some(Phase::Reading)
            || before.is_none() && state.phase != Phase::Reading && !state.files.cards.is_empty()
        {
            self.tell_files(state, &mut news);
        }
        news
    }

    fn tell_files(&mut self, state: &State, news: &mut Vec<News>) {
        let cards = &state.files.cards;
        let in_use = || cards.iter().filter(|card| card.state == FileState::Ready);
        news.push(News::Loaded {
            kinds: in_use().filter_map(|card| card.kind).collect(),
            n_rows: in_use()
                .filter(|card| card.kind != Some(FileKind::Package))
                .map(|card| card.rows.used)
                .sum(),
        });
        let n_before = news.len();
        for (file, card) in (1..).zip(cards) {
            for problem in &card.problems {
                let key = (card.id, problem.code, problem.line);
                let is_full = news.len() - n_before == MAX_PROBLEMS;
                if problem.severity == Severity::Note || is_full || self.problems.contains(&key) {
                    continue;
                }
                self.problems.push(key);
                let problem = problem.clone();
                news.push(News::OfFile { file, problem });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Herald, News};
    use crate::page::state::tests::{card, open, report};
    use crate::page::state::{Action, Remark, Seal, State, Stop, View};
    use crate::protocol::{FileCard, FileKind, FileState, Problem, ProblemCode, Severity};

    fn problem(code: ProblemCode, severity: Severity) -> Problem {
        Problem {
            severity,
            code,
            line: Some(7),
            memory: None,
            column: Some(2),
            heading: None,
            n_times: 1,
            further_lines: Vec::new(),
        }
    }

    #[test]
    fn the_page_around_is_told_once_when_files_are_welcome_and_when_they_are_read() {
        let mut state = State::new(View::Overview);
        let mut herald = Herald::default();
        assert_eq!(herald.news(&state), []);
        state.apply(Action::Sealed(Seal::new(String::new())));
        assert_eq!(herald.news(&state), [News::Ready]);
        state.apply(open(1));
        assert_eq!(herald.news(&state), []);
        let wrong = problem(ProblemCode::NotANumber, Severity::Warning);
        let mut read = card(0, FileState::Ready);
        read.kind = Some(FileKind::CqdStreams);
        read.rows.used = 12;
        read.problems = vec![
            wrong.clone(),
            problem(ProblemCode::UnknownHeading, Severity::Note),
        ];
        state.apply(report(vec![read.clone()]));
        let loaded = News::Loaded {
            kinds: vec![FileKind::CqdStreams],
            n_rows: 12,
        };
        let of_file = News::OfFile {
            file: 1,
            problem: wrong,
        };
        assert_eq!(herald.news(&state), [loaded.clone(), of_file]);
        state.apply(open(1));
        assert_eq!(herald.news(&state), []);
        state.apply(report(vec![read, card(1, FileState::Failed)]));
        assert_eq!(herald.news(&state), [loaded]);
        assert_eq!(herald.news(&state), []);
    }

    #[test]
    fn who_listens_late_is_told_what_became_of_a_file_that_failed() {
        let mut state = State::new(View::Overview);
        state.apply(open(1));
        let failed = FileCard {
            problems: vec![problem(ProblemCode::NotANumber, Severity::Error)],
            ..card(0, FileState::Failed)
        };
        state.apply(report(vec![failed]));
        let news = Herald::default().news(&state);
        assert!(
            matches!(
                news[..],
                [News::Loaded { .. }, News::OfFile { file: 1, .. }]
            ),
            "{news:?}"
        );
    }

    #[test]
    fn what_could_not_be_done_is_told() {
        let mut state = State::new(View::Overview);
        let mut herald = Herald::default();
        state.apply(Action::Remark(Remark::NoLocations));
        assert_eq!(herald.news(&state), [News::Remark(Remark::NoLocations)]);
        state.apply(Action::Stopped(Stop::NotLoaded));
        assert_eq!(herald.news(&state), [News::Stopped(Stop::NotLoaded)]);
    }
}
