//! Serves the built page to this machine alone, with the security headers on every file.

use crate::build;
use crate::failure::Failure;
use crate::headers::{Policies, media_type};
use crate::http::{Request, Response, converse};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::thread;

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8099;

/// Whether requests are printed.
#[derive(Clone, Copy)]
pub(crate) enum Log {
    /// A line `METHOD PATH` for each.
    Requests,
    /// Not at all.
    Nothing,
}

/// A port on this machine that answers with the files of dist/.
pub(crate) struct Server {
    listener: TcpListener,
}

impl Server {
    /// Takes a port: the one given, or else the first free one.
    pub(crate) fn bind(port: Option<u16>) -> Result<Self, Failure> {
        let mut ports = port.map_or(FIRST_PORT..=LAST_PORT, |port| port..=port);
        let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok();
        ports.find_map(listen).map(|listener| Self { listener }).ok_or_else(|| match port {
            Some(port) => Failure(format!("Port {port} is taken. Choose another with --port.")),
            None => Failure(format!(
                "All ports from {FIRST_PORT} to {LAST_PORT} are taken. Choose another with --port."
            )),
        })
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> Result<String, Failure> {
        let address = self
            .listener
            .local_addr()
            .map_err(Failure::about("The port is lost"))?;
        Ok(format!("http://{address}/"))
    }

    /// Answers until the program is ended.
    pub(crate) fn run(&self, log: Log) {
        for connection in self.listener.incoming().flatten() {
            thread::spawn(move || {
                let reply = |request: &Request| {
                    if let Log::Requests = log {
                        println!("{} {}", request.method, request.path);
                    }
                    reply(Path::new(build::FOLDER), request)
                };
                // A browser may go away before it has its answer; then nobody is left to be told.
                converse(&connection, reply).ok();
            });
        }
    }
}

fn reply(folder: &Path, request: &Request) -> Response {
    let policies = match Policies::read(folder) {
        Ok(policies) => policies,
        Err(failure) => return text("503 Service Unavailable", &failure.0),
    };
    let path = path_of(&request.path);
    let mut response = match request.method.as_str() {
        "GET" | "HEAD" => path
            .as_deref()
            .and_then(|path| file(folder, path))
            .unwrap_or_else(|| text("404 Not Found", "There is no such file.")),
        _ => text(
            "405 Method Not Allowed",
            "Only GET and HEAD are answered here.",
        ),
    };
    let name = path.as_deref().and_then(Path::to_str).unwrap_or_default();
    response.headers.extend(policies.headers_of(name));
    response
}

fn file(folder: &Path, path: &Path) -> Option<Response> {
    let body = fs::read(folder.join(path)).ok()?;
    let headers = vec![("Content-Type", media_type(path).to_owned())];
    Some(Response {
        status: "200 OK",
        headers,
        body,
    })
}

fn text(status: &'static str, sentence: &str) -> Response {
    let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
    Response {
        status,
        headers,
        body: sentence.as_bytes().to_vec(),
    }
}

/// The file that an address means, inside the served folder; `None` for every way out of it.
fn path_of(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{path_of, reply};
    use crate::headers::{Policies, lock_hosted};
    use crate::http::Request;
    use std::path::PathBuf;
    use std::{env, fs, process};

    #[test]
    fn every_answer_carries_the_security_headers() {
        let folder = env::temp_dir().join(format!("callscope-server-{}", process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let page = lock_hosted("<head></head>").expect("nothing is forbidden");
        fs::write(folder.join("index.html"), page).expect("it can be written");
        fs::write(folder.join("worker.js"), "").expect("it can be written");
        let policies = Policies::read(&folder).expect("the page has a policy");

        let questions = [
            ("GET", "/", "200 OK"),
            ("GET", "/worker.js", "200 OK"),
            ("GET", "/absent.js", "404 Not Found"),
            ("POST", "/", "405 Method Not Allowed"),
        ];
        for (method, path, status) in questions {
            let request = Request {
                method: method.to_owned(),
                path: path.to_owned(),
            };
            let response = reply(&folder, &request);
            assert_eq!(response.status, status, "{method} {path}");
            for header in policies.headers_of("worker.js") {
                assert!(
                    response.headers.contains(&header),
                    "{method} {path} lacks {}",
                    header.0
                );
            }
        }
        fs::remove_dir_all(&folder).expect("it can be removed");
    }

    #[test]
    fn the_root_is_the_page() {
        assert_eq!(path_of("/"), Some(PathBuf::from("index.html")));
        assert_eq!(path_of("/?a=b"), Some(PathBuf::from("index.html")));
    }

    #[test]
    fn a_file_keeps_its_folder() {
        assert_eq!(
            path_of("/snippets/a.js?v=1"),
            Some(PathBuf::from("snippets/a.js"))
        );
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        for url in [
            "/../Cargo.toml",
            "/a/../../Cargo.toml",
            "//etc/passwd",
            "/./../x",
            "*",
            "",
        ] {
            assert_eq!(path_of(url), None, "{url}");
        }
    }
}
