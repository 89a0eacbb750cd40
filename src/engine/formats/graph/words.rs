//! The words of Microsoft Graph in the words of the Call Quality Dashboard. A word that is not known stays as it is.
//!
//! Graph's words: <https://learn.microsoft.com/graph/api/resources/callrecords-networkinfo>, its sisters
//! `mediastream`, `clientuseragent`, `serviceuseragent` and `userfeedback`. The dashboard's:
//! <https://learn.microsoft.com/microsoftteams/dimensions-and-measures-available-in-call-quality-dashboard>.

/// A word that says something. Graph has several for "not known".
pub(super) fn known(word: &str) -> Option<String> {
    let word = word.trim();
    let is_unknown = ["", "unknown", "unknownFutureValue", "invalid"]
        .iter()
        .any(|unknown| word.eq_ignore_ascii_case(unknown));
    (!is_unknown).then(|| word.to_owned())
}

/// The word that a table has for another; a word that is not in it stays.
fn renamed(word: &str, names: &[(&str, &str)]) -> Option<String> {
    let word = known(word)?;
    let found = names
        .iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name));
    Some(found.map_or(word, |(_, name)| (*name).to_owned()))
}

/// How an end was connected.
pub(super) fn connection(word: &str) -> Option<String> {
    let names = [
        ("wired", "Wired"),
        ("wifi", "WiFi"),
        ("mobile", "MobileBB"),
        ("tunnel", "Tunnel"),
    ];
    renamed(word, &names)
}

/// The frequency of a wireless network.
pub(super) fn wifi_band(word: &str) -> Option<String> {
    let names = [
        ("frequency24GHz", "2.4 Ghz"),
        ("frequency50GHz", "5.0 Ghz"),
        ("frequency60GHz", "60 Ghz"),
    ];
    renamed(word, &names)
}

/// The standard of a wireless network: `wifi80211ac` is `802.11ac`.
pub(super) fn wifi_radio(word: &str) -> Option<String> {
    let word = known(word)?;
    Some(match word.strip_prefix("wifi80211") {
        Some(letters) => format!("802.11{letters}"),
        None => word,
    })
}

/// The protocol below the media.
pub(super) fn transport(word: &str) -> Option<String> {
    renamed(word, &[("udp", "UDP"), ("tcp", "TCP")])
}

/// A rating as stars. Nobody is told apart who was not asked and who did not answer.
pub(super) fn rating(word: &str) -> Option<String> {
    if word.trim().eq_ignore_ascii_case("notRated") {
        return None;
    }
    let names = [
        ("bad", "1"),
        ("poor", "2"),
        ("fair", "3"),
        ("good", "4"),
        ("excellent", "5"),
    ];
    renamed(word, &names)
}

/// Meeting or call between two.
pub(super) fn session_type(word: &str) -> Option<String> {
    renamed(word, &[("groupCall", "Conf"), ("peerToPeer", "P2P")])
}

/// When a call failed.
pub(super) fn failure_stage(word: &str) -> Option<String> {
    renamed(word, &[("callSetup", "CallSetup"), ("midcall", "Midcall")])
}

/// The operating system, as far as the platform tells it.
pub(super) fn system(platform: &str) -> Option<String> {
    let names = [
        ("windows", "Windows"),
        ("macOS", "macOS"),
        ("iOS", "iOS"),
        ("android", "Android"),
    ];
    let no_system = ["web", "ipPhone", "roomSystem", "surfaceHub", "holoLens"];
    renamed(platform, &names).filter(|name| !no_system.contains(&name.as_str()))
}

/// The product of a client.
pub(super) fn product(family: &str) -> Option<String> {
    let names = [
        ("teams", "Teams"),
        ("skypeForBusiness", "Skype for Business"),
        ("lync", "Lync"),
        ("azureCommunicationServices", "Azure Communication Services"),
    ];
    renamed(family, &names)
}

/// The kind of program by a service's role.
pub(super) fn category_of_service(role: &str) -> Option<String> {
    let names = [
        ("skypeForBusinessAudioVideoMcu", "AV-MCU"),
        ("skypeForBusinessApplicationSharingMcu", "ASMCU"),
        ("skypeForBusinessMicrosoftTeamsGateway", "LyncTeamsGateway"),
        ("mediationServer", "MediationServer"),
        (
            "mediationServerCloudConnectorEdition",
            "CCE-MediationServer",
        ),
        ("gateway", "Gateway"),
        ("conferencingAttendant", "Conferencing_Attendant_1.0"),
        (
            "conferencingAnnouncementService",
            "Conferencing_Announcement_Service_1.0",
        ),
        ("voicemail", "Voicemail Service"),
    ];
    renamed(role, &names)
}

/// The kind of program by platform and product, where the dashboard has a word for both together.
pub(super) fn category_of_client(platform: &str, family: &str) -> Option<String> {
    let platform = known(platform)?.to_lowercase();
    match known(family)?.to_lowercase().as_str() {
        "teams" => {
            let names = [
                ("windows", "Windows"),
                ("macos", "Mac"),
                ("ios", "iOS"),
                ("android", "Android"),
                ("web", "Web"),
            ];
            let (_, name) = names.into_iter().find(|(word, _)| *word == platform)?;
            Some(format!("Microsoft Teams {name}"))
        }
        "skypeforbusiness" => {
            let names = [
                ("windows", "OC"),
                ("macos", "SfBForMac"),
                ("web", "LWA"),
                ("ipphone", "OCPhone"),
                ("roomsystem", "SkypeRoom"),
            ];
            let (_, name) = names.into_iter().find(|(word, _)| *word == platform)?;
            Some(name.to_owned())
        }
        _ => None,
    }
}

/// The telephone number that an id is, if it is one: `+4799…`, `tel:…`, `4:…`, masked or not.
pub(super) fn phone(id: &str) -> Option<String> {
    let id = id.trim();
    let number = ["tel:", "4:"]
        .iter()
        .find_map(|scheme| id.strip_prefix(scheme))
        .unwrap_or(id);
    let digits = number.strip_prefix('+').unwrap_or(number);
    // Longer ones are ids: a GUID may be of digits alone.
    let is_number = (3..=20).contains(&digits.len())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'-' | b' ' | b'(' | b')'));
    is_number.then(|| number.to_owned())
}

/// An id that is no telephone number. Those are of another class, by which roles see them or do not.
pub(super) fn object_id(id: &str) -> Option<String> {
    known(id).filter(|id| phone(id).is_none())
}

/// A hardware address; devices that hide theirs give one of zeros.
pub(super) fn mac(address: &str) -> Option<String> {
    let digits: String = address
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let is_hidden = digits == "020000000000" || digits.bytes().all(|byte| byte == b'0');
    (!is_hidden).then(|| address.to_owned())
}

/// A network's address without its length, which the dashboard does not write.
pub(super) fn subnet(network: &str) -> Option<String> {
    let address = network.split('/').next()?.trim();
    (!address.is_empty()).then(|| address.to_owned())
}

/// A link's speed in bit/s. Zero, and a number of 32 ones, stand for "not known".
pub(super) fn link_speed(bits_per_second: f64) -> Option<f64> {
    let is_unknown = bits_per_second <= 0.0 || bits_per_second.total_cmp(&4_294_967_295.0).is_eq();
    (!is_unknown).then_some(bits_per_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_no_object_id() {
        for number in [
            "+4755501234",
            "tel:+4755501234",
            "4:+47555012***",
            "112",
            "(425) 555-0100",
        ] {
            assert!(phone(number).is_some(), "{number}");
            assert_eq!(object_id(number), None, "{number}");
        }
        for id in [
            "821809f5-0000-0000-0000-3b5136c0e777",
            "00000000-0000-0000-0000-000000000030",
            "8:acs:0a000000",
            "guest-5",
            "anna@contoso.com",
        ] {
            assert_eq!(phone(id), None, "{id}");
            assert_eq!(object_id(id).as_deref(), Some(id));
        }
        assert_eq!(phone("tel:+4755501234").as_deref(), Some("+4755501234"));
    }

    #[test]
    fn words_that_say_nothing_are_blank_and_unknown_ones_stay() {
        for turn in [
            known, connection, wifi_band, wifi_radio, transport, rating, system, product,
        ] {
            for word in ["", " ", "unknown", "Unknown", "unknownFutureValue"] {
                assert_eq!(turn(word), None, "{word}");
            }
            assert_eq!(turn("newWord").as_deref(), Some("newWord"));
        }
        assert_eq!(rating("notRated"), None);
        assert_eq!(wifi_radio("wifi80211ac").as_deref(), Some("802.11ac"));
        assert_eq!(wifi_band("frequency24GHz").as_deref(), Some("2.4 Ghz"));
        assert_eq!(system("web"), None);
        assert_eq!(
            category_of_client("ipPhone", "skypeForBusiness").as_deref(),
            Some("OCPhone")
        );
    }

    #[test]
    fn hidden_addresses_and_speeds_are_blank() {
        for hidden in [
            "02:00:00:00:00:00",
            "00-00-00-00-00-00",
            "00-00-00-00-00-00-00-00",
        ] {
            assert_eq!(mac(hidden), None, "{hidden}");
        }
        assert!(mac("00-1b-44-11-3a-b7").is_some());
        assert_eq!(subnet("10.1.2.0/24").as_deref(), Some("10.1.2.0"));
        assert_eq!(link_speed(4_294_967_295.0), None);
        assert_eq!(link_speed(0.0), None);
        assert_eq!(link_speed(54_000_000.0), Some(54_000_000.0));
    }
}
