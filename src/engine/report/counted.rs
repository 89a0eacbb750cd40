//! Which ends of streams are clients that count.

use crate::engine::fields::fields;
use crate::engine::model::{
    by_code::ByCode,
    column::TextColumn,
    end::{ADDRESS_COLUMNS, ENDS, End, PERSON_COLUMNS},
    streams::Streams,
};

/// Kinds of users that are services, or telephones behind one: nowhere in a building.
const SERVICE_USERS: [&str; 4] = ["Server", "PSTN", "Voicemail", "Application"];

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

/// For each stream, whether an end is a client that counts: `COUNTS`, or anything else.
///
/// `Is Server Pair` tells best; where it is silent the kind of program and of user do. An end of which
/// the export has no address column is not counted: nobody could say where it was.
pub(super) fn counted(streams: &Streams, end: End) -> Vec<u8> {
    let has_columns = |end: &End| end.has_any(streams, &ADDRESS_COLUMNS);
    if !has_columns(&end) && ENDS.iter().any(has_columns) {
        return vec![COUNTS_NOT; streams.n_rows];
    }
    let by_pair = claims(streams.text(fields().named("Is Server Pair")), |pair| {
        let mut sides = pair.split(':').map(str::trim);
        let is_server = |side: Option<&str>| side.map(|side| side.eq_ignore_ascii_case("Server"));
        match (is_server(sides.next())?, is_server(sides.next())?) {
            (true, true) => Some(false),
            (false, false) => Some(true),
            _ => Some(end == End::Second),
        }
    });
    let by_user = claims(end.text(streams, "UserType"), |user| {
        let is = |words: &[&str]| words.iter().any(|word| user.eq_ignore_ascii_case(word));
        match (is(&SERVICE_USERS), is(&["Unknown"])) {
            (true, _) => Some(false),
            (false, true) => None,
            (false, false) => Some(true),
        }
    });
    let agents = end.text(streams, "User Agent Category");
    let is_server = |agent: &str| {
        let mut servers = SERVER_AGENTS.iter();
        servers.any(|server| agent.eq_ignore_ascii_case(server))
    };
    // A server's program tells more than the kind of user, another one less.
    let by_server = claims(agents, |agent| is_server(agent).then_some(false));
    let by_agent = claims(agents, |_| Some(true));
    let traces = ADDRESS_COLUMNS
        .iter()
        .chain(&PERSON_COLUMNS)
        .filter_map(|name| end.text(streams, name));
    // Column by column, as the first one nearly always tells of every row.
    let mut said = Said {
        rows: vec![OPEN; streams.n_rows],
        n_open: streams.n_rows,
    };
    said.take(by_pair);
    said.take(by_server);
    said.take(by_user);
    said.take(by_agent);
    for column in traces {
        said.take(Some(ByCode::new(column, |_| COUNTS)));
    }
    said.rows
}

/// Nothing is said of a stream yet.
const OPEN: u8 = 0;
/// Its end is a client.
pub(super) const COUNTS: u8 = 1;
/// Its end is none.
const COUNTS_NOT: u8 = 2;

/// What is said of each stream so far.
struct Said {
    rows: Vec<u8>,
    n_open: usize,
}

impl Said {
    /// Fills in what is open with what a field claims, if the export has it.
    fn take(&mut self, claims: Option<ByCode<'_, u8>>) {
        if let (Some(claims), 1..) = (claims, self.n_open) {
            self.n_open = claims.fill(OPEN, &mut self.rows);
        }
    }
}

/// What a field claims of each stream; where it says nothing, the claim is open.
fn claims(
    column: Option<&TextColumn>,
    claim: impl Fn(&str) -> Option<bool>,
) -> Option<ByCode<'_, u8>> {
    Some(ByCode::new(column?, |text| {
        match claim(&String::from_utf8_lossy(text)) {
            Some(true) => COUNTS,
            Some(false) => COUNTS_NOT,
            None => OPEN,
        }
    }))
}
