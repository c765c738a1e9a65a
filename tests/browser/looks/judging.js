/* What is wrong with the words of a page, as an eye would see it: found by `judging.py`. */
({ strings, english, species }) => {
  const HIDES = /hidden|clip/;
  const SCROLLS = /auto|scroll/;
  const found = { cut: [], over: [], bare: [], english: [] };
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  const top = dialogs.at(-1) ?? document.body;
  const seen = {
    checkOpacity: true,
    checkVisibilityCSS: true,
    contentVisibilityAuto: true,
  };

  const nameOf = ({ localName, classList }) =>
    [localName, ...classList].join(".");

  /** The box within the borders of an element. */
  const inside = (element) => {
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft;
    const above = box.top + element.clientTop;
    const { clientWidth, clientHeight } = element;
    // An inline element, and a drawing, have no client box.
    return clientWidth === 0
      ? box
      : {
          left,
          top: above,
          right: left + clientWidth,
          bottom: above + clientHeight,
        };
  };

  /** The part of a text that is in sight, and what cuts it; a scrolled box shows the rest. */
  const seenOf = (rect, parent, size) => {
    let { left, right, top: above, bottom } = rect;
    let [isFixed, isAbsolute, mayX, mayY, cutter] = [
      false,
      false,
      false,
      false,
      null,
    ];
    for (
      let at = parent;
      at && at !== document.documentElement;
      at = at.parentElement
    ) {
      const style = getComputedStyle(at);
      if (
        !isAbsolute ||
        style.position !== "static" ||
        style.transform !== "none"
      ) {
        isAbsolute = false;
        const box = inside(at);
        const [x, y] = [style.overflowX, style.overflowY];
        if (at !== document.body && style.display !== "inline") {
          if (
            HIDES.test(x) &&
            !mayX &&
            (left < box.left - 1.5 || right > box.right + 1.5)
          )
            cutter ??= at;
          if (
            HIDES.test(y) &&
            !mayY &&
            (above < box.top - size / 3 || bottom > box.bottom + size / 3)
          )
            cutter ??= at;
          if (SCROLLS.test(x)) mayX = true;
          if (SCROLLS.test(y)) mayY = true;
          if (x !== "visible")
            [left, right] = [
              Math.max(left, box.left),
              Math.min(right, box.right),
            ];
          if (y !== "visible")
            [above, bottom] = [
              Math.max(above, box.top),
              Math.min(bottom, box.bottom),
            ];
        }
        if (/fixed|sticky/.test(style.position)) isFixed = true;
        if (style.position === "fixed") break;
        if (style.position === "absolute") isAbsolute = true;
      }
    }
    if (!mayX && (left < -1.5 || right > innerWidth + 1.5))
      cutter ??= document.documentElement;
    return { left, right, top: above, bottom, isFixed, cutter };
  };

  /** Words that are only heard, in a box of a pixel. */
  const isForEars = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement)
      if (at.clientWidth === 1 && at.clientHeight === 1) return true;
    return false;
  };

  const isAlone = (node, string) => {
    // Within a sentence of its own direction a string needs nothing.
    const isSame = document.dir === "ltr" && !/[\u0590-\u08ff]/.test(string);
    if (isSame && node.data.trim() !== string) return true;
    const before = node.data.slice(0, node.data.indexOf(string));
    if (/[\u2066-\u2068]\s*[“„»«"]?$/.test(before)) return true;
    for (
      let at = node.parentElement;
      at && at.textContent.trim() === string;
      at = at.parentElement
    ) {
      if (at.matches("bdi, [dir=auto]")) return true;
      if (getComputedStyle(at).unicodeBidi === "plaintext") return true;
    }
    return false;
  };

  /** A whole sentence of English, or a plant's English name in one of another language. */
  const isForeign = (words) =>
    english.includes(words) || species.some((kind) => words.includes(kind));

  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  const shown = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    const words = node.data.trim();
    if (!words || parent.closest("script, style, template, title, desc"))
      continue;
    const string = strings.find((one) => node.data.includes(one));
    if (string && !isAlone(node, string))
      found.bare.push(`${words} in ${nameOf(parent)}`);
    const isNamed = parent.closest("bdi, [lang], .brand");
    if (!string && !isNamed && isForeign(words)) found.english.push(words);
    if (
      parent.closest("option, .visually-hidden, .skip") ||
      !parent.checkVisibility(seen)
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(parent).fontSize);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1 || isForEars(parent)) continue;
      const one = { ...seenOf(rect, parent, size), parent, words, size };
      shown.push(one);
      if (one.cutter)
        found.cut.push(`${words.slice(0, 50)} by ${nameOf(one.cutter)}`);
    }
    // What is shortened by dots has its whole width all the same.
    for (let at = parent; at && at !== top; at = at.parentElement)
      if (
        getComputedStyle(at).textOverflow === "ellipsis" &&
        at.scrollWidth > at.clientWidth + 1
      )
        found.cut.push(`${words.slice(0, 50)} … in ${nameOf(at)}`);
  }
  for (const field of top.querySelectorAll("input, textarea")) {
    const isOwn = strings.includes(field.value) && field.type !== "hidden";
    if (isOwn && getComputedStyle(field).unicodeBidi !== "plaintext")
      found.bare.push(`field: ${field.value}`);
  }
  for (const named of top.querySelectorAll(
    "[aria-label], [title], [placeholder], [alt]",
  ))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const parts = (named.getAttribute(name) ?? "").split(/[,.:;·]\s*/);
      found.english.push(...parts.filter(isForeign));
    }
  /** Whether a box of its own ground floats with these words over the others. */
  const covers = ({ parent }, { parent: below }) => {
    for (let at = parent; at && !at.contains(below); at = at.parentElement) {
      const { position, backgroundColor } = getComputedStyle(at);
      if (position === "absolute" && /^rgb\(/.test(backgroundColor)) return true;
    }
    return false;
  };
  // Words that lie on others: half a line deep, and more than a letter's edge wide.
  for (const [n, one] of shown.entries())
    for (const other of shown.slice(n + 1)) {
      if (one.isFixed || other.isFixed || one.parent === other.parent) continue;
      if (covers(one, other) || covers(other, one)) continue;
      const wide =
        Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const deep =
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 3 && deep > Math.min(one.size, other.size) / 2)
        found.over.push(
          `${one.words.slice(0, 40)} × ${other.words.slice(0, 40)} in ${nameOf(other.parent)}`,
        );
    }
  const wide = document.documentElement.scrollWidth;
  const sideways =
    wide > innerWidth || document.documentElement.scrollLeft !== 0
      ? [wide]
      : [];
  const told = { ...found, sideways };
  for (const name of Object.keys(told)) told[name] = [...new Set(told[name])];
  return told;
};
