// What a declaration is made of: the fields of an interface or a class, and those of every case of a union.

import ts from "typescript";
import { type Docstring, docstringOf } from "./docstring.ts";

/** A property, a method, or a field of one case of a union. */
export interface Member {
  /** `stop`, or `[exited].exit` for a field of the case whose `type` or `kind` is `exited`. */
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly docstring: Docstring | null;
}

/** The fields of an interface, a class or a type; none of anything else. */
export function membersOf(node: ts.Node): Member[] {
  if (ts.isInterfaceDeclaration(node)) return fields(node.members, "");
  if (ts.isClassDeclaration(node)) return fields(node.members, "");
  return ts.isTypeAliasDeclaration(node) ? inside(node.type) : [];
}

/** The fields of a type literal, also inside unions, intersections and parentheses. */
function inside(type: ts.TypeNode): Member[] {
  if (ts.isParenthesizedTypeNode(type)) return inside(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.flatMap(inside);
  if (!ts.isTypeLiteralNode(type)) return [];
  return fields(type.members, discriminant(type));
}

function discriminant(type: ts.TypeLiteralNode): string {
  for (const member of type.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    if (!["kind", "type"].includes(member.name.getText())) continue;
    return `[${member.type.getText().replaceAll(/["']/g, "")}].`;
  }
  return "";
}

/** The type as written; the value of a `readonly code = "..."`, which is its type. */
export function typeOf(member: ts.ClassElement | ts.TypeElement): string {
  if (ts.isPropertyDeclaration(member) && member.initializer) return member.initializer.getText();
  return (member as { readonly type?: ts.TypeNode }).type?.getText() ?? "";
}

function fields(members: ts.NodeArray<ts.ClassElement | ts.TypeElement>, prefix: string): Member[] {
  return members.flatMap((member) => {
    const isField =
      ts.isPropertySignature(member) ||
      ts.isMethodSignature(member) ||
      ts.isPropertyDeclaration(member) ||
      ts.isMethodDeclaration(member) ||
      ts.isGetAccessorDeclaration(member);
    if (!isField || ts.isPrivateIdentifier(member.name)) return [];
    if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) return [];
    return [
      {
        name: `${prefix}${member.name.getText()}`,
        optional: "questionToken" in member && member.questionToken !== undefined,
        type: typeOf(member),
        docstring: docstringOf(member),
      },
    ];
  });
}
