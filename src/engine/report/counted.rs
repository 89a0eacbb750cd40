//! Which ends of streams are clients that count.

use super::end_runs::{EndRuns, RunColumn};
use crate::engine::model::{
    by_code::ByCode,
    dictionary::BLANK,
    end::{ADDRESS_COLUMNS, ENDS, End, PERSON_COLUMNS},
    streams::Streams,
};

/// Kinds of users that are services, or telephones behind one: nowhere in a building, whatever the pair says.
const SERVICE_USERS: [&str; 3] = ["PSTN", "Voicemail", "Application"];

/// Agents that are servers, from the list of User Agent Category values.
const SERVER_AGENTS: [&str; 12] = [
    "AV-MCU",
    "MediationServer",
    "CCE-MediationServer",
    "Gateway",
    "Conferencing_Attendant_1.0",
    "Conferencing_Announcement_Service_1.0",
    "LyncTeamsGateway",
    "Voicemail Service",
    "MC-Multipoint",
    "ASMCU",
    "IM-MCU",
    "Mediation Server",
];

/// For each run of streams, whether its end is a client that counts: `COUNTS`, or anything else.
///
/// `Is Server Pair` tells best of servers; where it is silent the kind of program and of user do. An end of which
/// the export has no address column is not counted: nobody could say where it was.
pub(super) fn counted(streams: &Streams, runs: &EndRuns) -> Vec<u8> {
    let (end, n_runs) = (runs.end(), runs.n());
    let has_columns = |end: &End| end.has_any(streams, &ADDRESS_COLUMNS);
    if !has_columns(&end) && ENDS.iter().any(has_columns) {
        return vec![COUNTS_NOT; n_runs];
    }
    let pairs = runs.pairs(streams);
    let users = runs.text(streams, "UserType");
    let agents = runs.text(streams, "User Agent Category");
    let by_pair = claims(pairs.as_ref(), |pair| {
        let mut sides = pair.split(':').map(str::trim);
        let is_server = |side: Option<&str>| side.map(|side| side.eq_ignore_ascii_case("Server"));
        match (is_server(sides.next())?, is_server(sides.next())?) {
            (true, true) => Some(false),
            (false, false) => Some(true),
            _ => Some(end == End::Second),
        }
    });
    let is_service = |user: &str| {
        let mut services = SERVICE_USERS.iter();
        services.any(|service| user.eq_ignore_ascii_case(service))
    };
    let by_service = claims(users.as_ref(), |user| is_service(user).then_some(false));
    let by_user = claims(users.as_ref(), |user| {
        (!user.eq_ignore_ascii_case("Unknown")).then(|| !user.eq_ignore_ascii_case("Server"))
    });
    let is_server = |agent: &str| {
        let mut servers = SERVER_AGENTS.iter();
        servers.any(|server| agent.eq_ignore_ascii_case(server))
    };
    // A server's program tells more than the kind of user, another one less.
    let by_server = claims(agents.as_ref(), |agent| is_server(agent).then_some(false));
    let by_agent = claims(agents.as_ref(), |_| Some(true));
    let traces = ADDRESS_COLUMNS.iter().chain(&PERSON_COLUMNS);
    // Column by column, as the first one nearly always tells of every run.
    let mut said = Said {
        runs: vec![OPEN; n_runs],
        n_open: n_runs,
    };
    said.take(by_service);
    said.take(by_pair);
    said.take(by_server);
    said.take(by_user);
    said.take(by_agent);
    for name in traces {
        if said.n_open > 0
            && let Some(trace) = runs.text(streams, name)
        {
            let is_there = |code| if code == BLANK { OPEN } else { COUNTS };
            said.take(Some(trace.by_code(is_there)));
        }
    }
    said.runs
}

/// Nothing is said of a run yet.
const OPEN: u8 = 0;
/// Its end is a client.
pub(super) const COUNTS: u8 = 1;
/// Its end is none.
const COUNTS_NOT: u8 = 2;

/// What is said of each run so far.
struct Said {
    runs: Vec<u8>,
    n_open: usize,
}

impl Said {
    /// Fills in what is open with what a field claims, if the export has it.
    fn take(&mut self, claims: Option<ByCode<'_, u8>>) {
        if let (Some(claims), 1..) = (claims, self.n_open) {
            self.n_open = claims.fill(OPEN, &mut self.runs);
        }
    }
}

/// What a field claims of each run; where it says nothing, the claim is open.
fn claims<'runs>(
    column: Option<&'runs RunColumn<'_>>,
    claim: impl Fn(&str) -> Option<bool>,
) -> Option<ByCode<'runs, u8>> {
    Some(
        column?.by_text(|text| match claim(&String::from_utf8_lossy(text)) {
            Some(true) => COUNTS,
            Some(false) => COUNTS_NOT,
            None => OPEN,
        }),
    )
}
