//! The verdicts on all streams of an export, without reasons: column by column, as far as plain numbers tell them.

use std::ops::Range;

use callscope_kernel::{
    blocks::{self, BLOCK_ROWS},
    limits::{self, KEPT, Limit, PASSED, SILENT, Told, Watch},
};

use super::{Flag, Judge, NotAsked};
use crate::engine::model::by_code::ByCode;
use crate::engine::quality::{
    media::MediaType,
    metrics::Metric,
    presets::{HIGH_FRAME_LOSS, LOW_SHARING_FRAME_RATE, Preset, Rule, Rules},
};
use crate::protocol::Verdict;

/// The limits do not tell.
const NOT_PLAIN: u8 = 3;

/// The numbers of the verdicts behind what limits tell; what is not plain stays as it is.
const VERDICTS: [u8; 4] = {
    let mut verdicts = [NOT_PLAIN; 4];
    verdicts[SILENT as usize] = Verdict::Unclassified as u8;
    verdicts[KEPT as usize] = Verdict::Good as u8;
    verdicts[PASSED as usize] = Verdict::Poor as u8;
    verdicts
};

/// Media types that have rules, in the order of their steps.
const JUDGED: [MediaType; 4] = [
    MediaType::Audio,
    MediaType::Video,
    MediaType::Vbss,
    MediaType::AppSharing,
];

impl Judge<'_> {
    /// The numbers of the verdicts on the streams of so many rows, without reasons.
    pub fn verdicts(&self, preset: &Preset, n_rows: usize) -> Vec<u8> {
        let by_column = ByColumn::new(self, preset);
        let mut room = Room::default();
        let mut verdicts = vec![Verdict::Unclassified as u8; n_rows];
        blocks::each(n_rows, &mut |rows| {
            let verdicts = &mut verdicts[rows.clone()];
            by_column.judge(&rows, &mut room, verdicts);
            if !by_column.is_plain {
                let rows = rows.zip(verdicts);
                for (row, verdict) in rows.filter(|(_, verdict)| **verdict == NOT_PLAIN) {
                    *verdict = self.decide(preset, row, &mut NotAsked) as u8;
                }
            }
        });
        verdicts
    }
}

/// What judges rows column by column.
struct ByColumn<'judge> {
    /// The media types of rows, by number; without them all is audio.
    media: Option<ByCode<'judge, u8>>,
    /// What each of the media is judged by.
    steps: [Result<Steps<'judge>, NotPlain>; JUDGED.len()],
    is_plain: bool,
    /// Connections that failed.
    failed: Vec<Marks<'judge>>,
}

/// More than plain numbers has to be looked at.
struct NotPlain;

/// Marks of 0 or 1.
type Marks<'judge> = ByCode<'judge, u8>;

fn marks<'judge>(flag: &Flag<'judge>) -> Marks<'judge> {
    flag.map(u8::from)
}

/// What a medium is judged by.
struct Steps<'judge> {
    /// One after the other.
    limits: Vec<Step<'judge>>,
    /// Only the first one that tells something counts, and not the worst one.
    is_first: bool,
    /// So many packets make a verdict of Poor, where they are counted.
    packets: Option<Watch<'judge>>,
}

struct Step<'judge> {
    watch: Watch<'judge>,
    /// Rows that it does not apply to: those with this mark in any of the columns, or in none of them.
    except: Option<(u8, Vec<Marks<'judge>>)>,
}

/// Where a block is judged.
struct Room {
    kinds: Told,
    marks: Told,
    told: Told,
    of_kind: Told,
    all: Told,
}

impl Default for Room {
    fn default() -> Self {
        let none = [SILENT; BLOCK_ROWS];
        Self {
            kinds: none,
            marks: none,
            told: none,
            of_kind: none,
            all: none,
        }
    }
}

impl<'judge> ByColumn<'judge> {
    fn new(judge: &'judge Judge<'_>, preset: &Preset) -> Self {
        let steps = [
            steps(judge, &preset.audio, preset.audio_packets),
            steps(judge, &preset.video, preset.video_packets),
            steps(judge, &preset.vbss, None),
            steps(judge, &preset.app_sharing, None),
        ];
        Self {
            media: judge.media.numbers(),
            is_plain: steps.iter().all(Result::is_ok),
            steps,
            failed: judge.failed.iter().map(marks).collect(),
        }
    }

    /// Puts the numbers of the verdicts on some rows in their places.
    fn judge(&self, rows: &Range<usize>, room: &mut Room, verdicts: &mut [u8]) {
        match &self.media {
            Some(media) => media.copy(rows.clone(), &mut room.kinds),
            None => room.kinds.fill(MediaType::Audio as u8),
        }
        room.all.fill(SILENT);
        for (media, steps) in JUDGED.into_iter().zip(&self.steps) {
            match steps {
                Ok(steps) => steps.judge(rows, room),
                Err(NotPlain) => room.of_kind.fill(NOT_PLAIN),
            }
            limits::keep_kind(&mut room.of_kind, &room.kinds, media as u8);
            limits::take_worse(&mut room.all, &room.of_kind);
        }
        for failed in &self.failed {
            failed.copy(rows.clone(), &mut room.marks);
            limits::silence(&mut room.all, &room.marks, 1);
        }
        limits::translate(&room.all, &VERDICTS, verdicts);
    }
}

impl Steps<'_> {
    /// Judges some rows as if all of them were of this medium.
    fn judge(&self, rows: &Range<usize>, room: &mut Room) {
        room.of_kind.fill(SILENT);
        for step in &self.limits {
            step.watch.tell(rows.clone(), &mut room.told);
            if let Some((mark, columns)) = &step.except {
                gather(columns, rows, &mut room.marks);
                limits::silence(&mut room.told, &room.marks, *mark);
            }
            if self.is_first {
                limits::take_next(&mut room.of_kind, &room.told);
            } else {
                limits::take_worse(&mut room.of_kind, &room.told);
            }
        }
        if let Some(packets) = &self.packets {
            packets.tell(rows.clone(), &mut room.told);
            limits::take_back(&mut room.of_kind, &room.told);
        }
    }
}

/// Puts a mark for each row that has one in any of the columns.
fn gather(columns: &[Marks<'_>], rows: &Range<usize>, gathered: &mut Told) {
    gathered.fill(0);
    let mut marks = [0; BLOCK_ROWS];
    for column in columns {
        column.copy(rows.clone(), &mut marks);
        limits::take_worse(gathered, &marks);
    }
}

/// What rules come to, column by column.
fn steps<'judge>(
    judge: &'judge Judge<'_>,
    rules: &Rules,
    min_packets: Option<f64>,
) -> Result<Steps<'judge>, NotPlain> {
    let satin = || Some((1, vec![marks(judge.is_satin.as_ref()?)]));
    let any = |rule: &Rule| step(judge, rule, rule.not_for_satin.then(satin).flatten());
    let first = |rule: &Rule| step(judge, rule, None);
    let limits = match rules {
        Rules::AnyOf(rules) => rules.iter().map(any).collect::<Result<Vec<_>, _>>(),
        Rules::FirstOf(rules) => rules.iter().map(first).collect(),
        Rules::Sharing2024 => sharing_2024(judge).into_iter().collect(),
        Rules::FramesAndHeight => Err(NotPlain),
        Rules::None => Ok(Vec::new()),
    }?;
    let packets = match min_packets {
        Some(min_packets) => watch(judge, Metric::Packets, Limit::Above(min_packets))?,
        None => None,
    };
    Ok(Steps {
        limits: limits.into_iter().flatten().collect(),
        is_first: !matches!(rules, Rules::AnyOf(_)),
        packets,
    })
}

/// What a rule comes to; nothing, if the export has no column for its metric.
fn step<'judge>(
    judge: &'judge Judge<'_>,
    rule: &Rule,
    except: Option<(u8, Vec<Marks<'judge>>)>,
) -> Result<Option<Step<'judge>>, NotPlain> {
    let watch = watch(judge, rule.metric, rule.limit)?;
    Ok(watch.map(|watch| Step { watch, except }))
}

fn watch<'judge>(
    judge: &'judge Judge<'_>,
    metric: Metric,
    limit: Limit,
) -> Result<Option<Watch<'judge>>, NotPlain> {
    match judge.metrics.plain(metric) {
        Some(numbers) => Ok(Some(Watch::new(numbers, limit))),
        None if judge.metrics.has(metric) => Err(NotPlain),
        None => Ok(None),
    }
}

/// Both rules, of which the direction and the codec leave one, where the direction is known.
fn sharing_2024<'judge>(judge: &'judge Judge<'_>) -> [Result<Option<Step<'judge>>, NotPlain>; 2] {
    let except = |mark: u8| {
        let is_outbound = judge.is_outbound.as_ref()?;
        let by_rate = std::iter::once(is_outbound).chain(&judge.is_h264s);
        Some((mark, by_rate.map(marks).collect()))
    };
    [(HIGH_FRAME_LOSS, 1), (LOW_SHARING_FRAME_RATE, 0)]
        .map(|(rule, mark)| step(judge, &rule, except(mark)))
}
