//! The envelope: what the page tells the worker to do, and what the worker reports.

use serde::{Deserialize, Serialize};

use super::{FileCard, FileId, FileTicket, ReadSettings, Request, Response, Role};

/// What the page tells the worker. File handles of `Open` travel beside it, in the order of the tickets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The first command of a session: the role that everything is redacted for.
    Start(Role),
    /// Find and name people by their whole names only, in every role, until the session ends.
    RequireWholeNames,
    /// Read these files, in this order.
    Open(Vec<FileTicket>),
    /// Make the demo tenant and read it, under these two ids.
    OpenDemo([FileId; 2]),
    /// Stop reading this file; the session stays as if it had not been chosen.
    Cancel(FileId),
    /// Forget this file.
    Remove(FileId),
    /// The user's word on the question that this file asks.
    Reply {
        /// The file that asks.
        file: FileId,
        /// Yes or no.
        yes: bool,
    },
    /// Read this file again, as the user says.
    Reread {
        /// The file.
        file: FileId,
        /// What the user decided about it.
        settings: ReadSettings,
    },
    /// Redact for this role from now on. A role never rises within a session: a higher one is ignored.
    LowerRole(Role),
    /// This helper will not answer any more, for this reason.
    HelperGone(HelperId, Loss),
    /// Answer this request.
    Ask {
        /// Comes back with the answer.
        ticket: u32,
        /// The question, complete in itself.
        request: Request,
    },
}

/// What the worker reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The engine is ready for files.
    Started,
    /// All files of the session as they stand now; while files are read, some ten times a second.
    Files(Vec<FileCard>),
    /// The answer to a request.
    Answer {
        /// The ticket of the request.
        ticket: u32,
        /// What the role may see.
        response: Response,
    },
    /// The browser refused an attempt of the engine's program to reach somebody.
    Refused,
}

/// What the engine calls one of its helpers. Numbers are not used again within a session.
pub type HelperId = u32;

/// A worker that does a part of the engine's work. The page starts it, and both talk without the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelperKind {
    /// Reads ranges of big files.
    Reader,
    /// Opens packages, and makes the demo tenant.
    Unpacker,
}

/// What the worker wants of the page for its helpers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelperCall {
    /// Start one. The port to be handed to it travels beside this.
    Start(HelperId, HelperKind),
    /// End it at once.
    End(HelperId),
}

/// Why a helper does not answer any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// It could not be started.
    NotStarted,
    /// It failed.
    Failed,
}

/// What the worker says: a report `E`, which is an [`Event`], or a wish that concerns its helpers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Word<E> {
    /// What it reports.
    Event(E),
    /// What it wants done.
    Call(HelperCall),
}
