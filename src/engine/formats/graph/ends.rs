//! Who is at the two ends of a row: a service or a client; and what follows from that.

use super::{flatten::field, words};
use crate::engine::fields::FieldId;
use crate::engine::formats::encoding;
use crate::engine::model::table::Table;

/// One of the two ends of a row in the flattened form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Caller,
    Callee,
}

/// The columns that tell of the ends.
pub(super) struct Ends<'table> {
    table: &'table Table,
    media_label: FieldId,
    call_type: FieldId,
    of: [OfEnd; 2],
}

/// The columns of one end.
struct OfEnd {
    endpoint_type: FieldId,
    role: FieldId,
    platform: FieldId,
    family: FieldId,
    phone: FieldId,
    id: FieldId,
    /// Columns that tell who it is.
    ids: Vec<(FieldId, &'static str)>,
}

/// The columns of who is at an end, and the dashboard's kind of user.
const KINDS: [(&str, &str, &str); 10] = [
    ("Caller_PhoneId", "Callee_PhoneId", "PSTN"),
    ("Caller_UserId", "Callee_UserId", "User"),
    ("Caller_OnPremisesId", "Callee_OnPremisesId", "User"),
    ("Caller_GuestId", "Callee_GuestId", "Anonymous"),
    ("Caller_EncryptedId", "Callee_EncryptedId", "Anonymous"),
    ("Caller_AcsUserId", "Callee_AcsUserId", "Anonymous"),
    ("Caller_SpoolUserId", "Callee_SpoolUserId", "Anonymous"),
    (
        "Caller_ApplicationInstanceId",
        "Callee_ApplicationInstanceId",
        "Application",
    ),
    (
        "Caller_AcsApplicationInstanceId",
        "Callee_AcsApplicationInstanceId",
        "Application",
    ),
    (
        "Caller_SpoolApplicationInstanceId",
        "Callee_SpoolApplicationInstanceId",
        "Application",
    ),
];

/// Kinds of media by what their labels contain, the first that fits, as Call Record Insights tells them.
const MEDIA: [(&str, &str); 3] = [
    ("audio", "Audio"),
    ("applicationsharing", "VBSS"),
    ("video", "Video"),
];

/// Kinds of media by the modality of a session without media.
const MODALITIES: [(&str, &str); 4] = [
    ("audio", "Audio"),
    ("video", "Video"),
    ("videoBasedScreenSharing", "VBSS"),
    ("screenSharing", "AppSharing"),
];

/// The words of a field for each row, if there are any.
pub(super) type Derived = (&'static str, Vec<Option<String>>);

impl<'table> Ends<'table> {
    /// The ends of the rows of a table in the flattened form.
    pub(super) fn new(table: &'table Table) -> Self {
        let of_end = |end: End| {
            let of = |caller, callee| {
                field(match end {
                    End::Caller => caller,
                    End::Callee => callee,
                })
            };
            let ids = KINDS.map(|(caller, callee, kind)| (of(caller, callee), kind));
            OfEnd {
                endpoint_type: of("Caller_EndpointType", "Callee_EndpointType"),
                role: of("Caller_ServiceRole", "Callee_ServiceRole"),
                platform: of("Caller_Platform", "Callee_Platform"),
                family: of("Caller_ProductFamily", "Callee_ProductFamily"),
                phone: of("Caller_PhoneId", "Callee_PhoneId"),
                id: of("Caller_Id", "Callee_Id"),
                ids: [
                    &ids[..],
                    &[
                        (
                            of("Caller_UserPrincipalName", "Callee_UserPrincipalName"),
                            "User",
                        ),
                        (of("Caller_Id", "Callee_Id"), "Unknown"),
                    ],
                ]
                .concat(),
            }
        };
        Self {
            table,
            media_label: field("MediaLabel"),
            call_type: field("CallType"),
            of: [End::Caller, End::Callee].map(of_end),
        }
    }

    /// Whether a row is one of a data channel.
    pub(super) fn is_data(&self, row: usize) -> bool {
        let label = self.words(self.media_label, row).to_lowercase();
        label.contains("data") && !MEDIA.iter().any(|(part, _)| label.contains(part))
    }

    /// Whether the dashboard's first end is the caller.
    pub(super) fn first_is_caller(&self, row: usize) -> bool {
        self.is_service(End::Caller, row) || !self.is_service(End::Callee, row)
    }

    /// Fields that follow from several columns.
    pub(super) fn derived(&self, rows: &[usize]) -> Vec<Derived> {
        let each = |words: &dyn Fn(usize) -> Option<String>| -> Vec<Option<String>> {
            rows.iter().map(|row| words(*row)).collect()
        };
        let at = |is_first: bool, row: usize| {
            if self.first_is_caller(row) == is_first {
                End::Caller
            } else {
                End::Callee
            }
        };
        vec![
            ("Media Type", each(&|row| self.media_type(row))),
            ("Stream Direction", each(&|row| self.direction(row))),
            ("Payload Description", each(&|row| self.codec(row))),
            (
                "Is Server Pair",
                each(&|row| Some(self.pair(row).to_owned())),
            ),
            (
                "First UserType",
                each(&|row| self.user_type(at(true, row), row)),
            ),
            (
                "Second UserType",
                each(&|row| self.user_type(at(false, row), row)),
            ),
            (
                "First User Agent Category",
                each(&|row| self.category(at(true, row), row)),
            ),
            (
                "Second User Agent Category",
                each(&|row| self.category(at(false, row), row)),
            ),
            ("Transport", each(&|row| self.transport(row))),
            (
                "QoE Record Available",
                each(&|row| Some(truth(self.has_media(row)))),
            ),
            ("Call Classification", each(&|row| self.classification(row))),
            (
                "Call Setup Failure Reason",
                each(&|row| self.setup_failure(row)),
            ),
        ]
    }

    fn words(&self, field: FieldId, row: usize) -> std::borrow::Cow<'_, str> {
        let text = self.table.text(field);
        encoding::words(text.map_or(b"", |column| column.text(row)))
    }

    /// A service by its kind or role; a telephone, which is behind one; or, in a meeting, an end that nothing is known of: clients of meetings
    /// talk to a service, which the newest records call by no name.
    fn is_service(&self, end: End, row: usize) -> bool {
        let of = &self.of[end as usize];
        if self
            .words(of.endpoint_type, row)
            .ends_with("serviceEndpoint")
            || words::known(&self.words(of.role, row)).is_some()
            || self.has(of.phone, row)
            || words::phone(&self.words(of.id, row)).is_some()
        {
            return true;
        }
        let is_anybody = of.ids.iter().any(|(field, _)| self.has(*field, row));
        let is_meeting = self
            .words(self.call_type, row)
            .eq_ignore_ascii_case("groupCall");
        let is_program = words::known(&self.words(of.platform, row)).is_some();
        is_meeting && !is_anybody && !is_program
    }

    fn has(&self, field: FieldId, row: usize) -> bool {
        !self.words(field, row).is_empty()
    }

    fn pair(&self, row: usize) -> &'static str {
        let is_service = [End::Caller, End::Callee].map(|end| self.is_service(end, row));
        match is_service {
            [true, true] => "Server : Server",
            [false, false] => "Client : Client",
            _ => "Client : Server",
        }
    }

    fn media_type(&self, row: usize) -> Option<String> {
        let label = self.words(self.media_label, row);
        let Some(label) = words::known(&label) else {
            let modalities = self.words(field("Modalities"), row);
            let first = modalities.split(';').next()?;
            let found = MODALITIES
                .iter()
                .find(|(word, _)| first.eq_ignore_ascii_case(word));
            return found.map(|(_, name)| (*name).to_owned());
        };
        let lower = label.to_lowercase();
        let found = MEDIA.iter().find(|(part, _)| lower.contains(part));
        Some(found.map_or(label, |(_, name)| (*name).to_owned()))
    }

    fn has_media(&self, row: usize) -> bool {
        self.has(self.media_label, row)
    }

    fn direction(&self, row: usize) -> Option<String> {
        let word = words::known(&self.words(field("StreamDirection"), row))?;
        let is_to_callee = word.eq_ignore_ascii_case("callerToCallee");
        if !is_to_callee && !word.eq_ignore_ascii_case("calleeToCaller") {
            return Some(word);
        }
        let is_from_first = is_to_callee == self.first_is_caller(row);
        let direction = if is_from_first {
            "First-to-Second"
        } else {
            "Second-to-First"
        };
        Some(direction.to_owned())
    }

    /// The codec of the stream's kind; streams of sound have one for pictures, too, which is not known.
    fn codec(&self, row: usize) -> Option<String> {
        let of = |name| words::known(&self.words(field(name), row));
        of("AudioCodec").or_else(|| of("VideoCodec"))
    }

    fn user_type(&self, end: End, row: usize) -> Option<String> {
        let mut ids = self.of[end as usize].ids.iter();
        let known = ids.find(|(field, _)| self.has(*field, row));
        match known {
            Some((_, "Unknown")) => None,
            Some((_, kind)) => Some((*kind).to_owned()),
            None if self.is_service(end, row) => Some("Server".to_owned()),
            None => None,
        }
    }

    fn category(&self, end: End, row: usize) -> Option<String> {
        let of = &self.of[end as usize];
        let (platform, family) = (self.words(of.platform, row), self.words(of.family, row));
        words::category_of_service(&self.words(of.role, row))
            .or_else(|| words::category_of_client(&platform, &family))
    }

    fn transport(&self, row: usize) -> Option<String> {
        let of = |name| words::transport(&self.words(field(name), row));
        of("Caller_NetworkTransportProtocol").or_else(|| of("Callee_NetworkTransportProtocol"))
    }

    fn failure_stage(&self, row: usize) -> Option<String> {
        words::known(&self.words(field("FailureStage"), row))
    }

    fn classification(&self, row: usize) -> Option<String> {
        self.failure_stage(row).map(|_| "Failure".to_owned())
    }

    fn setup_failure(&self, row: usize) -> Option<String> {
        let is_setup = self.failure_stage(row)?.eq_ignore_ascii_case("callSetup");
        let reason = words::known(&self.words(field("FailureReason"), row));
        reason.filter(|_| is_setup)
    }
}

fn truth(is_true: bool) -> String {
    if is_true { "True" } else { "False" }.to_owned()
}
