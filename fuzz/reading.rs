//! Reads bytes as a file of one kind, and asks for all that a page could ask: nothing may panic, no row may
//! be lost.

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingColumn, BuildingsQuery, Choices, FileKind, FileTicket, PeopleQuery, PersonColumn,
    ReadSettings, Request, Role, RowCounts, Sheet, Sort, StreamsQuery, Window,
};

/// Reads the bytes as this kind of file, or as whatever they look like. The last byte chooses how they are
/// cut into slices.
pub fn read(kind: Option<FileKind>, data: &[u8]) {
    let Some((last, bytes)) = data.split_last() else {
        return;
    };
    let slice_bytes = [1, 7, 64, usize::MAX][usize::from(last % 4)];
    let mut session = Session::new(Role::Specialist);
    session.open(FileTicket {
        id: 0,
        name: "fuzz".to_owned(),
        size_bytes: bytes.len() as u64,
    });
    let settings = ReadSettings {
        kind,
        ..ReadSettings::default()
    };
    session.reread(0, settings);
    for slice in bytes.chunks(slice_bytes) {
        if !session.feed(0, slice) {
            break;
        }
    }
    session.finish(0);
    let RowCounts {
        read,
        used,
        duplicates,
        rejected,
        blank,
    } = session.cards()[0].rows;
    assert_eq!(read, used + duplicates + rejected + blank);
    for request in requests() {
        let _ = session.answer(&request);
    }
}

fn requests() -> Vec<Request> {
    let choices = Choices::default();
    let window = Window {
        first_idx: 0,
        n_rows: 100,
    };
    vec![
        Request::Overview(choices),
        Request::Buildings(BuildingsQuery {
            choices,
            search: String::new(),
            sort: Sort {
                by: BuildingColumn::Poor,
                descending: true,
            },
            window,
        }),
        Request::People(PeopleQuery {
            choices,
            search: String::new(),
            sort: Sort {
                by: PersonColumn::Poor,
                descending: true,
            },
            window,
        }),
        Request::Streams(StreamsQuery {
            choices,
            building: None,
            window,
        }),
        Request::Columns(0),
        Request::Download(Sheet::Rejected(0)),
    ]
}
