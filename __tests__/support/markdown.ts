/** A link of a Markdown page: its file (empty for the page itself) and its anchor. */
export interface Link {
  readonly text: string;
  readonly target: string;
  readonly anchor?: string;
}

/** What a link may lead to in a page, headings of one text being numbered as on GitHub. */
export function anchors(page: string): string[] {
  const headings = [...withoutCode(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  const numbered = headings.map((heading, index) => {
    const before = headings.slice(0, index).filter((other) => other === heading).length;
    return before === 0 ? heading : `${heading}-${before}`;
  });
  return [...numbered, ...[...page.matchAll(/<a (?:id|name)="([^"]+)">/g)].map(([, id = ""]) => id)];
}

/** The links of a page that lead to a file or to an anchor, without those to other sites. */
export function links(page: string): Link[] {
  const found = withoutCode(page).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g);
  return [...found].map(([text, target = "", anchor]) => ({ text, target, anchor: anchor?.replaceAll("\\_", "_") }));
}

/** A page without its fenced blocks, in which a line may begin with `#`. */
function withoutCode(page: string): string {
  return page.replace(/^( *)```.*?^\1```$/gms, "");
}
