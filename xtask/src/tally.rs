//! Counts tests by reading what their runners print.

use std::fmt::{self, Display};

/// How many tests have passed and failed so far.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) n_passed: u64,
    pub(crate) n_failed: u64,
}

impl Tally {
    /// Reads a line of a Rust test runner, native or in the browser:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn read_rust(&mut self, line: &str) {
        let Some((_, counts)) = line
            .strip_prefix("test result: ")
            .and_then(|result| result.split_once(". "))
        else {
            return;
        };
        for count in counts.split(';') {
            self.add(count);
        }
    }

    /// Reads a line of Playwright's closing summary: `  12 passed (30.1s)`, `  1 failed`.
    /// A test that passed at its second try counts as passed.
    pub(crate) fn read_playwright(&mut self, line: &str) {
        let count = line.split_once(" (").map_or(line, |(count, _)| count);
        self.add(&count.replace("flaky", "passed"));
    }

    fn add(&mut self, count: &str) {
        let mut words = count.split_whitespace();
        let (number, outcome, rest) = (words.next(), words.next(), words.next());
        let Some(number) = number.and_then(|number| number.parse::<u64>().ok()) else {
            return;
        };
        match (outcome, rest) {
            (Some("passed"), None) => self.n_passed += number,
            (Some("failed"), None) => self.n_failed += number,
            _ => {}
        }
    }
}

impl Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed",
            self.n_passed, self.n_failed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn rust(output: &str) -> String {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read_rust(line));
        tally.to_string()
    }

    fn playwright(output: &str) -> String {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read_playwright(line));
        tally.to_string()
    }

    #[test]
    fn all_binaries_of_a_run_are_summed() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.0s
";
        assert_eq!(rust(output), "15 passed, 2 failed");
    }

    #[test]
    fn what_a_test_prints_is_not_counted() {
        assert_eq!(
            rust("4 passed; 4 failed\nthe test result: ok. 5 passed"),
            "0 passed, 0 failed"
        );
        assert_eq!(
            playwright("  ok 1 demo.spec.mjs:3:1 › 7 passed (1s)"),
            "0 passed, 0 failed"
        );
    }

    #[test]
    fn the_summary_of_the_end_to_end_tests_is_read() {
        let output = "\
Running 15 tests using 1 worker
  1 failed
    [chromium] › demo.spec.mjs:3:1 › the demo loads
  1 flaky
  2 skipped
  1 did not run
  10 passed (30.1s)
";
        assert_eq!(playwright(output), "11 passed, 1 failed");
    }
}
