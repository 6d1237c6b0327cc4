import { join } from 'node:path'
import { Marked } from 'marked'

/**
 * A file of our documentation as HTML: links lead to the pages made of the files that they name, headings can be linked to.
 * What is not on the site, as sources are not, stays a name.
 */
export function htmlOf(markdown: string, file: string): string {
  const marked = new Marked({
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        if (/^https?:/.test(href)) return `<a href="${href}" rel="noreferrer">${text}</a>`
        const isOnSite = /^#|\.md(#|$)/.test(href) && !join(file, '..', href).startsWith('..')
        return isOnSite ? `<a href="${addressOf(href)}">${text}</a>` : text
      },
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      // Wide tables scroll by themselves, not the page.
      table({ header, rows }) {
        const cells = (row: typeof header, tag: string): string =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')
        const body = rows.map(row => `<tr>${cells(row, 'td')}</tr>`).join('\n')
        return `<div class="table" tabindex="0"><table><thead><tr>${cells(header, 'th')}</tr></thead><tbody>${body}</tbody></table></div>\n`
      },
    },
  })
  return marked.parse(markdown.replace(/^<!--.*?-->\n/s, ''), { async: false })
}

/** The address of the page that a file becomes: `rules/kms/key-is-rotated.md` → `rules/kms/key-is-rotated.html`. */
export function addressOf(file: string): string {
  return file.replace(/README\.md/, 'index.html').replace(/\.md(?=#|$)/, '.html')
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}
