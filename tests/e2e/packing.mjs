// Makes zip and gzip files, and workbooks, as other programs do.

import { deflateRawSync, gzipSync } from "node:zlib";

export { gzipSync as gzip };

/** The check sum of zip files; gzip files end in the same one and the size. */
const crc32 = (bytes) => gzipSync(bytes).readUInt32LE(gzipSync(bytes).length - 8);

/** A zip file of `[name, content]` pairs. */
export function zip(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x5b210000, 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), common, path, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, path);
    at += 30 + path.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from("PK\x05\x06"), end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** A workbook with one sheet; its rows are lists of texts and numbers. */
export function workbook(rows, sheet = "Sheet1") {
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const cell = (value) => {
    if (value === "") {
      return "<c/>";
    }
    return typeof value === "number"
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
  };
  const lines = rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const relations = (inner) => `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
  return zip([
    ["[Content_Types].xml", `${XML}<Types xmlns="${PACKAGE}/content-types"/>`],
    ["_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))],
    [
      "xl/workbook.xml",
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ["xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml"))],
    ["xl/worksheets/sheet1.xml", `${XML}<worksheet xmlns="${MAIN}"><sheetData>${lines}</sheetData></worksheet>`],
  ]);
}
