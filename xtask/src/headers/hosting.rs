//! The files that tell other servers what to send: nginx, Apache, IIS, and hosts that read `_headers`.

use super::{EXCEPTIONS, Header, Policies};
use crate::failure::Failure;
use std::fs;
use std::path::Path;

const INTRO: &str = "\
Made by `cargo xtask dist`; docs/hosting.md says where this goes.
Another site may frame the page if it is named behind frame-ancestors:
    frame-ancestors 'self' https://intranet.contoso.com";

/// Writes all of them, for these files of the folder.
pub(crate) fn write(folder: &Path, files: &[String]) -> Result<(), Failure> {
    let policies = Policies::read(folder)?;
    let texts = [
        ("hosting/nginx.conf", nginx(&policies)),
        ("hosting/apache.htaccess", apache(&policies)),
        ("hosting/web.config", iis(&policies)),
        // Such hosts look for it beside the page.
        ("_headers", static_host(&policies, files)),
    ];
    fs::create_dir_all(folder.join("hosting"))
        .map_err(Failure::about("The folder for servers cannot be made"))?;
    for (name, text) in texts {
        fs::write(folder.join(name), text)
            .map_err(Failure::about(format!("{name} cannot be written")))?;
    }
    Ok(())
}

fn commented(sign: &str) -> String {
    INTRO
        .lines()
        .map(|line| format!("{sign} {line}\n"))
        .collect()
}

/// To be included in a `location`. A nested location inherits no header, so each says all of them.
fn nginx(policies: &Policies) -> String {
    let add = |headers: Vec<Header>, indent: &str| -> String {
        headers
            .into_iter()
            .map(|(name, value)| format!("{indent}add_header {name} \"{value}\" always;\n"))
            .collect()
    };
    let mut text = commented("#");
    text.push_str("index index.html;\n");
    text.push_str(&add(policies.headers_of("index.html"), ""));
    for (ending, kind) in [
        ("wasm", "application/wasm"),
        ("webmanifest", "application/manifest+json"),
    ] {
        let headers = add(policies.headers_of("index.html"), "    ");
        text.push_str(&format!(
            "location ~ \\.{ending}$ {{\n    types {{ }}\n    default_type {kind};\n{headers}}}\n"
        ));
    }
    for file in EXCEPTIONS {
        let headers = add(policies.headers_of(file), "    ");
        let pattern = file.replace('.', "\\.");
        text.push_str(&format!("location ~ /{pattern}$ {{\n{headers}}}\n"));
    }
    text
}

fn apache(policies: &Policies) -> String {
    let set = |headers: Vec<Header>, indent: &str| -> String {
        headers
            .into_iter()
            .map(|(name, value)| format!("{indent}Header always set {name} \"{value}\"\n"))
            .collect()
    };
    let mut text = commented("#");
    text.push_str("DirectoryIndex index.html\nAddType application/wasm .wasm\n");
    text.push_str("AddType application/manifest+json .webmanifest\n");
    text.push_str("AddType text/javascript .js\n");
    text.push_str(&set(policies.headers_of("index.html"), ""));
    for file in EXCEPTIONS {
        let headers = set(policies.headers_of(file), "    ");
        text.push_str(&format!("<Files \"{file}\">\n{headers}</Files>\n"));
    }
    text
}

fn iis(policies: &Policies) -> String {
    let custom = |headers: Vec<Header>| -> String {
        let lines: String = headers
            .into_iter()
            .map(|(name, value)| {
                format!("        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{value}\" />\n")
            })
            .collect();
        format!(
            "    <httpProtocol>\n      <customHeaders>\n{lines}      </customHeaders>\n    </httpProtocol>\n"
        )
    };
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!--\n{INTRO}\n-->\n<configuration>\n  <system.webServer>\n"
    );
    text.push_str("    <defaultDocument>\n      <files>\n        <clear />\n        <add value=\"index.html\" />\n");
    text.push_str("      </files>\n    </defaultDocument>\n    <staticContent>\n");
    for (ending, kind) in [
        (".wasm", "application/wasm"),
        (".webmanifest", "application/manifest+json"),
    ] {
        text.push_str(&format!(
            "      <remove fileExtension=\"{ending}\" />\n      \
             <mimeMap fileExtension=\"{ending}\" mimeType=\"{kind}\" />\n"
        ));
    }
    text.push_str("    </staticContent>\n");
    text.push_str(&custom(policies.headers_of("index.html")));
    text.push_str("  </system.webServer>\n");
    for file in EXCEPTIONS {
        let headers = custom(policies.headers_of(file));
        text.push_str(&format!(
            "  <location path=\"{file}\">\n  <system.webServer>\n{headers}  </system.webServer>\n  </location>\n"
        ));
    }
    text.push_str("</configuration>\n");
    text
}

/// What matches twice would be sent twice, and two policies both hold: what differs stands with each file.
fn static_host(policies: &Policies, files: &[String]) -> String {
    let is_common = |header: &Header| {
        EXCEPTIONS
            .iter()
            .all(|file| policies.headers_of(file).contains(header))
    };
    let lines = |headers: Vec<Header>| -> String {
        headers
            .into_iter()
            .map(|(name, value)| format!("  {name}: {value}\n"))
            .collect()
    };
    let (common, _): (Vec<_>, Vec<_>) = policies
        .headers_of("index.html")
        .into_iter()
        .partition(is_common);
    let mut text = commented("#");
    text.push_str("# Addresses are those of a page at the root of its site; elsewhere, put its folder before each.\n");
    text.push_str(&format!("/*\n{}", lines(common)));
    for file in std::iter::once("").chain(files.iter().map(String::as_str)) {
        let own = policies
            .headers_of(file)
            .into_iter()
            .filter(|header| !is_common(header))
            .collect();
        text.push_str(&format!("/{file}\n{}", lines(own)));
    }
    text
}
