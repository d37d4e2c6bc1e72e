// Compares the articles for WeChat that qinglian makes with those of @wenyan-md/core:
//
//   npm install --legacy-peer-deps @wenyan-md/core jsdom@27.4.0 formdata-node form-data-encoder
//   node wechat-compare.mjs FOLDER-OF-THE-SITE content/examples/lotus-lease.md …
//
// It needs qinglian and unzip on the PATH, and prints the rows of the table in wechat.md.
import { renderStyledContent } from "@wenyan-md/core/wrapper";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What WeChat keeps: the elements of the table above.
const kept = "section p span strong em br blockquote img table thead tbody tr th td a".split(" ");

function figures(html) {
  const tags = html.match(/<[^>]*>/g) || [];
  const names = tags.map((t) => (t.match(/^<([a-z0-9-]+)/i) || [])[1]).filter(Boolean);
  const text = html.replace(/<[^>]*>/g, "").replace(/&[#a-z0-9]+;/gi, "_");
  return {
    removed: names.filter((n) => !kept.includes(n.toLowerCase())).length,
    classes: tags.filter((t) => /\s(class|id)="/.test(t)).length,
    links: tags.filter((t) => /^<a\s/i.test(t) && /href="/.test(t) && !/href="https?:\/\/mp\.weixin\.qq\.com\//.test(t)).length,
    bytes: Buffer.byteLength(html),
    ratio: (tags.join("").length / text.replace(/\s/g, "").length).toFixed(1),
  };
}

const [site, ...files] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "compare-"));
for (const file of files) {
  const zip = join(folder, "kit.zip");
  execFileSync("qinglian", ["wechat", "kit", "--source", site, file, "--output", zip], { stdio: "ignore" });
  const page = execFileSync("unzip", ["-p", zip, "article.html"], { maxBuffer: 1 << 28 }).toString();
  const ours = figures(page.replace(/^[\s\S]*<body>|<\/body>[\s\S]*$/g, "").replace(/src="data:[^"]*"/g, 'src="picture.jpg"').trim());
  const text = readFileSync(join(site, file), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
  const theirs = figures(await renderStyledContent(text, { theme: "default", highlight: "solarized-light", isMacStyle: true, isAddFootnote: true }));
  const cells = ["removed", "classes", "links", "bytes", "ratio"].map((k) => `${ours[k]} / ${theirs[k]}`);
  console.log(`| \`${file}\` | ${cells.join(" | ")} |`);
  rmSync(zip);
}
rmSync(folder, { recursive: true });
