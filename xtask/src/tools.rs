//! The tools that turn Rust into a page: trunk, and the wasm-bindgen that the page was compiled for.
//!
//! They live in a per-user cache, in a folder for each version, so that a new clone finds them.

use crate::failure::Failure;
use crate::program::{answer, run};
use crate::{lockfile, toolchain};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Later versions ask for a newer compiler than the project does.
const TRUNK_VERSION: &str = "0.21.14";

/// Runs on the stable compiler as long as no sanitizer is asked for.
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// `cargo fuzz`, installed if it is missing.
pub(crate) fn cargo_fuzz() -> Result<Command, Failure> {
    let folder = Tool {
        package: "cargo-fuzz",
        version: CARGO_FUZZ_VERSION.to_owned(),
        programs: &["cargo-fuzz"],
        minutes: 2,
    }
    .ready()?;
    let mut command = Command::new("cargo");
    command.env("PATH", path_with(folder)).arg("fuzz");
    Ok(command)
}

/// Where the tools are.
pub(crate) struct Tools {
    trunk_folder: PathBuf,
    wasm_bindgen_folder: PathBuf,
}

impl Tools {
    /// Installs what is missing.
    pub(crate) fn ready() -> Result<Self, Failure> {
        toolchain::ready_wasm()?;
        Ok(Self {
            trunk_folder: Tool {
                package: "trunk",
                version: TRUNK_VERSION.to_owned(),
                programs: &["trunk"],
                minutes: 8,
            }
            .ready()?,
            wasm_bindgen_folder: Tool {
                package: "wasm-bindgen-cli",
                version: lockfile::version_of("wasm-bindgen")?,
                programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
                minutes: 3,
            }
            .ready()?,
        })
    }

    /// trunk, which finds the right wasm-bindgen and leaves the talking to us.
    pub(crate) fn trunk(&self) -> Command {
        let mut command = Command::new(self.trunk_folder.join("trunk"));
        command
            .env("PATH", self.path())
            .env("CARGO_TERM_QUIET", "true");
        if env::var_os("NO_COLOR").is_some() {
            // trunk refuses every value of this variable but `true` and `false`.
            command.env("NO_COLOR", "true");
        }
        command
    }

    /// cargo, which finds the runner of browser tests.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        command.env("PATH", self.path());
        command
    }

    fn path(&self) -> OsString {
        path_with(self.wasm_bindgen_folder.clone())
    }
}

/// The places where programs are looked for, this folder first.
fn path_with(folder: PathBuf) -> OsString {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder).chain(env::split_paths(&rest)))
        .expect("the cache's folder holds no separator of paths")
}

struct Tool {
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    minutes: u32,
}

impl Tool {
    fn ready(&self) -> Result<PathBuf, Failure> {
        let root = cache()?.join(format!("{}-{}", self.package, self.version));
        let folder = root.join("bin");
        if self.is_in(&folder) {
            return Ok(folder);
        }
        println!(
            "Installing {} {} into {}: once for each user, about {} minutes if it has to be compiled …",
            self.package,
            self.version,
            root.display(),
            self.minutes
        );
        if answer(Command::new("cargo").args(["binstall", "-V"])).is_some() {
            let installed = run(Command::new("cargo")
                .args(["binstall", "--no-confirm", "--locked", "--root"])
                .arg(&root)
                .arg(format!("{}@{}", self.package, self.version)));
            match installed {
                Ok(()) if self.is_in(&folder) => return Ok(folder),
                Ok(()) => println!("cargo binstall left it incomplete; compiling it instead."),
                Err(failure) => println!("{failure} Compiling it instead."),
            }
        }
        run(Command::new("cargo")
            .args([
                "install",
                self.package,
                "--version",
                &self.version,
                "--locked",
                "--root",
            ])
            .arg(&root)
            .env_remove("CARGO_TARGET_DIR"))?;
        Ok(folder)
    }

    fn is_in(&self, folder: &Path) -> bool {
        let is_there = |program| {
            folder
                .join(format!("{program}{}", env::consts::EXE_SUFFIX))
                .is_file()
        };
        self.programs.iter().all(is_there)
    }
}

fn cache() -> Result<PathBuf, Failure> {
    let folder = if cfg!(windows) {
        env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        env::home_dir().map(|home| home.join("Library/Caches"))
    } else {
        env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
            .or_else(|| env::home_dir().map(|home| home.join(".cache")))
    };
    folder
        .map(|folder| folder.join("callscope").join("tools"))
        .ok_or_else(|| Failure("There is no home folder to keep the tools in.".to_owned()))
}
