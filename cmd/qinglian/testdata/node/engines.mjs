// What the style sheets and scripts use that the oldest engines do not have, a
// line each: file, feature, where. Called with the folder of the packages and
// the files.
import { readFileSync } from "fs";
import { createRequire } from "module";
import { pathToFileURL } from "url";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(folder + "/");
const load = async name => (m => m.default ?? m)(await import(pathToFileURL(require.resolve(name))));

// iOS 13 is the oldest in use; Chrome 86 is what WeChat on Android brings.
const browsers = ["chrome 86", "ios_saf 13.0-13.1"];

const [doiuse, postcss, compat, eslint] = await Promise.all(["doiuse", "postcss", "eslint-plugin-compat", "eslint"].map(load));
const linter = new eslint.ESLint({
  cwd: "/",
  overrideConfigFile: true,
  overrideConfig: [{
    files: ["**/*.js"],
    plugins: { compat },
    rules: { "compat/compat": "error" },
    languageOptions: { ecmaVersion: 2019, sourceType: "script", globals: { window: "readonly", document: "readonly" } },
    settings: { targets: browsers, lintAllEsApis: true },
  }],
});

// A mark at its beginning says that a script is in UTF-16.
function text(file) {
  const bytes = readFileSync(file);
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString("utf16le") : bytes.toString("utf8");
}

for (const file of files) {
  if (file.endsWith(".js")) {
    for (const { messages } of await linter.lintText(text(file), { filePath: file }))
      for (const m of messages) {
        const feature = m.ruleId ? m.message.split(" ")[0] : "syntax"; // "navigator.connection() is not supported in …"
        console.log([file, feature, `${m.line}:${m.column} ${m.message}`].join("\t"));
      }
    continue;
  }
  const use = u => console.log([file, u.feature, String(u.usage).split("\n")[0].slice(0, 120)].join("\t"));
  await postcss([doiuse({ browsers, onFeatureUsage: use })]).process(readFileSync(file, "utf8"), { from: file });
}
