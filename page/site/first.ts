import { escaped } from '../document'
import { grouped } from './layout'
import { htmlOf } from './markdown'
import type { SitePage } from './pages'

/** The first page: the question, where an error leads, and all rules. */
export function firstPage(pages: readonly SitePage[]): string {
  const rules = pages.filter(({ section }) => section === 'Rules')
  return `<h1>Does the key of an encrypted machine image reach every role that must use it?</h1>
<p class="lead">In every account and region, decided from Terraform plans before an instance dies at launch. <a href="playground.html">Judge a plan here</a>, in this browser.</p>
<section class="explain" aria-labelledby="explain-title">
<h2 id="explain-title"><label for="error">What does this error mean?</label></h2>
<textarea id="error" rows="3" spellcheck="false" placeholder="Paste what AWS, Packer or Terraform printed"></textarea>
<div id="explanations" role="status"></div>
</section>
<h2>Rules</h2>
${grouped(rules)
  .map(
    ([service, members]) =>
      `<section class="service"><h3>${service}</h3>\n<dl>\n${members.map(ruleLine).join('\n')}\n</dl></section>`,
  )
  .join('\n')}`
}

function ruleLine({ file, address, title, summary }: SitePage): string {
  const claim = title.slice(title.indexOf('/') + 1)
  return `<dt><a href="${address}">${escaped(claim)}</a></dt><dd>${htmlOf(summary, file).replace(/^<p>|<\/p>\n?$/g, '')}</dd>`
}

/** The page that judges a plan which somebody pastes. */
export const playground = `<h1>Judge a plan</h1>
<p class="lead">The rules run in this browser, as Wasm. What you paste stays on this page.</p>
<form id="plan">
<label for="text">What <code>terraform show -json tfplan</code> or <code>keyreach world</code> prints</label>
<textarea id="text" rows="10" spellcheck="false" autocomplete="off"></textarea>
<details>
<summary>What no plan shows</summary>
<label for="facts">As <a href="configuration.html"><code>keyreach.yaml</code></a> declares it</label>
<textarea id="facts" rows="8" spellcheck="false" autocomplete="off" placeholder="accounts:&#10;  '111122223333':&#10;    deployer: arn:aws:iam::111122223333:role/deployer"></textarea>
</details>
<div class="actions">
<label for="account">Account</label>
<input id="account" inputmode="numeric" pattern="\\d{12}" placeholder="111122223333" autocomplete="off">
<button type="submit">Judge</button>
<label class="file">Open a file<input id="file" type="file" accept=".json,application/json"></label>
<button type="button" id="example">Use an example</button>
</div>
</form>
<p id="state" role="status"></p>
<div id="report"></div>`
