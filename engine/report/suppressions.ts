import type { Suppression } from '../suppressions'
import { clean } from './clean'
import type { Paint } from './paint'
import { wrap } from './wrap'

/** Suppressions for people: by resource what to write where, ready to be copied. */
export function suppressionsText(
  suppressions: readonly Suppression[],
  { paint, width }: { paint: Paint; width: number },
) {
  if (suppressions.length === 0) return 'Suppressions for other scanners: none.\n'
  const title = paint.bold('Suppressions for other scanners, where everything passes here:')
  const blocks = [...new Set(suppressions.map(({ resource }) => resource))].sort().map(resource => {
    const own = suppressions.filter(other => other.resource === resource)
    return [paint.cyan(clean(resource)), ...own.flatMap(one => lines(one, paint, width))].join('\n')
  })
  return `${[title, ...blocks].join('\n\n')}\n`
}

function lines({ scanner, check, where, text, because }: Suppression, paint: Paint, width: number): readonly string[] {
  return [
    `  ${scanner}  ${paint.bold(check)}  ${paint.dim(where)}`,
    ...(text.includes(because) ? [] : wrap(because, width - 4)).map(line => `    ${line}`),
    ...text.split('\n').map(line => `      ${paint.green(clean(line))}`),
  ]
}
