// Writes the framework's part of the portal's style sheet, between its two marks: `make css`.
// The rest of the sheet is written by hand and stays as it is.
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const sheet = new URL("../src/atalaya/portal/core/static/atalaya/atalaya.css", import.meta.url);
const begins = "/* framework: written by `make css` */\n";
const ends = "/* end of the framework */\n";

const { version } = JSON.parse(readFileSync(new URL("node_modules/@picocss/pico/package.json", import.meta.url)));
const { css } = compile("pico.scss", { loadPaths: ["node_modules"], style: "compressed" });
const rules = css.replace(/^\uFEFF/, "").replace(/^@charset "UTF-8";/, "").replace(/\/\*[\s\S]*?\*\//g, "").trim();
const licence = readFileSync(new URL("node_modules/@picocss/pico/LICENSE.md", import.meta.url), "utf8").trim();
const header = `/*! Pico CSS ${version}, https://picocss.com\n${licence}\n*/\n`;

const before = readFileSync(sheet, "utf8");
const from = before.indexOf(begins);
const to = before.indexOf(ends);
if (from < 0 || to < from) {
  throw new Error(`${sheet.pathname}: the marks of the framework's part are not there; put back ${begins}and ${ends}`);
}
writeFileSync(sheet, `${before.slice(0, from)}${begins}${header}@layer pico{${rules}}\n${before.slice(to)}`);
