// Small helpers over the document. Texts of users reach the page by textContent alone.

export const byId = id => document.getElementById(id);

// element("td", {class: "name"}, "text", other): properties with a `-`, `class`, `for` and `role` are attributes.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || ["class", "for", "role", "scope"].includes(key)) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

export const show = (node, shown) => { node.hidden = !shown; };

// Copies and says so on the button. Without a secure context there is no clipboard but that of the selection.
export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", {value: text, class: "hidden", readOnly: true});
    button.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const label = button.dataset.label ??= button.textContent;
  button.textContent = byId("live").textContent = "Copied";
  setTimeout(() => { button.textContent = label; }, 1500);
}

// The last call counts, some time after it.
export function debounced(milliseconds, work) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}
