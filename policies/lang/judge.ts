import { entry, keys } from '../intrinsics'
import type { Finding } from './finding'
import { judgeAdmits, judgeAllowedByIdentity, judgeHoldsGrant, judgeMay } from './judge-access'
import {
  judgeActionsExist,
  judgeCustomerManaged,
  judgeHolds,
  judgeIs,
  judgeIssuedIn,
  judgeReplicated,
} from './judge-settings'
import { judgeTrusts } from './judge-trust'
import { type Key, otherKeys } from './key'
import type { RuleNames } from './parameter'
import type { Requirement } from './requirement'
import type { Severity, Situation } from './rule'
import { shown } from './secret'
import { type Refusal, type Result, undecided } from './verdict'
import { levelOf, waiverOf } from './waiver'

/** What findings say of the rule they come from. */
export interface RuleHeader extends RuleNames {
  readonly severity: Severity
  readonly symptoms: readonly string[]
}

/** The word of a rule about one requirement at one situation; none where the rule is switched off. */
export function judge(rule: RuleHeader, situation: Situation, requirement: Requirement): readonly Finding[] {
  const level = levelOf(rule)
  if (level === 'off') return []
  const result = settled(requirement, resultOf(requirement))
  const severity = lesser(ownSeverity(requirement), level)
  const places = placesOf(requirement)
  const finding = shown({
    rule: rule.id,
    severity,
    verdict: result.verdict,
    account: places.length > 0 ? situation.account : (result.account ?? situation.account),
    region: situation.region,
    at: places[0] ?? result.at ?? situation.at,
    requirement: requirement.kind,
    message: result.message,
    because: requirement.because,
    symptom: null,
    fix: result.fix,
    evidence: [...result.evidence, ...places.slice(1, 4).map(at => ({ at, what: 'uses the key' }))],
    known: result.known,
    waived: null,
  })
  if (result.verdict !== 'fail') return [finding]
  const symptom = severity === 'error' ? symptomOf(rule, requirement, result) : null
  return [{ ...finding, symptom, waived: waiverOf(rule, finding.at) }]
}

/** The places that ask for what is required, where a requirement has its own. */
function placesOf(requirement: Requirement): readonly string[] {
  if (requirement.kind === 'may') return requirement.places ?? []
  return []
}

/** Where it is not certain which key is meant, a lack is one only if each key that it may be lacks the same. */
function settled(requirement: Requirement, result: Result): Result {
  const key = keyIn(requirement)
  if (result.verdict !== 'fail' || key === null || key.others.length === 0) return result
  const others = otherKeys(key)
  if (isLackingWith(requirement, others)) return result
  return undecided(`${result.message}, if that is the key`, result.evidence, [
    ...(others ?? []).map(other => `whether the key is \`${key.label}\` or \`${other.label}\``),
    ...(others === null ? [`whether the key is \`${key.label}\``] : []),
  ])
}

function isLackingWith(requirement: Requirement, keys: readonly Key[] | null): boolean {
  if (keys === null) return false
  return keys.every(key => resultOf(withKey(requirement, key)).verdict === 'fail')
}

function keyIn(requirement: Requirement): Key | null {
  if (
    requirement.kind === 'may' ||
    requirement.kind === 'allowed-by-identity' ||
    requirement.kind === 'admits' ||
    requirement.kind === 'holds-grant'
  )
    return requirement.key
  return null
}

function withKey(requirement: Requirement, key: Key): Requirement {
  if (requirement.kind === 'may') return { ...requirement, key }
  if (requirement.kind === 'allowed-by-identity') return { ...requirement, key }
  if (requirement.kind === 'admits') return { ...requirement, key }
  if (requirement.kind === 'holds-grant') return { ...requirement, key }
  return requirement
}

function resultOf(requirement: Requirement): Result {
  if (requirement.kind === 'may') return judgeMay(requirement)
  if (requirement.kind === 'allowed-by-identity') return judgeAllowedByIdentity(requirement)
  if (requirement.kind === 'admits') return judgeAdmits(requirement)
  if (requirement.kind === 'holds-grant') return judgeHoldsGrant(requirement)
  if (requirement.kind === 'trusts') return judgeTrusts(requirement)
  if (requirement.kind === 'is') return judgeIs(requirement)
  if (requirement.kind === 'holds') return judgeHolds(requirement)
  if (requirement.kind === 'issued-in') return judgeIssuedIn(requirement)
  if (requirement.kind === 'customer-managed') return judgeCustomerManaged(requirement)
  if (requirement.kind === 'replicated') return judgeReplicated(requirement)
  return judgeActionsExist(requirement)
}

/** How grave it is by itself that a requirement does not hold: what is advice stays advice in a rule of errors. */
function ownSeverity(requirement: Requirement): Severity {
  if (requirement.kind === 'holds-grant' || requirement.kind === 'holds') return requirement.severity
  return 'error'
}

/** The error that a requirement causes: its own, or the first of the rule's that speaks of no other refusal. */
function symptomOf(rule: RuleHeader, requirement: Requirement, result: Result): string | null {
  const symptom = rule.symptoms.find(text => !speaksOfOther(text, result.refusal ?? null)) ?? null
  if (requirement.kind === 'holds') return requirement.symptom ?? symptom
  return symptom
}

function speaksOfOther(symptom: string, refusal: Refusal | null): boolean {
  if (refusal === null) return false
  return keys(WORDS).some(other => other !== refusal && symptom.includes(entry(WORDS, other) ?? ''))
}

/** How KMS says why it refuses. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const WORDS: { readonly [R in Refusal]: string } = {
  own: 'no identity-based policy allows',
  key: 'no resource-based policy allows',
  deny: 'with an explicit deny',
}

function lesser(own: Severity, level: Severity): Severity {
  if (own === 'warning') return 'warning'
  return level
}
