// What is asked, in the part of the address behind `#`: it can be kept and shared, and browsers send it to nobody.
//
//     #project=demo/shop&ref=main&source=api&input.environment=staging&variable.NOTE=text
//
// Values are texts, as they would be typed. No token is ever put there; the one of `#token=...` is taken off at once.

const WORDS = ["project", "ref", "source", "target", "job"];
const MAPS = {inputs: "input.", variables: "variable."};

let known = null;  // the part behind `#` as it was read or written last

const parameters = () => new URLSearchParams(location.hash.slice(1));

// As text that can be read: what is safe behind `#` stands for itself.
const readable = all => all.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");

function replace(all) {
  const hash = readable(all);
  try {
    history.replaceState(null, "", location.pathname + location.search + (hash && `#${hash}`));
  } catch {
    // Browsers refuse too many changes in a short time; the next one brings it.
  }
  known = location.hash;
}

// The token of the address; null: there is none.
export function takeToken() {
  const all = parameters();
  const token = all.get("token");
  if (token === null) return null;
  all.delete("token");
  replace(all);
  return token;
}

// {project, ref, source, target, job, inputs: {name: text}, variables: {name: text}}; words that are not there are undefined.
export function readAddress() {
  known = location.hash;
  const asked = {inputs: {}, variables: {}};
  for (const [key, value] of parameters()) {
    if (WORDS.includes(key)) asked[key] = value;
    for (const [map, prefix] of Object.entries(MAPS)) if (key.startsWith(prefix)) asked[map][key.slice(prefix.length)] = value;
  }
  return asked;
}

// An address that was entered meanwhile stays: it will be read.
export function writeAddress(asked) {
  if (location.hash !== known) return;
  const all = new URLSearchParams();
  for (const word of WORDS) if (asked[word]) all.set(word, asked[word]);
  for (const [map, prefix] of Object.entries(MAPS)) {
    for (const [name, text] of Object.entries(asked[map])) all.set(prefix + name, text);
  }
  replace(all);
}

export const clearAddress = () => replace(new URLSearchParams());
