//! Each rule on each side of its limit, for each preset.

use callscope::engine::formats::Content;
use callscope::engine::formats::Intake;
use callscope::engine::quality::{Judge, preset};
use callscope::protocol::{Classifier, Limits, ReadSettings, RuleCode as R, Verdict};

use proptest::prelude::Just;

use Classifier::{CallRecordInsights, Cqd2018, CqdCurrent, RealTimeAnalytics};

/// The verdict and rules of one stream with these headings and cells.
fn judge(classifier: Classifier, cells: &str) -> (Verdict, Vec<R>) {
    let (headings, cells): (Vec<_>, Vec<_>) = cells
        .split(", ")
        .map(|cell| cell.split_once('=').expect("heading=cell"))
        .unzip();
    let mut intake = Intake::new(ReadSettings::default());
    let text = format!(
        "Second Subnet,{}\n10.0.0.0,{}\n",
        headings.join(","),
        cells.join(",")
    );
    intake.feed(text.as_bytes());
    let Content::Streams(streams) = intake.finish().expect("a readable file").result.content else {
        panic!("streams were written");
    };
    let judge = Judge::new(&streams);
    let judgment = judge.judge(&preset(classifier), 0);
    let verdicts = judge.verdicts(&preset(classifier), 1);
    assert_eq!(
        verdicts,
        [judgment.verdict as u8],
        "of {cells:?} without reasons"
    );
    (judgment.verdict, judgment.rules)
}

#[track_caller]
fn check(classifier: Classifier, cells: &str, verdict: Verdict, rules: &[R]) {
    assert_eq!(
        judge(classifier, cells),
        (verdict, rules.to_vec()),
        "{cells}"
    );
}

const GOOD: Verdict = Verdict::Good;
const POOR: Verdict = Verdict::Poor;
const UNCLASSIFIED: Verdict = Verdict::Unclassified;

#[test]
fn audio_is_poor_beyond_each_limit_and_good_at_it() {
    for classifier in [CqdCurrent, Cqd2018, CallRecordInsights] {
        check(
            classifier,
            "Media Type=Audio, Avg Round Trip=500",
            GOOD,
            &[],
        );
        check(
            classifier,
            "Media Type=Audio, Avg Round Trip=500.01",
            POOR,
            &[R::HighRoundTrip],
        );
        check(
            classifier,
            "Media Type=Audio, Avg Packet Loss Rate=0.1",
            GOOD,
            &[],
        );
        check(
            classifier,
            "Media Type=Audio, Avg Packet Loss Rate=0.101",
            POOR,
            &[R::HighPacketLoss],
        );
        check(classifier, "Media Type=Audio, Avg Jitter=30", GOOD, &[]);
        check(
            classifier,
            "Media Type=Audio, Avg Jitter=30.5",
            POOR,
            &[R::HighJitter],
        );
    }
}

#[test]
fn all_limits_that_were_passed_are_kept() {
    let cells = "Media Type=Audio, Avg Round Trip=900, Avg Packet Loss Rate=0.2, Avg Jitter=1";
    check(
        CqdCurrent,
        cells,
        POOR,
        &[R::HighRoundTrip, R::HighPacketLoss],
    );
}

#[test]
fn older_dashboards_look_at_five_metrics_but_not_two_of_them_for_satin() {
    check(Cqd2018, "Avg Audio Degradation=1.0", GOOD, &[]);
    check(
        Cqd2018,
        "Avg Audio Degradation=1.1",
        POOR,
        &[R::HighDegradation],
    );
    check(Cqd2018, "Avg Ratio Concealed Samples=0.07", GOOD, &[]);
    check(
        Cqd2018,
        "Avg Ratio Concealed Samples=0.08",
        POOR,
        &[R::HighConcealment],
    );
    check(
        Cqd2018,
        "Avg Audio Degradation=1.1, Payload Description=SATIN",
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    check(
        CqdCurrent,
        "Avg Audio Degradation=1.1, Avg Jitter=3",
        GOOD,
        &[],
    );
}

#[test]
fn a_limit_passed_by_few_packets_says_nothing() {
    let passed = "Media Type=Audio, Avg Jitter=99, Avg Packet Utilization=";
    let judged = |classifier, packets: &str| judge(classifier, &format!("{passed}{packets}")).0;
    assert_eq!(judged(CqdCurrent, "500"), UNCLASSIFIED);
    assert_eq!(judged(CqdCurrent, "501"), POOR);
    assert_eq!(judged(CqdCurrent, ""), UNCLASSIFIED);
    assert_eq!(judged(CallRecordInsights, "1000"), UNCLASSIFIED);
    assert_eq!(judged(CallRecordInsights, "1001"), POOR);
    assert_eq!(judged(Cqd2018, "3"), POOR);
    check(
        CqdCurrent,
        "Avg Jitter=3, Avg Packet Utilization=10",
        GOOD,
        &[],
    );
}

#[test]
fn without_metrics_or_connection_nothing_is_judged() {
    check(
        CqdCurrent,
        "Media Type=Audio, Avg Jitter=(Blank)",
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    check(
        CqdCurrent,
        "Avg Jitter=99, Second Connectivity Ice=FAILED",
        UNCLASSIFIED,
        &[R::ConnectionFailed],
    );
    check(
        CqdCurrent,
        "Media Type=Data, Avg Jitter=99",
        UNCLASSIFIED,
        &[R::MediaNotJudged],
    );
}

#[test]
fn of_video_the_first_metric_that_is_there_decides() {
    let check_video = |cells: &str, verdict, rules: &[R]| {
        check(
            CqdCurrent,
            &format!("Media Type=Video, {cells}"),
            verdict,
            rules,
        );
    };
    check_video(
        "Avg Video Local Frame Loss Percentage=50, Avg Video Frame Rate=1",
        GOOD,
        &[],
    );
    check_video(
        "Avg Video Local Frame Loss Percentage=51",
        POOR,
        &[R::HighFrameLoss],
    );
    check_video(
        "Avg Video Frame Rate=7, Avg Video Post FECPLR=0.9",
        GOOD,
        &[],
    );
    check_video("Avg Video Frame Rate=6.9", POOR, &[R::LowFrameRate]);
    check_video("Avg Video Post FECPLR=0.15", GOOD, &[]);
    check_video("Avg Video Post FECPLR=0.16", POOR, &[R::HighPostFecLoss]);
    check_video("Avg Jitter=99", UNCLASSIFIED, &[R::NoMetrics]);
}

#[test]
fn sharing_is_judged_by_direction_and_codec_since_2024() {
    let check_vbss = |cells: &str, verdict, rules: &[R]| {
        check(
            CqdCurrent,
            &format!("Media Type=VBSS, {cells}"),
            verdict,
            rules,
        );
    };
    let inbound = "Stream Direction=First-to-Second";
    let outbound = "Stream Direction=Second-to-First";
    let loss = "Avg Video Local Frame Loss Percentage=60";
    let still = "Avg Video Frame Rate=0.5";
    check_vbss(
        &format!("{inbound}, {loss}, {still}"),
        POOR,
        &[R::HighFrameLoss],
    );
    check_vbss(
        &format!("{inbound}, {still}"),
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    check_vbss(
        &format!("{outbound}, {loss}, {still}"),
        POOR,
        &[R::LowFrameRate],
    );
    check_vbss(
        &format!("{outbound}, {loss}"),
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    check_vbss(
        &format!("{inbound}, {loss}, Payload Description=H264S, {still}"),
        POOR,
        &[R::LowFrameRate],
    );
    check_vbss("Avg Video Frame Rate=1", GOOD, &[]);
    check(
        Cqd2018,
        "Media Type=VBSS, Avg Video Frame Rate=1.9",
        POOR,
        &[R::LowFrameRate],
    );
    check(
        CallRecordInsights,
        "Media Type=VBSS, Avg Video Frame Rate=2",
        GOOD,
        &[],
    );
}

#[test]
fn remote_desktop_sharing_has_three_limits() {
    let check_sharing = |cells: &str, verdict, rules: &[R]| {
        check(
            CqdCurrent,
            &format!("Media Type=AppSharing, {cells}"),
            verdict,
            rules,
        );
    };
    check_sharing("Avg AppSharing Spoiled Tile Percent Total=36", GOOD, &[]);
    check_sharing(
        "Avg AppSharing Spoiled Tile Percent Total=37",
        POOR,
        &[R::ManySpoiledTiles],
    );
    check_sharing(
        "Avg AppSharing RDP Tile Processing Latency=401",
        POOR,
        &[R::SlowTiles],
    );
    check_sharing(
        "Avg AppSharing Relative OneWay=1.76",
        POOR,
        &[R::SlowOneWay],
    );
    check_sharing("Avg AppSharing Relative OneWay=1.75", GOOD, &[]);
}

#[test]
fn real_time_analytics_is_not_content_with_a_limit_itself() {
    check(
        RealTimeAnalytics,
        "Avg Jitter=29.9, Avg Packet Loss Rate=0.049, Avg Round Trip=499",
        GOOD,
        &[],
    );
    check(RealTimeAnalytics, "Avg Jitter=30", POOR, &[R::HighJitter]);
    check(
        RealTimeAnalytics,
        "Avg Packet Loss Rate=0.05",
        POOR,
        &[R::HighPacketLoss],
    );
    check(
        RealTimeAnalytics,
        "Avg Round Trip=500",
        POOR,
        &[R::HighRoundTrip],
    );
    check(
        RealTimeAnalytics,
        "Outbound Bit Rate Avg=24000",
        POOR,
        &[R::LowAudioBitRate],
    );
    check(RealTimeAnalytics, "Outbound Bit Rate Avg=24001", GOOD, &[]);
    let video = "Media Type=Video, Avg Video Frame Rate=";
    let height = "Second Recv Resolution Height=";
    check(
        RealTimeAnalytics,
        &format!("{video}27, {height}720"),
        GOOD,
        &[],
    );
    check(
        RealTimeAnalytics,
        &format!("{video}12, {height}240"),
        GOOD,
        &[],
    );
    check(
        RealTimeAnalytics,
        &format!("{video}12, {height}720"),
        POOR,
        &[R::OddFrameRateOrSize],
    );
    check(
        RealTimeAnalytics,
        "Media Type=VBSS, Avg Video Frame Rate=1",
        UNCLASSIFIED,
        &[R::MediaNotJudged],
    );
}

#[test]
fn own_limits_are_each_optional() {
    let custom = |limits| Classifier::Custom(limits);
    let jitter_only = custom(Limits {
        jitter_ms: Some(10.0),
        ..Limits::default()
    });
    check(
        jitter_only,
        "Avg Jitter=11, Avg Round Trip=900",
        POOR,
        &[R::HighJitter],
    );
    check(jitter_only, "Avg Jitter=10, Avg Round Trip=900", GOOD, &[]);
    check(
        jitter_only,
        "Avg Round Trip=900",
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    let with_packets = custom(Limits {
        jitter_ms: Some(10.0),
        packets: Some(50.0),
        ..Limits::default()
    });
    check(
        with_packets,
        "Avg Jitter=11, Avg Packet Utilization=51",
        POOR,
        &[R::HighJitter],
    );
}

#[test]
fn ranges_are_judged_if_they_lie_on_one_side() {
    check(CqdCurrent, "Jitter=065: [2 - 3)", GOOD, &[]);
    check(CqdCurrent, "Jitter=090: [30 - 40)", POOR, &[R::HighJitter]);
    check(CqdCurrent, "Jitter=090: [20 - 30)", GOOD, &[]);
    check(
        CqdCurrent,
        "Jitter=090: [25 - 35)",
        UNCLASSIFIED,
        &[R::NoMetrics],
    );
    check(
        CqdCurrent,
        "Packet Loss Rate=080: [0.1 - 0.2)",
        POOR,
        &[R::HighPacketLoss],
    );
}

/// Ranges beside numbers have to be looked at row by row, so that few exports of the test have them.
const RANGES: [&str; 3] = [
    "Jitter",
    "Packet Utilization",
    "Video Local Frame Loss Percentage Avg",
];

/// Headings and cells that verdicts depend on.
const CELLS: [(&str, &[&str]); 20] = [
    (
        "Media Type",
        &["Audio", "Audio", "Video", "VBSS", "AppSharing", "Other", ""],
    ),
    ("Avg Round Trip", &["", "100", "500", "501"]),
    ("Avg Packet Loss Rate", &["", "0.01", "0.1", "0.2"]),
    ("Avg Jitter", &["", "3", "30", "31"]),
    (RANGES[0], &["", "010: [10 - 20)", "030: [30 - 40)"]),
    (RANGES[1], &["", "010: [100 - 200)", "030: [500 - 600)"]),
    (RANGES[2], &["", "010: [10 - 20)", "050: [50 - 60)"]),
    (
        "Avg AppSharing RDP Tile Processing Latency",
        &["", "400", "401"],
    ),
    ("Avg AppSharing Relative OneWay", &["", "1.75", "2"]),
    ("Avg Ratio Concealed Samples", &["", "0.07", "0.071"]),
    ("Avg Video Post FECPLR", &["", "0.15", "0.1501"]),
    (
        "Avg AppSharing Spoiled Tile Percent Total",
        &["", "36", "36.5"],
    ),
    ("Avg Audio Degradation", &["", "0.5", "1.5"]),
    ("Avg Packet Utilization", &["", "100", "500", "501", "1001"]),
    ("Avg Video Local Frame Loss Percentage", &["", "1", "51"]),
    ("Avg Video Frame Rate", &["", "0.5", "6", "29"]),
    ("Second Recv Resolution Height", &["", "180", "720"]),
    ("Payload Description", &["", "SATIN", "H264S"]),
    (
        "Stream Direction",
        &["First-to-Second", "Second-to-First", ""],
    ),
    (
        "Second Connectivity Ice",
        &["", "DIRECT", "DIRECT", "FAILED"],
    ),
];

proptest::proptest! {
    #[test]
    fn verdicts_without_reasons_are_the_same(
        rows in proptest::collection::vec(proptest::array::uniform20(0usize..100), 1..40),
        is_odd in proptest::array::uniform20(proptest::bool::weighted(0.2)),
        // Some are longer than the blocks that are judged together.
        n_times in proptest::prop_oneof![19 => Just(1), 1 => Just(60)],
    ) {
        let is_there = |(idx, (heading, _)): &(usize, &(&str, _))| is_odd[*idx] == RANGES.contains(heading);
        let columns = CELLS.iter().enumerate().filter(is_there);
        let columns: Vec<_> = columns.collect();
        let headings: String = columns.iter().map(|(_, (heading, _))| format!(",{heading}")).collect();
        let mut text = format!("Second Subnet{headings}\n");
        for row in std::iter::repeat_n(&rows, n_times).flatten() {
            let cell = |(idx, (_, cells)): &(usize, &(&str, &[&str]))| {
                format!(",{}", cells[row[*idx] % cells.len()])
            };
            let cells: String = columns.iter().map(cell).collect();
            text.push_str(&format!("10.0.0.0{cells}\n"));
        }
        let mut intake = Intake::new(ReadSettings::default());
        intake.feed(text.as_bytes());
        let Ok(loaded) = intake.finish() else { return Ok(()) };
        let Content::Streams(streams) = loaded.result.content else { return Ok(()) };
        let judge = Judge::new(&streams);
        let custom = Classifier::Custom(Limits { jitter_ms: Some(3.0), concealed_ratio: Some(0.07), packets: Some(500.0), ..Limits::default() });
        for classifier in [CqdCurrent, Cqd2018, CallRecordInsights, RealTimeAnalytics, custom] {
            let preset = preset(classifier);
            let explained = (0..streams.n_rows).map(|row| judge.judge(&preset, row).verdict as u8);
            let explained: Vec<u8> = explained.collect();
            proptest::prop_assert_eq!(judge.verdicts(&preset, streams.n_rows), explained);
        }
    }
}
