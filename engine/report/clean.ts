/**
 * What a terminal would act on instead of showing: control characters, and marks that turn the direction of text.
 * Plans can hold any of them, in tags and descriptions that others write.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** A text from a plan as it can be shown: on one line, and nothing in it that a terminal acts on. */
export function clean(text: string): string {
  return text.replace(acting, escaped)
}

/** JSON with the same value that can be shown. */
export function cleanJson(json: string): string {
  return json.replace(acting, character => (character === '\n' ? character : escaped(character)))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
