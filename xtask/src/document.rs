//! The document of the page: where its parts are and what they must be, or, in one file, the parts themselves.

use crate::digest;
use crate::failure::Failure;
use crate::headers;
use std::fs;
use std::path::{Path, PathBuf};

/// What starts the page's program; it stands behind that program's glue, in one script.
const STARTER: &str = "www/starter.js";

/// The parts that are named by what is in them: browsers may keep them for as long as they like.
const NAMED_BY_CONTENT: &[&str] = &["page.js", "page_bg.wasm", "style.css"];

/// What the host may change, so that nothing vouches for it.
const CONFIGURATION: &str = "callscope.json";

/// What makes the page one that can be installed and works without a network.
const INSTALLABLE: &str = "<link rel=\"manifest\" href=\"manifest.webmanifest\">\n";

/// Whether browsers may keep the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// They may, for when there is no network.
    Installable,
    /// It is for this machine and changes all the time.
    Never,
}

/// The document before it is locked, and the folder that its parts are in.
pub(crate) struct Document {
    folder: PathBuf,
    shell: String,
}

impl Document {
    /// Takes what trunk has built, and puts the starter to its program.
    pub(crate) fn take(folder: &Path) -> Result<Self, Failure> {
        let document = Self {
            folder: folder.to_owned(),
            shell: String::new(),
        };
        let built = document.text("index.html")?;
        let script = format!("{}{}", document.text("page.js")?, read(Path::new(STARTER))?);
        write(&folder.join("page.js"), &script)?;
        let shell = without_tags_of_trunk(&built)?;
        Ok(Self { shell, ..document })
    }

    /// The page as one file, with everything in it.
    pub(crate) fn one_file(&self) -> Result<String, Failure> {
        let script = self.text("page.js")?;
        let style = self.text("style.css")?;
        for (text, end) in [
            (&script, "</script"),
            (&script, "<!--"),
            (&style, "</style"),
        ] {
            if text.contains(end) {
                return Err(Failure(format!(
                    "`{end}` within a part of the page would end it inside one file."
                )));
            }
        }
        let own = format!("<style>{style}</style>\n<script type=\"module\">{script}</script>\n");
        let page = with_parts(&with_head(&self.shell, &own), |address| {
            let text = match address {
                // May not hold the end of the element it stands in.
                CONFIGURATION => self.text(address)?.trim().replace('<', "\\u003c"),
                _ => digest::base64(&self.bytes(address)?),
            };
            Ok(format!(">{text}"))
        })?;
        headers::lock_one_file(&page)
    }

    /// Writes the page that lies beside its parts, and gives them their names.
    pub(crate) fn settle(&self, keeping: Keeping) -> Result<(), Failure> {
        let page = self.hosted(keeping)?;
        for name in NAMED_BY_CONTENT {
            let from = self.folder.join(name);
            fs::rename(from, self.folder.join(self.final_name(name)?))
                .map_err(Failure::about(format!("{name} cannot be renamed")))?;
        }
        write(&self.folder.join("index.html"), &page)
    }

    fn hosted(&self, keeping: Keeping) -> Result<String, Failure> {
        let place = |name: &str| -> Result<(String, String), Failure> {
            Ok((
                self.final_name(name)?,
                digest::integrity(&self.bytes(name)?),
            ))
        };
        let (style, of_style) = place("style.css")?;
        let (script, of_script) = place("page.js")?;
        let mut own = format!(
            "<link rel=\"stylesheet\" href=\"{style}\" integrity=\"{of_style}\">\n\
             <script type=\"module\" src=\"{script}\" integrity=\"{of_script}\"></script>\n"
        );
        if keeping == Keeping::Installable {
            own.push_str(INSTALLABLE);
        }
        let page = with_parts(&with_head(&self.shell, &own), |address| {
            let (name, integrity) = place(address)?;
            Ok(match address {
                CONFIGURATION => format!(" data-address=\"{name}\">"),
                _ => format!(" data-address=\"{name}\" data-integrity=\"{integrity}\">"),
            })
        })?;
        headers::lock_hosted(&page)
    }

    fn final_name(&self, name: &str) -> Result<String, Failure> {
        if !NAMED_BY_CONTENT.contains(&name) {
            return Ok(name.to_owned());
        }
        let digest = digest::hexadecimal(&self.bytes(name)?);
        let (stem, ending) = name.split_once('.').expect("each has an ending");
        let stem = stem.trim_end_matches("_bg");
        Ok(format!("{stem}-{}.{ending}", &digest[..16]))
    }

    fn text(&self, name: &str) -> Result<String, Failure> {
        read(&self.folder.join(name))
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let path = self.folder.join(name);
        fs::read(&path).map_err(Failure::about(format!("{} cannot be read", path.display())))
    }
}

/// The page without the tags that trunk puts in: its script, and what loads ahead of it.
fn without_tags_of_trunk(page: &str) -> Result<String, Failure> {
    let mut shell = page.to_owned();
    while let Some(start) = shell.find("<script type=\"module\">") {
        let end = shell[start..]
            .find("</script>")
            .map(|idx| start + idx + "</script>".len());
        shell.replace_range(start..end.unwrap_or(shell.len()), "");
    }
    let is_of_trunk = |tag: &str| {
        let tag = tag.trim_start();
        let kinds = ["stylesheet", "preload", "modulepreload"];
        tag.starts_with("<link")
            && kinds
                .iter()
                .any(|kind| tag.contains(&format!("rel=\"{kind}\"")))
    };
    let shell: String = shell
        .split_inclusive('>')
        .filter(|tag| !is_of_trunk(tag))
        .collect();
    let lines = shell.lines().filter(|line| !line.trim().is_empty());
    let shell: String = lines.map(|line| format!("{line}\n")).collect();
    if shell.contains("page.js") || shell.contains("style.css") {
        return Err(Failure(
            "trunk has put something into the page that is not known here.".to_owned(),
        ));
    }
    Ok(shell)
}

fn with_head(shell: &str, tags: &str) -> String {
    shell.replacen("</head>", &format!("\n{tags}</head>"), 1)
}

/// The page with each part told: ` data-address="…">` becomes what `tell` makes of the address.
fn with_parts(
    page: &str,
    mut tell: impl FnMut(&str) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let mut pieces = page.split(" data-address=\"");
    let mut told = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (address, rest) = piece
            .split_once("\">")
            .ok_or_else(|| Failure("A part of the page has more than an address.".to_owned()))?;
        told.push_str(&tell(address)?);
        told.push_str(rest);
    }
    Ok(told)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(Failure::about(format!("{} cannot be read", path.display())))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::about(format!(
        "{} cannot be written",
        path.display()
    )))
}

#[cfg(test)]
mod tests {
    use super::{Document, INSTALLABLE, Keeping, with_parts, without_tags_of_trunk};
    use std::{env, fs, process};

    /// A page of a style and a script, in a folder of the test's own.
    fn with_document(name: &str, script: &str, check: impl FnOnce(&Document)) {
        let folder = env::temp_dir().join(format!("callscope-{name}-{}", process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        fs::write(folder.join("page.js"), script).expect("it can be written");
        fs::write(folder.join("style.css"), "p{}").expect("it can be written");
        check(&Document {
            folder: folder.clone(),
            shell: "<head></head>".to_owned(),
        });
        fs::remove_dir_all(&folder).expect("it can be removed");
    }

    #[test]
    fn only_a_page_that_may_be_kept_can_be_installed() {
        with_document("kept", "run()", |document| {
            let page = |keeping| document.hosted(keeping).expect("nothing is forbidden");
            assert!(page(Keeping::Installable).contains(INSTALLABLE));
            assert!(!page(Keeping::Never).contains(INSTALLABLE));
            let digests = page(Keeping::Never).matches("integrity=\"sha384-").count();
            assert_eq!(digests, 2);
        });
    }

    #[test]
    fn what_would_end_its_element_is_not_put_into_one_file() {
        with_document("whole", "run()", |document| {
            let page = document.one_file().expect("nothing is in the way");
            assert!(page.contains("<script type=\"module\">run()</script>"));
        });
        with_document("broken", "run('</script>')", |document| {
            assert!(document.one_file().is_err());
        });
    }

    #[test]
    fn nothing_of_trunk_stays_in_the_page() {
        let page = "<head>\n<link rel=\"stylesheet\" href=\"./style.css\"/>\n<link rel=\"icon\" href=\"data:,\">\
            <script type=\"module\">\nimport init from './page.js';\n</script>\
            <link rel=\"modulepreload\" href=\"./page.js\"><link rel=\"preload\" href=\"./page_bg.wasm\"></head>";
        let shell = without_tags_of_trunk(page).expect("all of it is known");
        assert_eq!(
            shell,
            "<head>\n<link rel=\"icon\" href=\"data:,\"></head>\n"
        );
        assert!(without_tags_of_trunk("<script src=\"./page.js\"></script>").is_err());
    }

    #[test]
    fn each_part_is_told() {
        let page = "<script id=\"a\" data-address=\"a.js\"></script><script id=\"b\" data-address=\"b.js\"></script>";
        let told = with_parts(page, |address| Ok(format!(">{address}")));
        let told = told.expect("both have an address alone");
        assert_eq!(
            told,
            "<script id=\"a\">a.js</script><script id=\"b\">b.js</script>"
        );
    }
}
