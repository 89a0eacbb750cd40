//! The browser of the tests, and the driver that browser tests steer it with.

use crate::failure::Failure;
use crate::program::{answer, find, run};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// A Chromium and the chromedriver beside it.
pub(crate) struct Chromium {
    browser: PathBuf,
    driver: PathBuf,
}

impl Chromium {
    /// Finds both, or installs them where that is possible.
    pub(crate) fn ready() -> Result<Self, Failure> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        if is_root_on_debian() {
            println!("Installing Chromium and its driver from Debian (a minute or two) …");
            apt_get(&["update"])?;
            apt_get(&[
                "install",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
            ])?;
        }
        Self::find().ok_or_else(|| {
            Failure(
                "Chromium (or Chrome) and a chromedriver of the same version are needed here. \
                 Debian: `apt-get install chromium chromium-driver` as root. \
                 Elsewhere install both, and put them on the PATH or name them in the variables \
                 CHROMIUM and CHROMEDRIVER."
                    .to_owned(),
            )
        })
    }

    /// Tells a program which browser and which driver to use.
    pub(crate) fn tell<'command>(&self, command: &'command mut Command) -> &'command mut Command {
        command
            .env("CHROMIUM", &self.browser)
            .env("CHROMEDRIVER", &self.driver)
    }

    fn find() -> Option<Self> {
        let browser = named_in("CHROMIUM")
            .or_else(|| BROWSERS.iter().find_map(|name| find(name)))
            .or_else(|| usual_places().into_iter().find(|path| path.is_file()))?;
        let driver = named_in("CHROMEDRIVER").or_else(|| find("chromedriver"))?;
        Some(Self { browser, driver })
    }
}

fn named_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

fn usual_places() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        ["Chromium", "Google Chrome"]
            .map(|name| format!("/Applications/{name}.app/Contents/MacOS/{name}").into())
            .to_vec()
    } else if cfg!(windows) {
        ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
            .into_iter()
            .filter_map(env::var_os)
            .map(|folder| PathBuf::from(folder).join(r"Google\Chrome\Application\chrome.exe"))
            .collect()
    } else {
        Vec::new()
    }
}

/// Only Debian itself: elsewhere these packages have other names or stand for a snap.
fn is_root_on_debian() -> bool {
    let is_debian = fs::read_to_string("/etc/os-release")
        .is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    is_debian && answer(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn apt_get(arguments: &[&str]) -> Result<(), Failure> {
    run(Command::new("apt-get")
        .arg("--quiet")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}
