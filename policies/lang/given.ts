import { at, fact, input, isObject, type JsonObject, keys } from '../intrinsics'
import { listOf, objectOf, textOf } from './json'
import { declared, plans } from './world'

/*
 * Whether what is judged is something that rules speak about. The command line refuses what is not before it asks any rule; conftest and
 * OPA are given anything, and rules that find nothing would pass it.
 */

/** What is not a plan, state or world, in words for people; none where all is. */
export const mistaken = fact((): readonly string[] => {
  if (plans().length === 0 && listOf(declared('templates')).length === 0) return [`there is no plan in it; ${WANTED}`]
  return plans()
    .filter(({ document }) => !isPlan(document))
    .map(({ file }) => `${nameOf(file)} is no plan; ${WANTED}`)
})

/** The plans in which nothing is, in words for people. */
export const empty = fact((): readonly string[] =>
  plans()
    .filter(({ document }) => isPlan(document) && !hasResources(document))
    .map(({ file }) => `${nameOf(file)} has no resources: nothing was found in it`),
)

const WANTED = 'pass what `terraform show -json <planfile>` or `keyreach world` prints'

const PARTS = ['configuration', 'planned_values', 'prior_state', 'resource_changes', 'values']

const VERSIONS = ['format_version', 'terraform_version']

function isPlan(document: JsonObject): boolean {
  const version = textOf(at(document, ['format_version'])) ?? ''
  if (!version.startsWith('0.') && !version.startsWith('1.')) return false
  return keys(document).some(key => PARTS.includes(key)) || keys(document).every(key => VERSIONS.includes(key))
}

function hasResources(document: JsonObject): boolean {
  if (listOf(at(document, ['resource_changes'])).length > 0) return true
  return [['planned_values'], ['values'], ['prior_state', 'values']].some(path => {
    const root = at(objectOf(at(document, path)), ['root_module'])
    return Array.isArray(at(root, ['resources'])) || Array.isArray(at(root, ['child_modules']))
  })
}

function nameOf(file: string): string {
  if (file !== '') return file
  if (isObject(input())) return 'the input'
  return 'a plan of the input'
}
