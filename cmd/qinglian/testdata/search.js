// Asks the script of a site for each text of a JSON array and answers with the paths
// found: node search.js OUTPUT
const fs = require("fs");
const [output] = process.argv.slice(2);
const script = fs.readdirSync(`${output}/assets`).find((name) => /^finder\..*js$/.test(name));
const files = {};
globalThis.qinglianSearch = (name, value) => { files[name] = value; };
(0, eval)(fs.readFileSync(`${output}/assets/${script}`, "utf8"));

const finder = qinglianFinder.engine(
  async (name) => {
    if (!(name in files)) (0, eval)(fs.readFileSync(`${output}/search/${name}.js`, name.startsWith("t-") ? "utf16le" : "utf8").replace("\ufeff", ""));
    return files[name];
  },
  async (path) => fs.readFileSync(`${output}/${path}`, "utf8"));

async function ask(text) {
  const found = await finder.find(`"${text}"`);
  const hits = found.sure ? found.hits : await finder.verified(found.hits, found.query);
  return Promise.all(hits.map(async (h) => (await finder.doc(h.id)).path));
}

(async () => {
  const answers = [];
  for (const text of JSON.parse(fs.readFileSync(0, "utf8"))) answers.push(await ask(text));
  console.log(JSON.stringify(answers));
})();
