import { escaped } from '../document'
import type { SitePage } from './pages'

/** A page around its content. */
export interface Framed {
  /** Where it is on the site; empty for the first page. */
  readonly address: string
  readonly title: string
  readonly content: string
  readonly scripts: readonly string[]
  /** Whether it judges plans: then it may compile Wasm, and load from where it came itself. */
  readonly judges: boolean
}

/** A page of the site, with the menu of all. It runs what comes with the site and nothing else. */
export function framed({ address, title, content, scripts, judges }: Framed, pages: readonly SitePage[]): string {
  const root = '../'.repeat(address.split('/').length - 1)
  const policy = [
    "default-src 'none'",
    `script-src 'self'${judges ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self'",
    ...(judges ? ["connect-src 'self'", 'worker-src blob:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return `<!doctype html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title === 'keyreach' ? title : `${escaped(title)} · keyreach`}</title>
<link rel="stylesheet" href="${root}assets/site.css">
${['site', ...scripts].map(name => `<script src="${root}assets/${name}.js" defer></script>`).join('\n')}
</head>
<body class="site">
<a class="skip" href="#content">To the content</a>
<header class="bar">
<a class="home" href="${root}index.html">keyreach</a>
<div class="search"></div>
<a href="${root}playground.html"${address === 'playground.html' ? ' aria-current="page"' : ''}>Playground</a>
<a class="to-menu" href="#menu">Menu</a>
</header>
<main id="content" tabindex="-1">
${content}
</main>
<nav id="menu" aria-label="All pages">
${menu(pages, address, root)}
</nav>
</body>
</html>
`
}

function menu(pages: readonly SitePage[], current: string, root: string): string {
  const sections = [...new Set(pages.map(({ section }) => section))]
  return sections
    .map(section => {
      const own = pages.filter(page => page.section === section)
      return `<h2>${section}</h2>\n${grouped(own)
        .map(([group, members]) => {
          const items = members.map(({ address, title }) => {
            const name = group === '' ? title : title.slice(group.length + 1)
            const here = address === current ? ' aria-current="page"' : ''
            return `<li><a href="${root}${address}"${here}>${escaped(name)}</a></li>`
          })
          return `${group === '' ? '' : `<h3>${group}</h3>\n`}<ul>\n${items.join('\n')}\n</ul>`
        })
        .join('\n')}`
    })
    .join('\n')
}

/** Rules by service; all else as it is. */
export function grouped(pages: readonly SitePage[]): readonly (readonly [string, readonly SitePage[]])[] {
  const groups = new Map<string, SitePage[]>()
  for (const page of pages) {
    const [group = ''] = page.section === 'Rules' ? page.title.split('/') : []
    const members = groups.get(group)
    if (members) members.push(page)
    else groups.set(group, [page])
  }
  return [...groups]
}
