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
import type { RuleNames } from './parameter'
import type { Requirement } from './requirement'
import type { Severity, Situation } from './rule'
import { isSecret, redacted, redactedEvidence, redactedPlace } from './secret'
import type { Result } from './verdict'
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
  const result = resultOf(requirement)
  const severity = lesser(ownSeverity(requirement), level)
  const place = redactedPlace(result.at ?? situation.at)
  const fix = result.fix.filter(change => !isSecret(change))
  return [
    {
      rule: rule.id,
      severity,
      verdict: result.verdict,
      account: redactedAccount(result.account ?? situation.account),
      region: situation.region,
      at: place,
      requirement: requirement.kind,
      message: redacted(messageOf(result, fix.length < result.fix.length)),
      because: requirement.because,
      symptom: result.verdict === 'fail' && severity === 'error' ? symptomOf(rule, requirement) : null,
      fix,
      evidence: redactedEvidence(result.evidence),
      known: result.known.map(redacted),
      waived: result.verdict === 'fail' ? waiverOf(rule, place) : null,
    },
  ]
}

function messageOf(result: Result, isHidden: boolean): string {
  if (isHidden) return `${result.message} (the change that mends it names a value that is marked as sensitive)`
  return result.message
}

function redactedAccount(account: string | null): string | null {
  if (account === null) return null
  return redacted(account)
}

function resultOf(requirement: Requirement): Result {
  if (requirement.kind === 'may') return judgeMay(requirement)
  if (requirement.kind === 'allowed-by-identity') return judgeAllowedByIdentity(requirement)
  if (requirement.kind === 'admits') return judgeAdmits(requirement)
  if (requirement.kind === 'holds-grant') return judgeHoldsGrant(requirement)
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

/** The error that a requirement causes: its own, or the first of the rule's. */
function symptomOf(rule: RuleHeader, requirement: Requirement): string | null {
  const symptom = rule.symptoms[0] ?? null
  if (requirement.kind === 'holds') return requirement.symptom ?? symptom
  return symptom
}

function lesser(own: Severity, level: Severity): Severity {
  if (own === 'warning') return 'warning'
  return level
}
