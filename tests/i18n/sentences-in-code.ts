import { parseAst } from "vitest/node";

type Node = { type: string } & Record<string, unknown>;

/** Attributes that are read out or seen. */
const READ = new Set([
  "aria-label",
  "aria-description",
  "aria-placeholder",
  "aria-roledescription",
  "title",
  "alt",
  "placeholder",
  "label",
]);
/** What a page's head says. */
const HEAD = new Set(["title", "description"]);
/** Attributes and settings whose words are for the browser. */
const UNREAD = new Set(["className", "d", "style", "rel", "href", "autoComplete", "colorScheme"]);

/** What stands for an expression in a text that is put together. */
const SEEN = "¤";

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
const childrenOf = (node: Node) => Object.values(node).flat().filter(isNode);
const nameOf = (node: unknown) => (isNode(node) ? String(node.name ?? node.value) : "");

const said = (text: string) => /\p{L}/u.test(text.replace(/&#?\w+;/g, ""));
/** Two words, or one that begins a sentence: nothing that code is called by. */
const isSentence = (text: string) =>
  /\p{L}\p{P}* +\p{P}*\p{L}/u.test(text) || /^\p{Lu}\p{Ll}/u.test(text) || /[^\p{ASCII}\P{L}]/u.test(text);

function literal(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return undefined;
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(SEEN);
}

/** Every value that a name is given in a source. */
function constantsIn(program: Node): Map<string, Node[]> {
  const constants = new Map<string, Node[]>();
  const look = (node: Node): void => {
    if (node.type === "VariableDeclarator" && isNode(node.init))
      constants.set(nameOf(node.id), [...(constants.get(nameOf(node.id)) ?? []), node.init]);
    childrenOf(node).forEach(look);
  };
  look(program);
  return constants;
}

/** Names used in what only the browser reads: a table of classes is no table of texts. */
function namesUnread(program: Node): Set<string> {
  const names = new Set<string>();
  const look = (node: Node, unread: boolean): void => {
    if (unread && node.type === "Identifier") names.add(nameOf(node));
    const inside = unread || (node.type === "JSXAttribute" && UNREAD.has(nameOf(node.name)));
    for (const child of childrenOf(node)) look(child, inside);
  };
  look(program, false);
  return names;
}

/**
 * Sentences that a source has in itself instead of in the messages: between tags, in attributes that are
 * read, in the head, in what an expression shows, and any other literal that reads like one.
 */
export function bareSentences(source: string): string[] {
  const program = parseAst(source, { lang: "tsx" }) as unknown as Node;
  const constants = constantsIn(program);
  const unread = namesUnread(program);
  const found = new Set<string>();
  const tell = (text: string | undefined, when: (text: string) => boolean) => {
    if (text !== undefined && when(text)) found.add(text.trim());
  };

  /** Looks at everything that an expression can come to. */
  const shown = (node: unknown, names: readonly string[] = []): void => {
    if (!isNode(node)) return;
    tell(literal(node), said);
    if (node.type === "Identifier" && !names.includes(nameOf(node)))
      for (const value of constants.get(nameOf(node)) ?? []) shown(value, [...names, nameOf(node)]);
    if (node.type === "ConditionalExpression") for (const part of [node.consequent, node.alternate]) shown(part, names);
    if (node.type === "LogicalExpression")
      for (const part of [node.operator === "&&" ? undefined : node.left, node.right]) shown(part, names);
    if (node.type === "BinaryExpression" && node.operator === "+") for (const part of [node.left, node.right]) shown(part, names);
    if (node.type === "TemplateLiteral") for (const part of node.expressions as Node[]) shown(part, names);
    if (/^(?:TS\w+Expression|ParenthesizedExpression|JSXExpressionContainer)$/.test(node.type)) shown(node.expression, names);
  };

  const look = (node: Node): void => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return;
      case "ExpressionStatement":
        // "use client" and the like.
        if (typeof node.directive === "string") return;
        break;
      case "NewExpression":
      case "CallExpression":
        // What a bug says is for the log.
        if (isNode(node.callee) && /Error$|^console$/.test(nameOf(node.callee.object ?? node.callee))) return;
        break;
      case "BinaryExpression":
        // What something is compared with is not shown: the name of a key.
        if (/^[!=]==?$/.test(String(node.operator))) return;
        break;
      case "SwitchCase":
        for (const child of node.consequent as Node[]) look(child);
        return;
      case "VariableDeclarator":
        if (unread.has(nameOf(node.id)) && isNode(node.init) && /^(?:ObjectExpression|Literal|TemplateLiteral|TS\w+)$/.test(node.init.type))
          return;
        break;
      case "JSXText":
        tell(String(node.value), said);
        return;
      case "JSXElement":
      case "JSXFragment":
        for (const child of node.children as Node[]) if (child.type === "JSXExpressionContainer") shown(child);
        break;
      case "JSXAttribute":
        if (UNREAD.has(nameOf(node.name))) return;
        if (READ.has(nameOf(node.name))) shown(node.value);
        break;
      case "Property":
        if (UNREAD.has(nameOf(node.key))) return;
        if (HEAD.has(nameOf(node.key))) shown(node.value);
        if (isNode(node.value)) look(node.value);
        return;
      default:
        // Types have literals too, and say nothing.
        if (node.type.startsWith("TS")) {
          if (isNode(node.expression)) look(node.expression);
          return;
        }
    }
    tell(literal(node), isSentence);
    childrenOf(node).forEach(look);
  };
  look(program);
  return [...found];
}
