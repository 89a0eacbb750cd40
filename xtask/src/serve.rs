//! Builds the page, serves it on this machine and opens the browser.

use crate::build::{self, Programs};
use crate::document::Keeping;
use crate::failure::Failure;
use crate::server::{Log, Server};
use crate::tools::Tools;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the caller chose.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    port: Option<u16>,
    open: bool,
    build: bool,
    log_requests: bool,
}

impl Options {
    /// Reads what stands after `serve`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            port: None,
            open: true,
            build: true,
            log_requests: false,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    let port = port.ok_or_else(|| {
                        Failure("--port needs a number from 0 to 65535.".to_owned())
                    })?;
                    options.port = Some(port);
                }
                "--no-open" => options.open = false,
                "--no-build" => options.build = false,
                "--log-requests" => options.log_requests = true,
                unknown => return Err(Failure(format!("`serve` has no option {unknown}."))),
            }
        }
        Ok(options)
    }
}

/// Serves until the program is ended.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let server = Server::bind(options.port)?;
    if options.build {
        build::page(&Tools::ready()?, Programs::Compiled)?.settle(Keeping::Never)?;
    } else if !Path::new(build::PAGE).is_file() {
        return Err(Failure(format!("There is no {} to serve.", build::PAGE)));
    }
    let address = server.address()?;
    println!("\ncallscope is at {address} (Ctrl+C ends it)");
    if options.open {
        open(&address);
    }
    server.run(if options.log_requests {
        Log::Requests
    } else {
        Log::Nothing
    });
    Ok(())
}

/// Opens the browser where there is a screen; the printed address is enough elsewhere.
fn open(address: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else if env::var_os("DISPLAY")
        .or_else(|| env::var_os("WAYLAND_DISPLAY"))
        .is_some()
    {
        Command::new("xdg-open")
    } else {
        return;
    };
    command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().ok();
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(line: &str) -> Option<Options> {
        let arguments: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments).ok()
    }

    #[test]
    fn without_options_the_page_is_built_and_opened() {
        let expected = Options {
            port: None,
            open: true,
            build: true,
            log_requests: false,
        };
        assert_eq!(parse(""), Some(expected));
    }

    #[test]
    fn every_option_is_heeded() {
        let expected = Options {
            port: Some(9000),
            open: false,
            build: false,
            log_requests: true,
        };
        assert_eq!(
            parse("--no-build --port 9000 --no-open --log-requests"),
            Some(expected)
        );
    }

    #[test]
    fn wrong_options_are_refused() {
        for line in ["--prot 9000", "--port", "--port many", "--port 70000"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
