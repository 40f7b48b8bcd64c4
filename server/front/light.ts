/** The framework sent HTML of a shape that is not known here; the message names what. */
export class ShapeError extends Error {}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;
const SCRIPT_LINK = /<link\b(?=[^>]*\brel="(?:preload|modulepreload)")(?=[^>]*\.js\b)[^>]*>/g;
/** What the framework says to itself: its data, and which of its files go together. */
const ITS_OWN_WORDS = /^\(?(?:self\.__next_f\b|globalThis\["TURBOPACK"\]|self\.__next_f=)/;
/** Marks between texts and around what was there from the beginning; an empty place for what would come later. */
const MARKS = /<div hidden="">(?:<!--\/?\$-->)*<\/div>|<!--(?: |\/?\$)-->/g;
/** What comes later, by script: hidden parts, places kept for them, and marks of what waits or has failed. */
const STREAMED = /<div hidden="" id="S:|<template id="[BP]:|<!--\$[^-]/;
/** A script that was not accounted for, a file of the framework's that would still be fetched, an inline handler. */
const LEFT_OVER = /<script\b(?! data-kept="\d+">)|<link\b[^>]*\/_next\/[^">]*\.js\b|<[^>]*\son[a-z]+="/;

/** Whether a document says of itself that it is finished as it is sent. */
export const isLight = (html: string): boolean => /^<!DOCTYPE html><html\b[^>]*\bdata-light="true"/.test(html);

const SHEET = /<link rel="stylesheet" href="(\/_next\/static\/[\w/-]+\.css)"[^>]*>/g;

/**
 * A document with its style sheets in it: on a slow network a file of its own costs more time than its bytes do.
 * @param read the text of a sheet by its address; undefined for one that must stay a file
 */
export function withStyles(html: string, read: (address: string) => string | undefined): string {
  return html.replace(SHEET, (link: string, address: string) => {
    const styles = read(address);
    return styles === undefined ? link : `<style>${styles}</style>`;
  });
}

function keptScript(attributes: string, text: string): boolean {
  const source = /\bsrc="([^"]*)"/.exec(attributes)?.[1];
  if (source?.startsWith("/js/")) return true;
  if (source?.startsWith("/_next/static/")) return false;
  if (source !== undefined) throw new ShapeError(`a script from ${source}`);
  if (/\btype="application\/ld\+json"/.test(attributes)) return true;
  if (ITS_OWN_WORDS.test(text)) return false;
  throw new ShapeError(`an inline script: ${text.slice(0, 80)}`);
}

/**
 * A light document without the framework: none of its scripts, of what is fetched ahead for them, of its data and its marks.
 * Our own modules (`/js/…`) and JSON-LD stay.
 * @throws ShapeError where something streams, where a script is neither ours nor known as the framework's, or where a trace of it is left
 */
export function freed(html: string): string {
  const scripts: string[] = [];
  const without = html
    .replace(SCRIPT, (script: string, attributes: string, text: string) =>
      keptScript(attributes, text) ? `<script data-kept="${scripts.push(script) - 1}">` : "",
    )
    .replace(SCRIPT_LINK, "");
  const streamed = STREAMED.exec(without);
  if (streamed) throw new ShapeError(`something that streams: ${without.slice(streamed.index, streamed.index + 80)}`);
  const bare = without.replace(MARKS, "");
  const left = LEFT_OVER.exec(bare);
  if (left) throw new ShapeError(`a trace of the framework or an inline handler: ${bare.slice(left.index, left.index + 80)}`);
  return bare.replace(/<script data-kept="(\d+)">/g, (_, index) => scripts[Number(index)] ?? "");
}
