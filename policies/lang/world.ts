import { at, fact, input, isObject, type Json, type JsonObject, keys, settings } from '../intrinsics'
import { listOf, objectOf, textOf } from './json'

/** A plan of the world, with what is declared of it. */
export interface Plan {
  /** The name of its file; empty for a plan that came alone. */
  readonly file: string
  /** The account that it reaches, where declared. */
  readonly account: string | null
  /** Provider configuration (`aws.consumer`) → account. */
  readonly providers: JsonObject
  /** Address → the ARN or id that it will have. */
  readonly identities: JsonObject
  /** The plan itself, as `terraform show -json` prints it. */
  readonly document: JsonObject
}

/** The plans of the world: of a world document, of conftest's `--combine` array, or the one plan that is the whole input. */
export const plans = fact((): readonly Plan[] => {
  const world = input()
  if (Array.isArray(world)) return listOf(world).map(entry => planOf(combined(objectOf(entry))))
  if (!isObject(world)) return []
  if (Array.isArray(at(world, ['plans']))) return listOf(at(world, ['plans'])).map(entry => planOf(objectOf(entry)))
  return [planOf(alone(world))]
})

/** What keyreach.yaml declares under `name`: in the world document, else in the settings beside the input; null where nothing is declared. */
export function declared(name: string): Json {
  const world = input()
  if (isObject(world) && at(world, [name]) !== null) return at(world, [name])
  return at(settings(), [name])
}

/** What is declared of an account: `deployer`, `launchers`, `default-ebs-key` and so on; empty where nothing is. */
export function declaredAccount(account: string): JsonObject {
  return objectOf(at(declared('accounts'), [account]))
}

/** The accounts of which something is declared. */
export const declaredAccounts = fact((): readonly string[] => keys(objectOf(declared('accounts'))))

function planOf(entry: JsonObject): Plan {
  return {
    file: textOf(at(entry, ['file'])) ?? '',
    account: textOf(at(entry, ['account'])),
    providers: objectOf(at(entry, ['providers'])),
    identities: objectOf(at(entry, ['identities'])),
    document: objectOf(at(entry, ['plan'])),
  }
}

/** An element of conftest's `--combine` array, joined with what the settings declare of a file of that name. */
function combined(element: JsonObject): JsonObject {
  const path = textOf(at(element, ['path'])) ?? ''
  const entry =
    listOf(at(settings(), ['plans'])).find(candidate => sameFile(textOf(at(candidate, ['file'])) ?? '', path)) ?? null
  return { ...objectOf(entry), file: path, plan: at(element, ['contents']) }
}

/** A plan that came alone: where the settings declare one plan only, it is that one. */
function alone(document: JsonObject): JsonObject {
  const entries = listOf(at(settings(), ['plans']))
  if (entries.length === 1) return { ...objectOf(entries[0] ?? null), plan: document }
  return { plan: document }
}

function sameFile(declaredFile: string, path: string): boolean {
  return declaredFile === path || path.endsWith(`/${declaredFile}`) || declaredFile.endsWith(`/${path}`)
}
