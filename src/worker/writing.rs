//! Writes big files part by part, so that others are answered meanwhile.

use super::pause::pause;
use super::{Shared, send};
use crate::engine::session::Writing;
use crate::protocol::Event;

/// Writes a file to its end and sends it as the answer to the request with this ticket.
pub(super) async fn write(shared: Shared, ticket: u32, mut writing: Writing) {
    loop {
        let response = shared.borrow_mut().session.write_on(&mut writing);
        if let Some(response) = response {
            return send(&Event::Answer { ticket, response });
        }
        pause(0).await;
    }
}
