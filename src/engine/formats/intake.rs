//! Reads one file, slice by slice: first its kind, then its rows. Memory holds one slice and the columns.

use callscope_kernel::fingerprint::Fingerprint;

use super::{
    Assumed, ColumnRead, Loaded, Order, Reader,
    cutter::{Block, Cutter},
    encoding::{Decoder, Encoding},
    head::{self, DELIMITERS, Detected, HEAD_BYTES, LONG_HEAD_BYTES, SEEN_BYTES},
    json_cutter::JsonCutter,
    json_head::{JsonHead, Told, is_json},
    ranges::{Range, RangeRead, Ranges, ReaderId, Rest},
    sheet::SheetReader,
    table_block::Plan,
};
use crate::engine::diagnostic::Diagnostics;
use crate::protocol::{
    Assumptions, Delimiter, FileKind, ProblemCode, ReadSettings, RowCounts, TextEncoding,
};

/// A file on its way in.
pub struct Intake {
    settings: ReadSettings,
    stage: Stage,
    fingerprint: Fingerprint,
}

enum Stage {
    /// Too little has been seen to tell the kind.
    Head(Vec<u8>),
    /// The first records of a JSON file; one of them may be longer than a head.
    Json(Box<Json>),
    Reading(Box<Reading>),
    Refused(Diagnostics),
}

struct Json {
    encoding: Encoding,
    decoder: Decoder,
    head: JsonHead,
}

struct Reading {
    kind: FileKind,
    evidence: String,
    encoding: Encoding,
    decoder: Decoder,
    pieces: Pieces,
    n_fed_bytes: u64,
    /// Bytes that other readers have read already, when the rest is read in order after all.
    n_known_bytes: usize,
    ranges: Option<Ranges>,
    reader: Box<dyn Reader>,
}

/// What the text is cut into.
enum Pieces {
    /// Blocks of rows, whose cells stand between delimiters.
    Rows { cutter: Cutter, delimiter: u8 },
    /// Records of JSON, one a block.
    Records(JsonCutter),
}

impl Pieces {
    fn buffer(&mut self) -> &mut Vec<u8> {
        match self {
            Self::Rows { cutter, .. } => cutter.buffer(),
            Self::Records(cutter) => cutter.buffer(),
        }
    }

    fn cut(&mut self) -> Vec<Block> {
        match self {
            Self::Rows { cutter, .. } => cutter.cut(),
            Self::Records(cutter) => cutter.cut(),
        }
    }

    fn finish(&mut self) -> Vec<Block> {
        match self {
            Self::Rows { cutter, .. } => cutter.finish(),
            Self::Records(cutter) => cutter.finish(),
        }
    }

    fn delimiter(&self) -> Option<Delimiter> {
        match self {
            Self::Rows { delimiter, .. } => {
                let mut known = DELIMITERS.iter();
                known.find_map(|(known, byte)| (byte == delimiter).then_some(*known))
            }
            Self::Records(_) => None,
        }
    }
}

impl Intake {
    /// A file of which nothing is known but the user's word.
    pub fn new(settings: ReadSettings) -> Self {
        Self {
            settings,
            stage: Stage::Head(Vec::new()),
            fingerprint: Fingerprint::default(),
        }
    }

    /// Takes the next slice of the file.
    pub fn feed(&mut self, slice: &[u8]) {
        self.fingerprint.add(slice);
        match &mut self.stage {
            Stage::Head(head) if head.is_empty() && slice.len() >= HEAD_BYTES => {
                self.detect(slice, false);
            }
            Stage::Head(head) => {
                let was_seen = head.len() >= HEAD_BYTES;
                head.extend_from_slice(slice);
                if head.len()
                    >= if was_seen {
                        LONG_HEAD_BYTES
                    } else {
                        HEAD_BYTES
                    }
                {
                    let head = std::mem::take(head);
                    self.detect(&head, false);
                }
            }
            Stage::Json(_) => self.feed_json(slice),
            Stage::Reading(reading) => reading.feed(slice),
            Stage::Refused(_) => {}
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Loaded, Diagnostics> {
        if let Stage::Head(head) = &mut self.stage {
            let head = std::mem::take(head);
            self.detect(&head, true);
        }
        if let Stage::Json(json) = &mut self.stage {
            json.decoder.finish(json.head.cutter.buffer());
            let blocks = json.head.cutter.finish();
            json.head.blocks.extend(blocks);
            self.look(true);
        }
        match self.stage {
            Stage::Reading(reading) => Ok(reading.finish(self.fingerprint.finish())),
            Stage::Refused(diagnostics) => Err(diagnostics),
            Stage::Head(_) | Stage::Json(_) => Err(refusal(ProblemCode::NotRecognized)),
        }
    }

    /// What the file is, once that is known.
    pub fn kind(&self) -> Option<FileKind> {
        self.reading().map(|reading| reading.kind)
    }

    /// What separates its cells, likewise.
    pub fn delimiter(&self) -> Option<Delimiter> {
        self.reading()?.pieces.delimiter()
    }

    /// The columns of a table whose headings were read.
    pub fn columns(&mut self) -> &[ColumnRead] {
        match &mut self.stage {
            Stage::Reading(reading) => reading
                .reader
                .as_sheet()
                .map_or(&[], |sheet| sheet.columns()),
            _ => &[],
        }
    }

    /// Why it is taken for that.
    pub fn evidence(&self) -> &str {
        self.reading().map_or("", |reading| &reading.evidence)
    }

    /// What has become of the rows so far.
    pub fn rows(&self) -> RowCounts {
        self.reading()
            .map_or_else(RowCounts::default, |reading| reading.reader.rows())
    }

    /// How much memory the columns take so far.
    pub fn n_bytes(&self) -> usize {
        self.reading().map_or(0, |reading| reading.reader.n_bytes())
    }

    /// Whether the rest of the file need not be read.
    pub fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused(_))
    }

    /// Goes on in ranges, if this file can be read so: a table with headings in UTF-8, of which the first
    /// bytes were fed. `size_bytes` is the length of the file.
    pub fn begin_ranges(&mut self, size_bytes: u64, range_bytes: u64) -> bool {
        let Stage::Reading(reading) = &mut self.stage else {
            return false;
        };
        let has_plan = |sheet: &mut SheetReader| sheet.plan().is_some();
        let (Encoding::Utf8, Pieces::Rows { cutter, .. }, Some(true)) = (
            reading.encoding,
            &reading.pieces,
            reading.reader.as_sheet().map(has_plan),
        ) else {
            return false;
        };
        let Some((n_open_bytes, line)) = cutter.open_record() else {
            return false;
        };
        let start = reading.n_fed_bytes - n_open_bytes as u64;
        // Readers give the fingerprints of their ranges, that of the first one included.
        self.fingerprint = Fingerprint::default();
        reading.ranges = Some(Ranges::new(size_bytes, range_bytes, start, line));
        true
    }

    /// How much memory the columns of a file of this length take at least, going by the rows so far.
    pub fn least_bytes(&mut self, size_bytes: u64) -> u64 {
        let Stage::Reading(reading) = &mut self.stage else {
            return 0;
        };
        let n_fed_bytes = reading.n_fed_bytes.max(1);
        let n_rows = reading.reader.rows().used * (size_bytes / n_fed_bytes);
        let sheet = reading.reader.as_sheet();
        let plan = sheet.and_then(|sheet| sheet.plan());
        plan.map_or(0, |plan| n_rows * plan.least_row_bytes())
    }

    /// The next ranges for one of so many readers, in a row; none if all are given, or too many wait for their
    /// turn.
    pub fn next_run(&mut self, n_readers: u32) -> Vec<Range> {
        let ranges = self.ranges();
        ranges.map_or_else(Vec::new, |ranges| ranges.next_run(n_readers))
    }

    /// Whether readers have all ranges of the file, or there are none.
    pub fn are_given(&self) -> bool {
        let ranges = self.reading().and_then(|reading| reading.ranges.as_ref());
        ranges.is_none_or(Ranges::are_given)
    }

    /// Reads a range once more: its reader is gone.
    pub fn give_again(&mut self, range: Range) {
        if let Some(ranges) = self.ranges() {
            ranges.give_again(range);
        }
    }

    /// Takes what a reader made of a range. Gives what is to be done with the rest, and how many bytes are done.
    pub fn take_range(&mut self, reader: ReaderId, read: RangeRead) -> (Rest, u64) {
        let Stage::Reading(reading) = &mut self.stage else {
            return (Rest::Nothing, 0);
        };
        let reading = &mut **reading;
        let sheet = reading.reader.as_sheet().and_then(SheetReader::joining);
        let (Some(ranges), Some((plan, joining))) = (&mut reading.ranges, sheet) else {
            return (Rest::Nothing, 0);
        };
        let (pieces, rest) = ranges.take(reader, read, &plan.columns, joining);
        for piece in pieces {
            self.fingerprint.add_piece(piece);
        }
        let done_bytes = ranges.done_bytes();
        if let Rest::InOrder(from) = rest {
            reading.n_known_bytes = (done_bytes - from) as usize;
        }
        if let (Rest::InOrder(_) | Rest::Nothing, Pieces::Rows { cutter, delimiter }) =
            (rest, &mut reading.pieces)
        {
            *cutter = Cutter::at_line(*delimiter, ranges.line());
            reading.ranges = None;
        }
        (rest, done_bytes)
    }

    /// How rows are read, if this is a table with headings.
    pub(super) fn into_plan(self) -> Option<Plan> {
        let Stage::Reading(mut reading) = self.stage else {
            return None;
        };
        reading.reader.as_sheet()?.plan().cloned()
    }

    fn ranges(&mut self) -> Option<&mut Ranges> {
        match &mut self.stage {
            Stage::Reading(reading) => reading.ranges.as_mut(),
            _ => None,
        }
    }

    fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Reading(reading) => Some(reading),
            _ => None,
        }
    }

    fn detect(&mut self, head: &[u8], is_whole: bool) {
        let chosen = self.settings.encoding.map(Encoding::of);
        let encoding = chosen.unwrap_or_else(|| Encoding::detect(head));
        let mut text = Vec::new();
        let mut decoder = Decoder::new(encoding);
        let n_seen = if is_whole { head.len() } else { SEEN_BYTES };
        let (seen, unseen) = head.split_at(n_seen.min(head.len()));
        decoder.decode(seen, &mut text);
        self.stage = if text.trim_ascii().is_empty() {
            Stage::Refused(refusal(ProblemCode::Empty))
        } else if text.contains(&0) {
            Stage::Refused(refusal(ProblemCode::NotText))
        } else if is_json(&text) {
            self.stage = Stage::Json(Box::new(Json {
                encoding,
                decoder: Decoder::new(encoding),
                head: JsonHead::default(),
            }));
            return self.feed_json(head);
        } else if let Some(detected) = head::detect(&text, is_whole, &self.settings).or_else(|| {
            if head.len() < LONG_HEAD_BYTES {
                return None;
            }
            decoder.decode(unseen, &mut text);
            head::detect(&text, is_whole, &self.settings)
        }) {
            let mut reading = Reading::new(encoding, detected, &self.settings);
            reading.feed(head);
            Stage::Reading(Box::new(reading))
        } else if is_whole || head.len() >= LONG_HEAD_BYTES {
            Stage::Refused(refusal(ProblemCode::NotRecognized))
        } else {
            // A quote that is never closed is known for that only by what comes long after it.
            Stage::Head(head.to_vec())
        };
    }

    fn feed_json(&mut self, slice: &[u8]) {
        if let Stage::Json(json) = &mut self.stage {
            json.decoder.decode(slice, json.head.cutter.buffer());
            let blocks = json.head.cutter.cut();
            json.head.blocks.extend(blocks);
            self.look(false);
        }
    }

    /// Looks at the first records, and reads on if they tell what the file is.
    fn look(&mut self, is_whole: bool) {
        let Stage::Json(json) = &mut self.stage else {
            return;
        };
        let told = json.head.look(is_whole, &self.settings);
        let (format, finding) = match told {
            Told::NeedsMore => return,
            Told::Refused(diagnostics) => {
                self.stage = Stage::Refused(diagnostics);
                return;
            }
            Told::Known(format, finding) => (format, finding),
        };
        let Stage::Json(json) = std::mem::replace(&mut self.stage, Stage::Head(Vec::new())) else {
            return;
        };
        let mut reading = Reading {
            kind: format.kind,
            evidence: finding.evidence,
            encoding: json.encoding,
            decoder: json.decoder,
            pieces: Pieces::Records(json.head.cutter),
            n_fed_bytes: 0,
            n_known_bytes: 0,
            ranges: None,
            reader: format.reader_of_records(),
        };
        reading.read(&json.head.blocks);
        self.stage = Stage::Reading(Box::new(reading));
    }
}

impl Reading {
    fn new(encoding: Encoding, detected: Detected, settings: &ReadSettings) -> Self {
        let Detected {
            format,
            finding,
            head,
        } = detected;
        let assumed = Assumed {
            delimiter: head.delimiter,
            decimal_mark: settings.decimal_mark,
            date_order: settings.date_order,
            columns: settings.columns.clone(),
        };
        Self {
            kind: format.kind,
            evidence: finding.evidence,
            encoding,
            decoder: Decoder::new(encoding),
            pieces: Pieces::Rows {
                cutter: Cutter::new(head.delimiter),
                delimiter: head.delimiter,
            },
            n_fed_bytes: 0,
            n_known_bytes: 0,
            ranges: None,
            reader: format.reader(&head, &assumed),
        }
    }

    fn feed(&mut self, slice: &[u8]) {
        self.n_fed_bytes += slice.len() as u64;
        let n_known = self.n_known_bytes.min(slice.len());
        self.n_known_bytes -= n_known;
        self.decoder.decode(&slice[n_known..], self.pieces.buffer());
        let blocks = self.pieces.cut();
        self.read(&blocks);
    }

    fn finish(mut self, fingerprint: u64) -> Loaded {
        self.decoder.finish(self.pieces.buffer());
        let blocks = self.pieces.finish();
        self.read(&blocks);
        let mut result = self.reader.finish();
        if self.decoder.n_replaced > 0 {
            result.diagnostics.file(ProblemCode::BadEncoding);
        }
        let has_odd_cells = result.diagnostics.has(ProblemCode::BadEncoding);
        Loaded {
            evidence: self.evidence,
            fingerprint,
            assumptions: Assumptions {
                encoding: match self.encoding {
                    Encoding::Utf8 if has_odd_cells => TextEncoding::Windows1252,
                    encoding => encoding.name(),
                },
                delimiter: self.pieces.delimiter(),
                decimal_mark: result.decimal_mark,
                date_order: match result.order {
                    Order::Known(order) => Some(order),
                    Order::NotAsked | Order::Open(_) => None,
                },
            },
            result,
        }
    }

    fn read(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.reader.read(block);
        }
    }
}

fn refusal(code: ProblemCode) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    diagnostics.file(code);
    diagnostics
}
