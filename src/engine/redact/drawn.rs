//! What was drawn last, kept for the role and the question, so that scrolling sorts nothing.

use super::places::{AllBuildings, AllNetworks};
use crate::engine::report::Kept;
use crate::protocol::{BuildingColumn, BuildingGroup, Choices, PersonColumn, Role, Sort};

/// The tables that were drawn last. To be forgotten with the files.
#[derive(Debug, Default)]
pub struct Drawn {
    pub(super) buildings: Kept<(Role, Choices), AllBuildings>,
    pub(super) networks: Kept<(Role, Choices, BuildingGroup), AllNetworks>,
    /// Indexes of the buildings that a search leaves, in order.
    pub(super) order_of_buildings: Kept<Order<BuildingColumn>, Vec<u32>>,
    /// Indexes of the people that a search leaves, in order.
    pub(super) order_of_people: Kept<Order<PersonColumn>, Vec<u32>>,
}

/// What decides about the order of a table: the role, the choices, the search and the sort.
pub(super) type Order<Column> = (Role, Choices, String, Sort<Column>);

/// The rows of a window, by the indexes of all rows in order.
pub(super) fn window(
    order: &[u32],
    window: crate::protocol::Window,
) -> impl Iterator<Item = usize> {
    let order = order.iter().skip(window.first_idx as usize);
    order.take(window.n_rows as usize).map(|idx| *idx as usize)
}
