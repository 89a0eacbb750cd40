//! A list of wireless access points: where the radio of each BSSID hangs.
//!
//! No service asks for this file; it is what the wireless controller or the network team exports. Headings
//! are required, their order is free, and only the BSSID and one column about its place must be there.

use super::{
    Format, Layout,
    cell::Marks,
    checks::{Check, Unique},
    sheet::{Sheet, records},
};
use crate::engine::fields::Catalog;
use crate::engine::location::mac::Mac;
use crate::protocol::{FileKind, ProblemCode};

/// How lists of access points are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::AccessPoints,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::AccessPoints,
        catalog: Catalog::AccessPoints,
        of: "columns of a list of access points",
        needs: &[
            &["BSSID"],
            &["Access Point", "Site", "Building", "Floor", "Room"],
        ],
        checks: &[Check {
            field: "BSSID",
            is_fine: |cell, _: Marks| Mac::parse(cell).is_some(),
            code: ProblemCode::NotAMac,
        }],
        unique: Some(Unique {
            field: "BSSID",
            key: |cell| Mac::parse(cell).map_or_else(Vec::new, |mac| mac.to_string().into_bytes()),
            code: ProblemCode::SameAccessPointTwice,
        }),
        finish: records,
    }),
};
