//! The bill of materials: what the programs are made of, in the form of `CycloneDX`.
//!
//! It holds neither time nor number of its own, so that the same sources give the same bytes.

use crate::failure::Failure;
use crate::packages::Package;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const NAME: &str = "callscope.cdx.json";

/// Writes it.
pub(crate) fn write(folder: &Path, packages: &[Package], compiler: &str) -> Result<(), Failure> {
    let bill = serde_json::to_string_pretty(&bill(packages, compiler))
        .map_err(Failure::about("The bill of materials cannot be written"))?;
    fs::write(folder.join(NAME), bill + "\n")
        .map_err(Failure::about(format!("{NAME} cannot be written")))
}

fn bill(packages: &[Package], compiler: &str) -> Value {
    let library = json!({
        "type": "library",
        "bom-ref": "rust-standard-library",
        "name": "Rust standard library",
        "version": compiler,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    });
    let components: Vec<Value> = packages.iter().map(component).chain([library]).collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "callscope",
                "name": "callscope",
                "version": env!("CARGO_PKG_VERSION"),
            },
        },
        "components": components,
    })
}

fn component(package: &Package) -> Value {
    let purl = format!("pkg:cargo/{}@{}", package.name, package.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "licenses": [{ "expression": package.license }],
    });
    if let Some(checksum) = &package.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

#[cfg(test)]
mod tests {
    use super::bill;
    use crate::packages::Package;

    #[test]
    fn each_package_is_named_with_license_and_digest() {
        let package = Package {
            name: "memchr".to_owned(),
            version: "2.8.3".to_owned(),
            license: "Unlicense OR MIT".to_owned(),
            checksum: Some("ab".to_owned()),
            folder: "unread".into(),
        };
        let bill = bill(&[package], "1.95.0");
        let component = &bill["components"][0];
        assert_eq!(component["purl"], "pkg:cargo/memchr@2.8.3");
        assert_eq!(component["licenses"][0]["expression"], "Unlicense OR MIT");
        assert_eq!(component["hashes"][0]["content"], "ab");
        assert_eq!(bill["components"][1]["version"], "1.95.0");
        assert!(!bill.to_string().contains("timestamp"));
    }
}
