//! The catalogs: for each kind of export the columns that it can have.

use std::sync::LazyLock;

use super::Fields;

/// A list of fields that belong together: the columns of one kind of export.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub enum Catalog {
    /// Dimensions and measures of the Call Quality Dashboard.
    Cqd,
}

/// Each catalog and its lines.
static CATALOGS: LazyLock<Vec<(Catalog, Fields)>> = LazyLock::new(|| {
    let all = [(Catalog::Cqd, include_str!("cqd.tsv"))];
    all.map(|(catalog, table)| (catalog, Fields::read(table)))
        .into()
});

impl Catalog {
    /// The fields of the catalog.
    pub fn fields(self) -> &'static Fields {
        let (_, fields) = CATALOGS
            .iter()
            .find(|(catalog, _)| *catalog == self)
            .expect("each catalog has its lines");
        fields
    }

    /// All catalogs.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGS.iter().map(|(catalog, _)| *catalog)
    }
}
