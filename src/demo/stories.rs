//! What is planted in the demo tenant, so that every view has something to find.

/// One planted trouble and where it shows.
#[derive(Copy, Clone, Debug)]
pub struct Story {
    /// What is wrong, as an administrator would say it.
    pub title: &'static str,
    /// The value in the files that leads to it.
    pub thing: &'static str,
    /// What to look for.
    pub look_for: &'static str,
}

pub(super) const ACCESS_POINT_BUILDING: &str = "Amsterdam Zuid";
pub(super) const ACCESS_POINT_NUMBER: u8 = 5;
pub(super) const ACCESS_POINT_BSSID: &str = "02-1a-33-00-00-05";
pub(super) const VPN_BUILDING: &str = "Denver Tech Center";
pub(super) const PROXY_BUILDING: &str = "Singapore Harbour";
pub(super) const HEADSET: &str = "Contoso Voice 200";
pub(super) const DRIVER: &str = "Contoso Wireless AC";
pub(super) const DRIVER_VERSION: &str = "20.70.3";
pub(super) const CHANGED_BUILDING: &str = "Madrid Norte";
/// The 38th day, 2026-10-09.
pub(super) const CHANGED_FROM_DAY_IDX: u32 = 37;
pub(super) const MISSING_NETWORK_BUILDING: &str = "Toronto Bay";
/// 10.58.44.0/24.
pub(super) const MISSING_NETWORK: u32 = 0x0a3a_2c00;

/// The troubles of the demo tenant.
pub const STORIES: &[Story] = &[
    Story {
        title: "One bad Wi-Fi access point in Amsterdam Zuid",
        thing: ACCESS_POINT_BSSID,
        look_for: "Poor streams of the building gather at one BSSID; its other access points are fine.",
    },
    Story {
        title: "The VPN of Denver Tech Center takes a long way round",
        thing: VPN_BUILDING,
        look_for: "High round trip on the network with VPN in its name, and only there.",
    },
    Story {
        title: "A proxy forces Singapore Harbour to TCP",
        thing: PROXY_BUILDING,
        look_for: "Transport is mostly TCP instead of UDP, with more loss and jitter.",
    },
    Story {
        title: "The headset Contoso Voice 200 is bad everywhere",
        thing: HEADSET,
        look_for: "Poor streams of this headset in every building, high jitter above all.",
    },
    Story {
        title: "An outdated Wi-Fi driver, Contoso Wireless AC 20.70.3",
        thing: DRIVER_VERSION,
        look_for: "Poor streams on Wi-Fi with this version; newer versions of the driver are fine.",
    },
    Story {
        title: "Madrid Norte got worse on 9 October 2026",
        thing: CHANGED_BUILDING,
        look_for: "The share of poor streams before and after this day.",
    },
    Story {
        title: "A network of Toronto Bay is missing from the building file",
        thing: "10.58.44.0",
        look_for: "Calls from this network are not mapped, although the addresses are the office's.",
    },
    Story {
        title: "Offices with fewer than five people",
        thing: "Tallinn Hub",
        look_for: "Small groups are held back from a support specialist.",
    },
];
