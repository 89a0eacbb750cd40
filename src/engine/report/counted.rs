//! Which ends of streams are clients that count.

use callscope_kernel::blocks;

use crate::engine::fields::fields;
use crate::engine::model::{
    by_code::ByCode,
    column::TextColumn,
    dictionary::BLANK,
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

/// For each stream, whether an end is a client that counts.
///
/// `Is Server Pair` tells best; where it is silent the kind of program and of user do. An end of which
/// the export has no address column is not counted: nobody could say where it was.
pub(super) fn counted(streams: &Streams, end: End) -> Vec<bool> {
    let has_columns = |end: &End| end.has_any(streams, &ADDRESS_COLUMNS);
    if !has_columns(&end) && ENDS.iter().any(has_columns) {
        return vec![false; streams.n_rows];
    }
    let by_pair = Claim::new(streams.text(fields().named("Is Server Pair")), |pair| {
        let mut sides = pair.split(':').map(str::trim);
        let is_server = |side: Option<&str>| side.map(|side| side.eq_ignore_ascii_case("Server"));
        match (is_server(sides.next())?, is_server(sides.next())?) {
            (true, true) => Some(false),
            (false, false) => Some(true),
            _ => Some(end == End::Second),
        }
    });
    let by_user = Claim::new(end.text(streams, "UserType"), |user| {
        let is = |words: &[&str]| words.iter().any(|word| user.eq_ignore_ascii_case(word));
        match (is(&SERVICE_USERS), is(&["Unknown"])) {
            (true, _) => Some(false),
            (false, true) => None,
            (false, false) => Some(true),
        }
    });
    let by_agent = Claim::new(end.text(streams, "User Agent Category"), |agent| {
        let is_server = SERVER_AGENTS
            .iter()
            .any(|server| agent.eq_ignore_ascii_case(server));
        Some(!is_server)
    });
    let traces = ADDRESS_COLUMNS
        .iter()
        .chain(&PERSON_COLUMNS)
        .filter_map(|name| end.text(streams, name));
    // Column by column, as the first one nearly always tells of every row.
    let mut said = Said::new(streams.n_rows);
    said.take(&by_pair, |_| true);
    said.take(&by_agent, |is_client| !is_client);
    said.take(&by_user, |_| true);
    said.take(&by_agent, |_| true);
    if said.n_open > 0 {
        for column in traces {
            column.codes.for_each(|row, code| {
                if code != BLANK {
                    said.rows[row].get_or_insert(true);
                }
            });
        }
    }
    let mut are_counted = vec![false; streams.n_rows];
    blocks::each(streams.n_rows, &mut |rows| {
        for row in rows {
            are_counted[row] = said.rows[row] == Some(true);
        }
    });
    are_counted
}

/// What is said of each stream so far.
struct Said {
    rows: Vec<Option<bool>>,
    n_open: usize,
}

impl Said {
    fn new(n_rows: usize) -> Self {
        Self {
            rows: vec![None; n_rows],
            n_open: n_rows,
        }
    }

    /// Fills in what is open, as far as the claim is to be believed.
    fn take(&mut self, claim: &Claim<'_>, is_believed: impl Fn(bool) -> bool) {
        let (Some(claims), 1..) = (&claim.0, self.n_open) else {
            return;
        };
        claims.for_each(|row, claim| {
            let said = &mut self.rows[row];
            if said.is_none() && claim.is_some_and(&is_believed) {
                *said = claim;
                self.n_open -= 1;
            }
        });
    }
}

/// What a field claims of each stream, if the export has it and it says so.
struct Claim<'streams>(Option<ByCode<'streams, Option<bool>>>);

impl<'streams> Claim<'streams> {
    fn new(column: Option<&'streams TextColumn>, claim: impl Fn(&str) -> Option<bool>) -> Self {
        Self(column.map(|column| ByCode::new(column, |text| claim(&String::from_utf8_lossy(text)))))
    }
}
