//! What the session answers, for its role.

use super::Session;
use crate::engine::redact::{self, Door, StreamsFile};
use crate::engine::report::Sources;
use crate::protocol::{Choices, FileId, FileKind, Request, Response, Role, Sheet, StreamsQuery};

/// A file of streams that is written part by part.
pub struct Writing {
    query: StreamsQuery,
    file: Option<StreamsFile>,
    /// As of when it was begun.
    n_changes: u32,
}

impl Session {
    /// Answers a request for the session's role.
    pub fn answer(&mut self, request: &Request) -> Response {
        match request {
            Request::Columns(id) => return self.of_file(*id, redact::columns),
            Request::Download(Sheet::Rejected(id)) => return self.of_file(*id, redact::rejected),
            Request::Download(Sheet::ColumnMap(id)) => {
                return self.of_file(*id, redact::column_map);
            }
            _ => {}
        }
        let choices = request.choices().copied().unwrap_or_default();
        let mut response = Response::NotForRole;
        self.at_door(choices, &mut |door| response = door.answer(request));
        response
    }

    /// A file of streams that is to be written part by part, if that is what is asked for.
    pub fn begin_writing(&self, request: &Request) -> Option<Writing> {
        let Request::Download(Sheet::Streams(query)) = request else {
            return None;
        };
        Some(Writing {
            query: query.clone(),
            file: None,
            n_changes: self.n_changes,
        })
    }

    /// Writes the next part. Gives the answer when all is written. If the files have changed or the role is another
    /// one, it begins anew, as soon as no more files are read.
    pub fn write_on(&mut self, writing: &mut Writing) -> Option<Response> {
        if writing.n_changes != self.n_changes {
            if self.is_reading() {
                return None;
            }
            writing.n_changes = self.n_changes;
            writing.file = None;
        }
        let mut response = None;
        let Writing { query, file, .. } = writing;
        self.at_door(query.choices, &mut |door| {
            response = door.write_streams(query, file);
        });
        response
    }

    /// Lets something be asked for the session's role.
    fn at_door(&mut self, choices: Choices, ask: &mut dyn FnMut(&Door<'_>)) {
        self.settle();
        let outcomes = self.outcomes.as_deref().unwrap_or_default();
        self.facts.prepare(
            &self.stock.buildings,
            &self.stock.tables,
            choices.mapping,
            choices.classifier,
        );
        let in_use = self.files.iter().filter(|file| file.is_counted());
        let files: Vec<FileKind> = in_use.filter_map(|file| file.kind).collect();
        let door = Door {
            role: self.role,
            named_for: self.role_unless_named(Role::Specialist),
            sources: Sources {
                buildings: &self.stock.buildings,
                tables: &self.stock.tables,
                outcomes,
                calls: &self.stock.calls,
                records: &self.stock.records,
                facts: &self.facts,
            },
            drawn: &self.drawn,
            files: &files,
        };
        ask(&door);
    }

    fn of_file(&self, id: FileId, answer: fn(Role, redact::ReadFile<'_>) -> Response) -> Response {
        self.file(id).map_or(Response::NotForRole, |file| {
            answer(self.role_of_files(), file.as_read())
        })
    }
}
