//! Makes zip files, gzip files and workbooks, sound ones and any that nobody should make.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder, write::GzEncoder};

/// An entry of a zip file, open to any lie.
pub(crate) struct Entry {
    path: Vec<u8>,
    packed: Vec<u8>,
    method: u16,
    flags: u16,
    crc: u32,
    size_bytes: u32,
}

impl Entry {
    /// Deflated.
    pub(crate) fn new(path: &str, bytes: &[u8]) -> Self {
        Self {
            packed: deflated(bytes),
            method: 8,
            ..Self::stored(path, bytes)
        }
    }

    /// As it is.
    pub(crate) fn stored(path: &str, bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        Self {
            path: path.as_bytes().to_vec(),
            packed: bytes.to_vec(),
            method: 0,
            flags: 0,
            crc: crc.sum(),
            size_bytes: bytes.len() as u32,
        }
    }

    /// A name in whatever letters.
    pub(crate) fn with_path(mut self, path: &[u8]) -> Self {
        self.path = path.to_vec();
        self
    }

    /// Marked as locked with a password.
    pub(crate) fn locked(mut self) -> Self {
        self.flags |= 1;
        self
    }

    /// Claims another size.
    pub(crate) fn claiming(mut self, size_bytes: u32) -> Self {
        self.size_bytes = size_bytes;
        self
    }

    /// Claims another check sum.
    pub(crate) fn with_wrong_sum(mut self) -> Self {
        self.crc ^= 1;
        self
    }

    /// Claims another way of packing.
    pub(crate) fn packed_by(mut self, method: u16) -> Self {
        self.method = method;
        self
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// A gzip file.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// A zip file with these entries.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let at = zip.len() as u32;
        let mut common = Vec::new();
        for number in [20, entry.flags, entry.method, 0, 0x21] {
            common.extend(number.to_le_bytes());
        }
        for number in [entry.crc, entry.packed.len() as u32, entry.size_bytes] {
            common.extend(number.to_le_bytes());
        }
        common.extend((entry.path.len() as u16).to_le_bytes());
        common.extend([0; 2]);

        zip.extend(b"PK\x03\x04");
        zip.extend(&common);
        zip.extend(&entry.path);
        zip.extend(&entry.packed);

        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.path);
    }
    let n_entries = (entries.len() as u16).to_le_bytes();
    let (n_bytes, at) = (directory.len() as u32, zip.len() as u32);
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(n_entries);
    zip.extend(n_entries);
    zip.extend(n_bytes.to_le_bytes());
    zip.extend(at.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

/// A sheet of a workbook: its name, its state, and its rows as XML.
pub(crate) type Sheet<'a> = (&'a str, &'a str, &'a str);

/// A workbook. Style 1 is a date, style 2 a date with a time, style 3 a span of time.
pub(crate) fn workbook(sheets: &[Sheet], shared: &[&str]) -> Vec<u8> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut listed = String::new();
    let mut related = String::new();
    let mut entries = Vec::new();
    for (number, (name, state, rows)) in (1..).zip(sheets) {
        listed += &format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"rId{number}\"/>"
        );
        related += &format!(
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        let sheet = format!("{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
        entries.push(Entry::new(
            &format!("xl/worksheets/sheet{number}.xml"),
            sheet.as_bytes(),
        ));
    }
    let texts: String = shared
        .iter()
        .map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>"))
        .collect();
    let parts = [
        (
            "[Content_Types].xml",
            format!("{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{HEAD}<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{related}</Relationships>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("{HEAD}<sst {MAIN}>{texts}</sst>"),
        ),
        (
            "xl/styles.xml",
            format!(
                "{HEAD}<styleSheet {MAIN}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
                <xf numFmtId=\"22\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    entries.extend(
        parts
            .iter()
            .map(|(path, text)| Entry::new(path, text.as_bytes())),
    );
    zip(&entries)
}
