//! Cuts JSON text into records, one a block. Knows brackets and strings; what is between them is read by `serde_json`.
//!
//! A record is a value at the top of the file, or an element of an array at the top, or an element of
//! the array under the key `value` of an object: so Microsoft Graph answers a list, page by page. Values
//! may follow each other (JSON Lines, pages that were pasted together), and pages may stand in an array.
//!
//! Of an object with an array `value`, what stands around the elements comes as a record with that
//! array empty: once before the elements, once behind them. So its context and its next link are not lost.

use memchr::memchr3;

use super::cutter::Block;
use crate::protocol::ProblemCode as P;

/// Brackets in brackets within a record. Call records have ten; more is an attack or no record.
pub(crate) const MAX_DEPTH: u32 = 64;

/// No record may be longer. A call record of a meeting with a thousand people has some 10 MiB.
pub(crate) const MAX_RECORD_BYTES: usize = 64 << 20;

/// A file, an array of pages, a page: no list of records lies deeper.
const MAX_LISTS: usize = 3;

/// What `tail` records begin with, so that they are whole objects again.
const BEFORE_TAIL: &[u8] = br#"{"value":["#;
/// What `head` records end with.
const AFTER_HEAD: &[u8] = b"]}";

/// Cuts one file. Feed it the text in order.
#[derive(Debug)]
pub(crate) struct JsonCutter {
    pending: Vec<u8>,
    /// Up to here `pending` has been looked at.
    scanned: usize,
    /// Line of the next byte, from 1.
    line: u64,
    begins_line: bool,
    /// The arrays around the record, the outermost first.
    lists: Vec<List>,
    place: Place,
    record: Option<Record>,
    /// The last line on which something that is no record was reported, so that a line of it is reported once.
    stray_line: u64,
    max_record_bytes: usize,
}

/// An array whose elements are records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// At the top of the file.
    Top,
    /// Under the key `value` of an object.
    Value,
}

/// What stood before, between two records of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Comma,
    Element,
}

/// The record that is being looked at.
#[derive(Debug)]
struct Record {
    shape: Shape,
    /// Where it starts in `pending`.
    start: usize,
    first_line: u64,
    depth: u32,
    /// Of each open bracket, the innermost last, whether it is a brace.
    braces: u64,
    in_string: bool,
    is_escaped: bool,
    /// The last byte outside of strings that is no blank; a quote for a string.
    last: u8,
    /// The last string at depth 1.
    string: (usize, usize),
    /// It was given as broken; its rest is only looked through for its end.
    is_given: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An object, an array or a string: its end is known by its last byte.
    Closed,
    /// Behind the elements of an object's `value`.
    Tail,
    /// A number, a literal, or no JSON: it ends before a blank, a comma or a bracket.
    Word,
}

impl Default for JsonCutter {
    fn default() -> Self {
        Self {
            pending: Vec::new(),
            scanned: 0,
            line: 1,
            begins_line: true,
            lists: Vec::new(),
            place: Place::Start,
            record: None,
            stray_line: 0,
            max_record_bytes: MAX_RECORD_BYTES,
        }
    }
}

impl JsonCutter {
    /// Where the next text is to be appended before `cut`.
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.pending
    }

    /// Gives the records that the text so far completes, in order.
    pub(crate) fn cut(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.scanned < self.pending.len() {
            match self.record.take() {
                None => self.between(&mut blocks),
                Some(mut record) => {
                    if self.within(&mut record, &mut blocks) {
                        self.record = Some(record);
                    }
                }
            }
        }
        self.forget();
        blocks
    }

    /// Gives the record at the end of the file, and a complaint if something is still open there.
    pub(crate) fn finish(&mut self) -> Vec<Block> {
        let mut blocks = self.cut();
        let is_open = match self.record.take() {
            Some(mut record) if record.shape == Shape::Word => {
                self.give(&mut record, &mut blocks);
                !self.lists.is_empty()
            }
            // What is open around a record that was reported need not be reported as well.
            Some(record) if record.is_given => false,
            Some(record) => {
                blocks.push(broken(P::UnclosedJson, record.first_line));
                false
            }
            None => !self.lists.is_empty(),
        };
        if is_open {
            blocks.push(broken(P::UnclosedJson, self.line));
        }
        self.lists.clear();
        self.pending.clear();
        self.scanned = 0;
        blocks
    }

    /// Drops the text that is not needed any more.
    fn forget(&mut self) {
        let start = match &mut self.record {
            Some(record) if !record.is_given => {
                let start = std::mem::take(&mut record.start);
                record.string.0 = record.string.0.saturating_sub(start);
                record.string.1 = record.string.1.saturating_sub(start);
                start
            }
            _ => self.scanned,
        };
        self.pending.drain(..start);
        self.scanned -= start;
    }

    fn step(&mut self, byte: u8) {
        self.scanned += 1;
        self.begins_line = byte == b'\n';
        self.line += u64::from(self.begins_line);
    }

    /// Takes one byte between two records.
    fn between(&mut self, blocks: &mut Vec<Block>) {
        let byte = self.pending[self.scanned];
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'[' if self.lists.is_empty() => {
                self.lists.push(List::Top);
                self.place = Place::Start;
            }
            b',' if !self.lists.is_empty() && self.place == Place::Element => {
                self.place = Place::Comma;
            }
            b']' if !self.lists.is_empty() => {
                if self.place == Place::Comma {
                    self.stray(blocks);
                }
                return self.close_list();
            }
            b',' | b':' | b']' | b'}' => self.stray(blocks),
            _ => {
                if !self.lists.is_empty() && self.place == Place::Element {
                    self.stray(blocks);
                }
                self.place = Place::Element;
                self.record = Some(self.begin(byte));
                return;
            }
        }
        self.step(byte);
    }

    fn close_list(&mut self) {
        let list = self.lists.pop();
        self.place = Place::Element;
        if list == Some(List::Value) {
            self.record = Some(Record {
                shape: Shape::Tail,
                depth: 1,
                braces: 1,
                last: b']',
                ..self.begin(b']')
            });
        }
        self.step(b']');
    }

    fn begin(&self, byte: u8) -> Record {
        Record {
            shape: match byte {
                b'{' | b'[' | b'"' => Shape::Closed,
                _ => Shape::Word,
            },
            start: self.scanned,
            first_line: self.line,
            depth: 0,
            braces: 0,
            in_string: false,
            is_escaped: false,
            last: b':',
            string: (0, 0),
            is_given: false,
        }
    }

    /// Reports what is no record, once a line.
    fn stray(&mut self, blocks: &mut Vec<Block>) {
        if self.stray_line != self.line {
            self.stray_line = self.line;
            blocks.push(broken(P::BadJson, self.line));
        }
    }

    /// Looks on through a record. False if it has ended.
    fn within(&mut self, record: &mut Record, blocks: &mut Vec<Block>) -> bool {
        while self.scanned < self.pending.len() {
            if record.in_string && !self.skip_string(record) {
                break;
            }
            let byte = self.pending[self.scanned];
            if !record.is_given && self.scanned - record.start >= self.max_record_bytes {
                record.give_broken(P::RecordTooLong, record.first_line, blocks);
            }
            if byte == b'{' && self.begins_line && record.depth > 0 && record.is_cut_off() {
                record.give_broken(P::BadJson, self.line, blocks);
                self.place = Place::Comma;
                return false;
            }
            if record.shape == Shape::Word {
                if matches!(
                    byte,
                    b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"'
                ) {
                    return self.end(record, blocks);
                }
                self.step(byte);
                continue;
            }
            if record.in_string {
                self.step_in_string(byte, record);
            } else {
                let fits = self.step_outside(byte, record, blocks);
                if !fits {
                    return self.end(record, blocks);
                }
            }
            if record.depth == 0 && !record.in_string {
                return self.end(record, blocks);
            }
        }
        if !record.is_given && self.scanned - record.start > self.max_record_bytes {
            record.give_broken(P::RecordTooLong, record.first_line, blocks);
        }
        true
    }

    /// Moves on to the next byte of a string that means something; false at the end of the text.
    fn skip_string(&mut self, record: &Record) -> bool {
        if record.is_escaped || self.begins_line {
            return true;
        }
        let text = &self.pending[self.scanned..];
        let found = memchr3(b'"', b'\\', b'\n', text);
        self.scanned += found.unwrap_or(text.len());
        found.is_some()
    }

    fn step_in_string(&mut self, byte: u8, record: &mut Record) {
        match byte {
            _ if record.is_escaped => record.is_escaped = false,
            b'\\' => record.is_escaped = true,
            b'"' => {
                record.in_string = false;
                if record.depth == 1 {
                    record.string.1 = self.scanned;
                }
            }
            _ => {}
        }
        self.step(byte);
    }

    /// Takes a byte outside of strings. False if it closes what the record has not opened.
    fn step_outside(&mut self, byte: u8, record: &mut Record, blocks: &mut Vec<Block>) -> bool {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.step(byte);
                return true;
            }
            b'"' => {
                record.in_string = true;
                if record.depth == 1 {
                    record.string.0 = self.scanned + 1;
                }
            }
            b'[' if self.opens_value(record) => {
                self.step(byte);
                self.give_head(record, blocks);
                return true;
            }
            b'{' | b'[' => {
                record.depth += 1;
                if record.depth > MAX_DEPTH {
                    record.give_broken(P::JsonTooDeep, self.line, blocks);
                } else {
                    record.braces = record.braces << 1 | u64::from(byte == b'{');
                }
            }
            b'}' | b']' => {
                // It closes the nearest bracket of its kind, and with it those that were left open.
                while record.depth > 0 && !record.fits(byte) {
                    record.give_broken(P::BadJson, self.line, blocks);
                    record.close();
                }
                if record.depth == 0 {
                    return false;
                }
                record.close();
            }
            _ => {}
        }
        record.last = byte;
        self.step(byte);
        true
    }

    /// Whether a bracket here opens the array under the key `value` of an object in the place of a record.
    fn opens_value(&self, record: &Record) -> bool {
        let (start, end) = record.string;
        record.depth == 1
            && record.braces == 1
            && record.last == b':'
            && !record.is_given
            && self.lists.len() < MAX_LISTS
            && self.pending.get(start..end) == Some(b"value")
    }

    /// Gives what stands before the elements of an object's `value`, and goes on with the elements.
    fn give_head(&mut self, record: &mut Record, blocks: &mut Vec<Block>) {
        let mut text = self.text_of(record);
        text.extend_from_slice(AFTER_HEAD);
        blocks.push(Block {
            text,
            first_line: record.first_line,
            broken: None,
        });
        self.lists.push(List::Value);
        self.place = Place::Start;
        record.is_given = true;
        record.depth = 0;
    }

    /// Ends a record and gives it unless that has happened.
    fn end(&mut self, record: &mut Record, blocks: &mut Vec<Block>) -> bool {
        if !record.is_given {
            self.give(record, blocks);
        }
        false
    }

    fn give(&mut self, record: &mut Record, blocks: &mut Vec<Block>) {
        record.is_given = true;
        let text = self.text_of(record);
        // Files that were put together have byte order marks within.
        if text == "\u{feff}".as_bytes() {
            return;
        }
        blocks.push(Block {
            text,
            first_line: record.first_line,
            broken: None,
        });
    }

    fn text_of(&self, record: &Record) -> Vec<u8> {
        let text = &self.pending[record.start..self.scanned];
        match record.shape {
            Shape::Tail => [BEFORE_TAIL, text].concat(),
            Shape::Closed | Shape::Word => text.to_vec(),
        }
    }
}

impl Record {
    /// Gives the record as broken, once.
    fn give_broken(&mut self, code: P, line: u64, blocks: &mut Vec<Block>) {
        if !self.is_given {
            self.is_given = true;
            blocks.push(broken(code, line));
        }
    }

    /// Whether an object that begins a line cannot be a part of the record: then the record was cut off
    /// there, as lines of a log are, and the object is the next one.
    fn is_cut_off(&self) -> bool {
        self.in_string || self.is_given || !matches!(self.last, b':' | b',' | b'[')
    }

    /// Whether a closing bracket is of the kind of the innermost open one.
    fn fits(&self, bracket: u8) -> bool {
        self.depth > MAX_DEPTH || (self.braces & 1 == 1) == (bracket == b'}')
    }

    /// Closes the innermost bracket. Beyond the deepest level their kinds are not known.
    fn close(&mut self) {
        if self.depth <= MAX_DEPTH {
            self.braces >>= 1;
        }
        self.depth -= 1;
    }
}

/// Whether this text of a record stood behind the elements of an object's `value`, if it stood around them;
/// `None` if nothing stood there but the array, which looks the same on both sides.
pub(crate) fn is_behind_elements(text: &[u8]) -> Option<bool> {
    let is_told = text.strip_prefix(BEFORE_TAIL) != Some(AFTER_HEAD);
    is_told.then(|| text.starts_with(BEFORE_TAIL))
}

fn broken(code: P, line: u64) -> Block {
    Block {
        text: Vec::new(),
        first_line: line,
        broken: Some(code),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Short, so that small texts reach it.
    const FEW_BYTES: usize = 24;

    fn cut_all(max_record_bytes: usize, pieces: &[&[u8]]) -> Vec<Block> {
        let mut cutter = JsonCutter {
            max_record_bytes,
            ..JsonCutter::default()
        };
        let mut blocks = Vec::new();
        for piece in pieces {
            cutter.buffer().extend_from_slice(piece);
            blocks.extend(cutter.cut());
        }
        blocks.extend(cutter.finish());
        blocks
    }

    fn cut(text: &str) -> Vec<Block> {
        cut_all(MAX_RECORD_BYTES, &[text.as_bytes()])
    }

    /// Blocks in short: line and text, or line and code.
    fn told(text: &str) -> Vec<String> {
        let told = |block: Block| match block.broken {
            Some(code) => format!("{}: {code:?}", block.first_line),
            None => format!(
                "{}: {}",
                block.first_line,
                String::from_utf8_lossy(&block.text)
            ),
        };
        cut(text).into_iter().map(told).collect()
    }

    /// The records without what stands around them.
    fn records(text: &str) -> Vec<Value> {
        let parse = |block: Block| {
            assert_eq!(block.broken, None, "{text}");
            serde_json::from_slice::<Value>(&block.text).expect("a record is JSON")
        };
        let is_record = |value: &Value| value.get("value") != Some(&json!([]));
        cut(text).into_iter().map(parse).filter(is_record).collect()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a\"\\\\{}\\[\\],:\n\u{0}é😀]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c\"]{0,2}", inner, 0..4)
                    .prop_map(|object| Value::Object(object.into_iter().collect())),
            ]
        })
    }

    fn any_record() -> impl Strategy<Value = Value> {
        prop::collection::btree_map("[a-c]{1,2}", any_value(), 0..4)
            .prop_map(|object| Value::Object(object.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn where_a_file_is_cut_does_not_matter(
            text in r#"([\[\]{},:" \n\\1a]|"value":\[|\n\{"a":){0,60}"#,
            cuts in prop::collection::vec(0usize..120, 0..6),
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<_> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            for max_record_bytes in [FEW_BYTES, MAX_RECORD_BYTES] {
                prop_assert_eq!(
                    cut_all(max_record_bytes, &pieces),
                    cut_all(max_record_bytes, &[bytes])
                );
            }
        }

        #[test]
        fn records_are_found_in_every_layout(all in prop::collection::vec(any_record(), 0..5)) {
            let lines: String = all.iter().map(|record| format!("{record}\n\n")).collect();
            let pretty: String = all.iter().map(|record| format!("{record:#}")).collect();
            let page = json!({"@odata.context": "x", "@odata.nextLink": "y", "value": all, "z": [{"value": [1]}]});
            for text in [
                lines,
                pretty,
                json!(all).to_string(),
                format!("{:#}", json!(all)),
                page.to_string(),
                format!("{page:#}"),
                format!("\u{feff}{page}\u{feff}\r\n"),
            ] {
                prop_assert_eq!(&records(&text), &all, "{}", text);
            }
            let twice: Vec<_> = all.iter().chain(&all).cloned().collect();
            prop_assert_eq!(&records(&format!("{page}{page:#}")), &twice);
            prop_assert_eq!(&records(&json!([page, page]).to_string()), &twice);
        }

        #[test]
        fn a_document_that_is_cut_off_gives_its_whole_records_and_one_complaint(
            all in prop::collection::vec(any_record(), 1..5),
            at in 0usize..400,
        ) {
            let text = json!(all).to_string();
            let at = at % text.len();
            let blocks = cut_all(MAX_RECORD_BYTES, &[&text.as_bytes()[..at]]);
            let n_whole = blocks.iter().filter(|block| block.broken.is_none()).count();
            prop_assert_eq!(blocks.len() - n_whole, usize::from(at > 0));
            for (block, record) in blocks.iter().zip(&all).take(n_whole) {
                prop_assert_eq!(String::from_utf8_lossy(&block.text), record.to_string());
            }
        }
    }

    #[test]
    fn what_stands_around_the_elements_of_a_page_is_kept() {
        assert_eq!(
            told(
                "{\"@odata.context\":\"c\",\n\"value\":[{\"a\":1},\n{\"a\":2}],\n\"@odata.nextLink\":\"n\"}"
            ),
            [
                "1: {\"@odata.context\":\"c\",\n\"value\":[]}",
                "2: {\"a\":1}",
                "3: {\"a\":2}",
                "3: {\"value\":[],\n\"@odata.nextLink\":\"n\"}",
            ]
        );
    }

    #[test]
    fn a_list_that_is_not_closed_is_reported() {
        assert_eq!(told("[{},\n"), ["1: {}", "2: UnclosedJson"]);
        assert_eq!(told("[1\n"), ["1: 1", "2: UnclosedJson"]);
        assert_eq!(told("[1"), ["1: 1", "1: UnclosedJson"]);
        assert_eq!(told("[{\n"), ["1: UnclosedJson"]);
        assert_eq!(
            told("{\"value\":[{}"),
            ["1: {\"value\":[]}", "1: {}", "1: UnclosedJson"]
        );
    }

    #[test]
    fn only_an_array_under_value_is_a_list() {
        let text = r#"{"value":{"a":[1]},"b":"value","c":{"value":[2]}}"#;
        assert_eq!(told(text), [format!("1: {text}")]);
        let text = r#"[["value",[1]],{"a":"value"}]"#;
        assert_eq!(told(text), [r#"1: ["value",[1]]"#, r#"1: {"a":"value"}"#]);
    }

    #[test]
    fn what_is_no_record_is_reported_once_a_line() {
        assert_eq!(
            told("{},,,{}\n]]\n[1,,2,]"),
            [
                "1: {}",
                "1: BadJson",
                "1: {}",
                "2: BadJson",
                "3: 1",
                "3: BadJson",
                "3: 2",
            ]
        );
        assert_eq!(told("[{} {}]"), ["1: {}", "1: BadJson", "1: {}"]);
        assert_eq!(told("// note\n{}"), ["1: //", "1: note", "2: {}"]);
    }

    #[test]
    fn a_bracket_of_the_wrong_kind_breaks_its_record_only() {
        assert_eq!(
            told("[{\"a\":[1},\n{\"b\":2}]"),
            ["1: BadJson", "2: {\"b\":2}"]
        );
        assert_eq!(
            told("[{\"a\":1],\n{}"),
            ["1: BadJson", "1: BadJson", "2: {}"]
        );
    }

    #[test]
    fn a_line_that_is_cut_off_breaks_its_record_only() {
        for cut_off in ["{\"a\":{\"b\":1", "{\"a\":\"b", "{\"a\":[{}"] {
            let text = format!("{{}}\n{cut_off}\n{{\"c\":3}}\n");
            assert_eq!(
                told(&text),
                ["1: {}", "3: BadJson", "3: {\"c\":3}"],
                "{text}"
            );
        }
    }

    #[test]
    fn an_object_may_begin_a_line_where_a_value_may_stand() {
        let text = "{\n\"a\":\n{\n},\n\"b\": [\n{},\n{}\n]\n}";
        assert_eq!(told(text), [format!("1: {text}")]);
    }

    #[test]
    fn a_record_that_is_too_deep_is_skipped_to_its_end() {
        let deep = "[".repeat(70) + &"]".repeat(70);
        assert_eq!(
            told(&format!("[{{\"a\":{deep}}},\n{{}}]")),
            ["1: JsonTooDeep", "2: {}"]
        );
        assert_eq!(
            told(&format!("{{\"a\":{}\n{{}}", "[".repeat(100_000))),
            ["1: JsonTooDeep", "2: {}"]
        );
        let limit = MAX_DEPTH as usize - 1;
        let just = format!("{{\"a\":{}{}}}", "[".repeat(limit), "]".repeat(limit));
        assert_eq!(told(&just), [format!("1: {just}")]);
    }

    #[test]
    fn a_record_that_is_too_long_is_skipped_to_its_end() {
        let text = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(FEW_BYTES));
        let blocks = cut_all(FEW_BYTES, &[text.as_bytes()]);
        assert_eq!(blocks[0].broken, Some(P::RecordTooLong));
        assert_eq!(blocks[1].text, b"{}");
        assert_eq!(blocks.len(), 2);
    }
}
