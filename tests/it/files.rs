//! Stories in one string: several files, each behind a line `//- name`, read into a session.

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingColumn, BuildingsQuery, Choices, FileCard, FileTicket, Request, Response, Role,
    RowCounts, Sheet, Sort, Window,
};

/// A window that holds every row.
pub(crate) const EVERYTHING: Window = Window {
    first_idx: 0,
    n_rows: u32::MAX,
};

/// The files of a story, by name.
pub(crate) fn split(story: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in story.trim_start().lines() {
        if let Some(name) = line.strip_prefix("//- ") {
            files.push((name.to_owned(), String::new()));
            continue;
        }
        let (_, text) = files.last_mut().expect("a story begins with a name");
        text.push_str(line);
        text.push('\n');
    }
    files
}

/// A session that has read these files, in slices of so many bytes.
pub(crate) fn session_of(files: &[(String, Vec<u8>)], role: Role, slice_bytes: usize) -> Session {
    let mut session = Session::new(role);
    for (id, (name, bytes)) in (0..).zip(files) {
        session.open(FileTicket {
            id,
            name: name.clone(),
            size_bytes: bytes.len() as u64,
        });
        for slice in bytes.chunks(slice_bytes) {
            if !session.feed(id, slice) {
                break;
            }
        }
        session.finish(id);
    }
    session
}

/// A session that has read a story.
pub(crate) fn session(story: &str, role: Role) -> Session {
    let files: Vec<_> = split(story)
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    session_of(&files, role, usize::MAX)
}

/// The counts of a file, in which every row is accounted for.
#[track_caller]
pub(crate) fn accounted(card: &FileCard) -> RowCounts {
    let RowCounts {
        read,
        used,
        duplicates,
        rejected,
        blank,
    } = card.rows;
    assert_eq!(read, used + duplicates + rejected + blank, "{}", card.name);
    card.rows
}

/// Asks for all buildings, by name.
pub(crate) fn buildings_query(choices: Choices) -> BuildingsQuery {
    BuildingsQuery {
        choices,
        search: String::new(),
        sort: Sort {
            by: BuildingColumn::Building,
            descending: false,
        },
        window: EVERYTHING,
    }
}

/// The Buildings view as it would be downloaded.
pub(crate) fn buildings_csv(session: &mut Session, choices: Choices) -> String {
    let sheet = Sheet::Buildings(buildings_query(choices));
    match session.answer(&Request::Download(sheet)) {
        Response::Download(download) => {
            String::from_utf8(download.bytes).expect("downloads are UTF-8")
        }
        other => panic!("not a download: {other:?}"),
    }
}

/// Some columns of the Buildings view, a line a building.
pub(crate) fn buildings_table(session: &mut Session, choices: Choices, columns: &[&str]) -> String {
    let csv = buildings_csv(session, choices);
    let mut lines = csv.trim_start_matches('\u{FEFF}').lines().map(cells);
    let header = lines.next().expect("a header");
    let idx_of = |name: &&str| {
        header
            .iter()
            .position(|known| known == name)
            .expect("a column")
    };
    let idxs: Vec<usize> = columns.iter().map(idx_of).collect();
    let mut table = String::new();
    for cells in lines {
        let picked: Vec<&str> = idxs.iter().map(|idx| cells[*idx].as_str()).collect();
        table += &picked.join(" | ");
        table.push('\n');
    }
    table
}

/// The cells of a line of CSV without line ends in its cells.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut in_quotes = false;
    for letter in line.chars() {
        match letter {
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => cells.push(String::new()),
            _ => cells.last_mut().expect("there is a cell").push(letter),
        }
    }
    cells
}

/// A file's complaints, a line each: severity, code, place, how often.
pub(crate) fn complaints(card: &FileCard) -> String {
    let mut text = String::new();
    for problem in &card.problems {
        text += &format!("{:?} {:?}", problem.severity, problem.code);
        if let Some(line) = problem.line {
            text += &format!(" line {line}");
        }
        if let Some(column) = problem.column {
            text += &format!(" column {column}");
        }
        if let Some(heading) = &problem.heading {
            text += &format!(" ({heading})");
        }
        if problem.n_times > 1 {
            text += &format!(" x{}", problem.n_times);
        }
        text.push('\n');
    }
    text
}
